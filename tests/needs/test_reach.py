"""Who can reach what: the page's numbers against the small areas they come from, and what people may ask of it."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, date, datetime

import numpy as np
import pytest
from tests.needs.conftest import words_of

from commonweal.core import clock
from commonweal.core.stores import stores
from commonweal.needs.pages.loading import assessment_for
from commonweal.needs.queries.assessments import assess
from commonweal.needs.queries.evidence import evidence
from commonweal.needs.queries.figures import Maker
from commonweal.needs.queries.provided import flat
from commonweal.needs.queries.reach import BEYOND, kinds, land_between, middles, reach_of, ways

PAGE = "/place/Z07000001/reach/"


@pytest.fixture
def larkmere(example_var, settings):
    settings.VAR = example_var
    with clock.fixed(datetime(2026, 11, 22, 9, tzinfo=UTC)):
        store = stores().example
        yield store, assess(store, "Larkmere", today=date(2026, 11, 22))


def found_for(larkmere, kind="library", way="foot"):
    store, made = larkmere
    held = evidence(store)
    asked = next(one for one in kinds(held) if one["kind"] == kind)
    going = next(one for one in ways() if one.key == way)
    return reach_of(Maker(held, date(2026, 11, 22)), made, asked, going)


@pytest.mark.parametrize("kind", ["library", "museum", "swimming_pool"])
@pytest.mark.parametrize("way", ["foot", "bus", "car"])
def test_shares_are_those_of_the_small_areas(larkmere, kind, way):
    found = found_for(larkmere, kind, way)
    people = sum(area.people for area in found.areas)
    near = sum(area.people for area in found.areas if area.reached)
    assert found.share.value == pytest.approx(100 * near / people)
    assert found.share.n == round(people)
    assert all(area.reached == (area.minutes <= found.way.minutes + 1e-9) for area in found.areas if area.site)
    assert found.high <= found.share.value + 1e-9 <= found.low + 1e-6
    parts = [one for one in (found.in_need, found.others) if one is not None]
    assert sum(one.value * one.n for one in parts) == pytest.approx(found.share.value * people, rel=1e-3)


def test_further_away_by_foot_than_by_car(larkmere):
    walk, drive = found_for(larkmere, way="foot"), found_for(larkmere, way="car")
    assert walk.share.value <= drive.share.value
    assert np.nanmin([area.minutes for area in walk.areas]) >= np.nanmin([area.minutes for area in drive.areas])


def test_closing_and_adding_are_counted_in_people(larkmere):
    found = found_for(larkmere)
    bare = sum(area.people for area in found.areas if not area.reached)
    near = sum(area.people for area in found.areas if area.reached)
    assert found.closures
    assert sum(one.left_without + one.sent_on for one in found.closures) <= near + 1e-6
    assert [one.left_without for one in found.closures] == sorted(
        (one.left_without for one in found.closures), reverse=True
    )
    assert 0 < sum(one.people for one in found.new) <= bare + 1e-6
    assert found.gap == 0


def test_the_shortest_ways_are_shorter_than_any_other_one_place_would_make_them(larkmere):
    found = found_for(larkmere)
    held, first = evidence(larkmere[0]), found.shorter[0]
    assert [one.people * one.metres for one in found.shorter] == sorted(
        (one.people * one.metres for one in found.shorter), reverse=True)
    at = np.array([held.geography.index[area.code] for area in found.areas])
    points, people = 1000 * flat(middles(held))[at], np.array([area.people for area in found.areas])
    limit = BEYOND * found.way.reach
    now = np.minimum(land_between(held, "library", found.way).nearest[at], limit)
    ways_to = np.hypot(*(points[:, None, axis] - points[None, :, axis] for axis in (0, 1))) * found.way.detour
    saved = people @ np.maximum(now[:, None] - np.where(ways_to <= limit, ways_to, limit), 0)
    assert found.areas[int(np.argmax(saved))].code in {one.code for one in found.shorter}
    assert first.people * first.metres <= saved.max() * (1 + 1e-9)


def test_the_middle_is_where_people_live_if_that_is_published(larkmere):
    store, _ = larkmere
    held = evidence(store)
    points = middles(held)
    table = store.table("centroids")
    weighted = store.arrow(table.filter((table.kind == "lsoa") & (table.method == "population_weighted")))
    for row in weighted.slice(0, 3).to_pylist():
        at = held.geography.index[row["code"]]
        assert points[at] == pytest.approx([row["lon"], row["lat"]])


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("", "minutes on foot of a public library"),
        ("?kind=museum&way=car", "minutes by car of a museum"),
        ("?kind=swimming_pool&way=bus", "by bus and on foot of a place listed as having a pool"),
        ("?kind=nonsense&way=%00", "minutes on foot of a public library"),
    ],
)
def test_the_page_answers_what_is_asked(pages, asked, said):
    answer = pages.get(PAGE + asked)
    words = words_of(answer.content.decode())
    assert answer.status_code == 200
    assert said in words
    assert "What closing each would cost" in words
    assert "Where one more would shorten the way most" in words
    assert "walk it before you decide" in words
    assert not re.search(r"\b(nan|inf|None)\b", words)


def test_the_table_holds_every_small_area(pages):
    answer = pages.get("/place/Z07000001/reach.csv?kind=museum&way=bus")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert answer.status_code == 200
    assert "reach-museum-bus" in answer["Content-Disposition"]
    codes = {row[0] for row in rows if row and row[0].startswith("Z01")}
    assert len(codes) == len(assessment_codes(pages))


def assessment_codes(pages):
    from commonweal.core.viewer import ANONYMOUS

    return {area.place.code for area in assessment_for(ANONYMOUS, "Z07000001").small_areas}
