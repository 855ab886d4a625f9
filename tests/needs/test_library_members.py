"""Real members of libraries by small area: which areas are missed, hidden cells never narrowed."""

import csv
from collections import defaultdict
from datetime import date

import pytest
from tests.needs.conftest import words_of

from commonweal.methods.benefit import Between
from commonweal.needs import queries
from commonweal.needs.queries.evidence import evidence
from commonweal.needs.queries.figures import Maker
from commonweal.needs.queries.library_members import HALF, library_members
from commonweal.needs.queries.reach import kinds, reach_of, ways

pytestmark = pytest.mark.real_data
BATH = "E06000022"
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def cells(published):
    path = published / "08_usage_monitoring" / "librarieswest" / "membership_members.csv"
    found = defaultdict(list)
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            found[row["lsoa_code"]].append(row["users"].strip())
    return found


def members_of(real_store, place):
    held, made = evidence(real_store), queries.assess(real_store, place, today=TODAY)
    kind = next(one for one in kinds(held) if one["kind"] == "library")
    reached = reach_of(Maker(held, TODAY), made, kind, ways()[0])
    return reached, library_members(held, made, reached.areas, 3)


@pytest.fixture(scope="module")
def bath(real_store):
    return members_of(real_store, BATH)


def test_each_area_is_as_wide_as_its_publisher_made_it(bath, cells):
    _, found = bath
    assert len(found.areas) > 90
    for one in found.areas:
        users = cells.get(one.area.code, [])
        shown, hidden = sum(int(user) for user in users if user != "*"), users.count("*")
        assert one.members == Between(shown + hidden, shown + 4 * hidden)
        assert one.hidden == hidden
    people = sum(one.area.people for one in found.areas)
    assert found.average.least == pytest.approx(sum(one.members.least for one in found.areas) / people)
    assert found.average.most == pytest.approx(sum(one.members.most for one in found.areas) / people)
    assert found.hidden == sum(one.hidden for one in found.areas) > 0


def test_an_area_is_missed_only_where_no_hidden_cell_can_save_it(bath):
    _, found = bath
    for one in found.areas:
        assert (one in found.missed) == (one.members.most < HALF * found.average.least * one.area.people)
    shares = [one.most for one in found.areas]
    assert shares == sorted(shares)
    assert 0 < found.average.least < found.average.most < 1
    assert 0 < len(found.missed) < 20
    assert found.in_need.most < found.others.least  # fewer members where need is greatest, for certain


def test_areas_drawn_anew_are_counted_and_left_out(bath):
    reached, found = bath
    assert found.changed == len(reached.areas) - len(found.areas)
    assert 0 < found.changed < 20


def test_the_page_says_who_is_missed(client, db, real_store, settings, tmp_path):
    settings.VAR = tmp_path
    (tmp_path / "lake").mkdir()
    (tmp_path / "lake" / "published").symlink_to(real_store.root)
    page = client.get(f"/place/{BATH}/reach/?kind=library")
    assert page.status_code == 200
    words = words_of(page.content.decode())
    assert "areas that libraries miss" in words
    assert "fewer than half as many" in words
    assert "stands for 1 to 4 members and is never narrowed from totals" in words


def test_a_place_whose_libraries_are_not_in_the_file_says_nothing_of_them(real_store):
    assert members_of(real_store, "Ipswich")[1] is None
