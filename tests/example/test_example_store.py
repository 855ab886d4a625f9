"""The example's store: every table fits the lake, every source says invented, every figure repeats."""

from __future__ import annotations

import pyarrow.compute as pc
import pytest

from commonweal.example import store as example_store
from commonweal.example.figure_tables import described
from commonweal.example.store import build_store, provenance, tables
from commonweal.lake.catalogue import entries
from commonweal.lake.store import Store
from commonweal.needs.card import cards


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Store:
    store = Store(tmp_path_factory.mktemp("example"))
    build_store(store)
    return store


def test_building_again_changes_nothing(built: Store) -> None:
    before = built.version
    build_store(built)
    assert built.version == before


def test_the_same_rows_every_time() -> None:
    first, second = tables(), tables()
    assert {key: [t.rows for t in found] for key, found in first.items()} == {
        key: [t.rows for t in found] for key, found in second.items()
    }


def test_every_source_says_that_it_is_invented(built: Store) -> None:
    assert built.datasets()
    for one in built.datasets():
        assert one.provenance.invented
        assert one.provenance.title.startswith("Invented figures")
        assert "Not a figure of any real place" in one.provenance.attribution


def test_data_sets_are_published_ones_or_the_example_s_own() -> None:
    own = set(example_store.OTHER_TITLES)
    assert set(tables()) - set(entries()) == own
    assert provenance("imd-2025-lsoa").title.endswith(entries()["imd-2025-lsoa"].title)


def test_no_invented_row_bears_a_real_code(built: Store) -> None:
    for table, column in (("observations", "area_code"), ("population", "area_code"), ("areas", "code")):
        codes = built.arrow(built.table(table).select(column).distinct())[column]
        assert pc.all(pc.starts_with(codes, "Z")).as_py(), table


def test_every_indicator_of_the_cards_is_invented_too() -> None:
    """A new card needs a series in figures.yaml, or the example would go without it."""
    series = [one for part in described().values() for one in part]
    have = {(one["dataset"], one.get("indicator") or one["measure"]) for one in series}
    have |= {("imd-2025-lsoa", f"imd2025-{what}") for what in ("score", "rank", "decile")}
    missing = [
        card.id for card in cards()
        if card.source.table != "facilities"  # worked out from places to go, which the example has
        and (card.source.dataset, card.source.indicator or card.source.measure) not in have
    ]
    assert not missing


def test_shares_add_up_to_the_whole(built: Store) -> None:
    found = built.table("observations").filter(lambda t: t.dataset == "census-2021-ethnicity-lsoa21")
    summed = built.arrow(found.group_by("area_code").aggregate(
        share=found.value.sum(), count=found["count"].sum(), whole=found.denominator.max()
    ))
    assert all(abs(share - 100) < 1e-6 for share in summed["share"].to_pylist())
    assert summed["count"] == summed["whole"]


def test_the_places_to_go_are_as_promised(built: Store) -> None:
    rows = built.arrow(built.table("facilities").filter(lambda t: t.district_code == "Z07000001"))
    kinds = rows["kind"].to_pylist()
    assert kinds.count("library") == 6
    assert kinds.count("swimming_pool") + kinds.count("sports_hall") == 4
