"""Spend beside need by ward and theme, and need beside what is in reach: page numbers against plain sums."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import numpy as np
import pytest
from django.urls import reverse
from tests.needs.conftest import words_of
from tests.needs.test_services import DANCES, SAID
from tests.world import signed_in

from commonweal.core import clock
from commonweal.core.actions.partnerships import add_place
from commonweal.core.stores import stores
from commonweal.core.viewer import SYSTEM, viewer_of
from commonweal.needs.actions.need import write_need
from commonweal.needs.actions.service import record_service
from commonweal.needs.models import Side, WhyItRuns
from commonweal.needs.pages.need_reach import need_reach_for, need_reach_table
from commonweal.needs.queries.assessments import assess
from commonweal.needs.queries.evidence import evidence
from commonweal.needs.queries.mismatch import mismatch_for
from commonweal.needs.queries.need_reach import BARE, EASY
from commonweal.needs.queries.reach import land_between, ways
from commonweal.needs.queries.spend_need import by_area, by_theme
from commonweal.needs.service_reading import Named

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
PAGE = "/place/Z07000001/need-and-reach/"


@pytest.fixture(autouse=True)
def still(example_var, settings):
    settings.VAR = example_var
    with clock.fixed(NOW):
        yield


@pytest.fixture(scope="module")
def kept():
    return {}


@pytest.fixture
def larkmere(kept):
    if not kept:
        kept["made"] = assess(stores().example, "Larkmere", today=date(2026, 11, 22))
    return kept["made"]


@pytest.fixture
def place(world):
    add_place(by=SYSTEM, partnership=world.invented, kind="district", code="Z07000001", vintage=2024,
              name="Larkmere")
    return viewer_of(world.invented_person)


def service(world, name, spend, *areas, themes=("older",)):
    said = replace(DANCES, name=name, spend=Decimal(spend) if spend is not None else None,
                   areas=tuple(Named(f"Z05{name}", ward) for ward in areas), themes=themes, reason=WhyItRuns.NEED)
    return record_service(by=viewer_of(world.invented_person), partnership=world.invented, said=said)


def need(world, theme, title="A need"):
    write_need(by=viewer_of(world.invented_person), partnership=world.invented, title=f"{title} of {theme}",
               side=Side.FOR_CULTURE, theme=theme, said=SAID)


def found_for(world):
    return mismatch_for(viewer_of(world.invented_person), world.invented.pk)


def test_spend_of_wards_against_plain_sums(world, place, larkmere):
    service(world, "one", 30_000, "Harbour", "Priory")
    service(world, "two", 10_000, "Marsh End")
    service(world, "whole", 500_000)
    service(world, "unknown", None, "Harbour")
    service(world, "elsewhere", 7_000, "Atlantis")
    area = by_area(found_for(world), larkmere)
    people, wanted = defaultdict(float), defaultdict(float)
    for one in larkmere.small_areas:
        people[one.part] += one.population.value
        wanted[one.part] += one.population.value * one.need.value
    share = people["Harbour"] / (people["Harbour"] + people["Priory"])
    spent = {"Harbour": 30_000 * share, "Priory": 30_000 * (1 - share), "Marsh End": 10_000}
    rows = {one.label: one for one in area.rows}
    assert set(rows) == set(people)
    for ward, row in rows.items():
        assert row.spend == pytest.approx(spent.get(ward, 0))
        assert row.spend_share == pytest.approx(spent.get(ward, 0) / 40_000)
        assert row.need_share == pytest.approx(wanted[ward] / sum(wanted.values()))
        assert row.ratio == pytest.approx(row.spend_share / row.need_share)
        whole = spent.get(ward, 0) + 500_000 * people[ward] / sum(people.values())
        assert row.spread == pytest.approx(whole / 540_000)
    moved = sum(abs(row.spend_share - row.need_share) for row in area.rows) / 2
    assert (area.moved, area.named, area.whole) == (pytest.approx(moved), 40_000, 500_000)
    assert area.outside == ("elsewhere",)
    assert area.moved_spread < area.moved
    assert area.services == 2


def test_nothing_is_said_by_area_where_nothing_is_for_one(world, place, larkmere):
    service(world, "whole", 500_000)
    assert by_area(found_for(world), larkmere) is None
    assert by_theme(found_for(world)) is None


def test_spend_by_theme_against_plain_sums(world, place):
    for title, theme in (("One need", "culture"), ("Another", "culture"), ("A third", "older")):
        need(world, theme, title)
    service(world, "one", 30_000, themes=("older", "health"))
    service(world, "two", 10_000, themes=("culture",))
    service(world, "unknown", None, themes=("libraries",))
    theme = by_theme(found_for(world))
    spent, wanted = {"older": 15_000, "health": 15_000, "culture": 10_000}, Counter(culture=2, older=1)
    assert {one.key: one.spend for one in theme.rows} == spent
    assert {one.key: one.needs for one in theme.rows} == {key: wanted[key] for key in spent}
    assert theme.moved == pytest.approx(sum(abs(spent[key] / 40_000 - wanted[key] / 3) for key in spent) / 2)


def test_the_page_says_it_and_what_may_not_be_concluded(world, place):
    need(world, "culture")
    service(world, "one", 30_000, "Harbour")
    service(world, "whole", 500_000)
    browser = signed_in(world.invented_person)
    answer = browser.get(reverse("needs:services-spend", args=[world.invented.pk]))
    words = words_of(answer.content.decode())
    for said in (
        "Of £30,000 a year that is said to be for wards", "Another £500,000 a year is for the whole place",
        "Spend and no need written: Disability and growing older", "How much is needed in all",
        "That spend in a ward reaches those who live there",
    ):
        assert said in words
    assert not re.search(r"\b(nan|inf|None)\b", words)
    shown = [one.figure for one in answer.context["page"].figures]
    assert [one.n for one in shown] == [1, 2]
    assert all(one.source.publisher == "Larkmere together" and one.base and one.method for one in shown)


def test_an_empty_page_says_how_it_would_begin(world):
    answer = signed_in(world.admin()).get(reverse("needs:services-spend", args=[world.partnership.pk]))
    assert "nothing can be said by area" in words_of(answer.content.decode())


@pytest.mark.parametrize(("kind", "way"), [("library", "foot"), ("swimming_pool", "bus"), ("museum", "car")])
def test_areas_stand_by_the_two_thresholds_as_stated(larkmere, kind, way):
    found = need_reach_for(larkmere, kind, way)
    held = evidence(stores().example)
    going = next(one for one in ways() if one.key == way)
    access = land_between(held, kind, going).access
    people = np.nan_to_num(held.small.people)
    assert people[access <= found.least].sum() >= people.sum() / 2
    assert people[access < found.least].sum() <= people.sum() / 2
    for one in found.areas:
        little = one.per_10000 == 0 or one.per_10000 < found.least
        assert one.stands == (1 if little else 2) + (0 if one.tenth <= 3 else 2)
    assert sum(found.shares[stands].value for stands in found.shares) == pytest.approx(100)
    whole = sum(one.people for one in found.areas)
    assert found.shares[BARE].value == pytest.approx(100 * sum(one.people for one in found.of(BARE)) / whole)
    assert 0 <= found.moving < len(found.areas)


@pytest.mark.parametrize(("asked", "said"), [
    ("", "no public library within 20 minutes on foot"),
    ("?kind=swimming_pool&way=bus", "than half of the people of Larkland have"),
    ("?kind=nonsense&way=%00", "no public library within 20 minutes on foot"),
])
def test_the_page_states_its_thresholds(pages, asked, said):
    answer = pages.get(PAGE + asked)
    words = words_of(answer.content.decode())
    assert answer.status_code == 200
    for each in (said, "would stand elsewhere if ways were", "Less need is not no need"):
        assert each in words
    assert not re.search(r"\b(nan|inf|None)\b", words)
    assert PAGE in pages.get("/place/Z07000001/reach/").content.decode()


def test_its_table_holds_every_small_area(pages, larkmere):
    answer = pages.get("/place/Z07000001/need-and-reach.csv?kind=museum&way=bus")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert {row[0] for row in rows if row and row[0].startswith("Z01")} == {
        one.place.code for one in larkmere.small_areas}
    found = need_reach_for(larkmere, "museum", "bus")
    assert len(need_reach_table(found).rows) == len(found.areas)
    assert {one.stands for one in found.of(EASY)} <= {EASY}
