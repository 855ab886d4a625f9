"""The invented land is the same everywhere, whole, and nowhere that exists."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from commonweal.example.geography import MAIN_AREAS, MAIN_PEOPLE, land, names, stream


def test_the_main_district_is_as_large_as_promised() -> None:
    here = land()
    assert len(here.main.areas) == MAIN_AREAS == 90
    assert here.people[here.main.areas].sum() == MAIN_PEOPLE == 130_000


def test_codes_are_unique_and_never_those_of_a_real_country() -> None:
    here = land()
    codes = [*here.codes, *(d.code for d in here.districts), *(code for code, _, _ in here.wards)]
    assert len(set(codes)) == len(codes)
    assert all(code.startswith("Z") and len(code) == 9 for code in codes)


def test_small_areas_tile_their_district_without_overlap() -> None:
    here = land()
    for district in here.districts:
        shapes = [here.shapes[i] for i in district.areas]
        whole = shapely.union_all(shapes)
        assert all(shape.is_valid and not shape.is_empty for shape in shapes)
        assert sum(shape.area for shape in shapes) == pytest.approx(whole.area, rel=1e-6)


def test_wards_share_out_every_small_area_of_the_district() -> None:
    here = land()
    members = np.concatenate([members for _, _, members in here.wards])
    assert sorted(members.tolist()) == here.main.areas.tolist()
    assert [name for _, name, _ in here.wards] == names()["wards"]


def test_the_land_is_in_open_sea() -> None:
    west, south, east, north = shapely.union_all(list(land().shapes)).bounds
    assert west > 0.2
    assert east < 4.5
    assert south > 54
    assert north < 57


def test_gradients_are_standardised() -> None:
    here = land()
    for gradient in (here.hardship, here.rurality, here.age):
        assert gradient.mean() == pytest.approx(0, abs=1e-9)
        assert gradient.std() == pytest.approx(1)


def test_one_stage_never_disturbs_the_numbers_of_another() -> None:
    first = stream("people").normal(size=3)
    stream("another stage").normal(size=100)
    assert stream("people").normal(size=3).tolist() == first.tolist()
    assert stream("partners").normal(size=3).tolist() != first.tolist()


def test_no_invented_district_has_a_real_name(published) -> None:
    real = (published / "01_geography/geo-lookups/la_all_codes.csv").read_text("utf-8").casefold()
    assert not [name for name in (names()["district"], *names()["others"]) if f",{name.casefold()}," in real]
