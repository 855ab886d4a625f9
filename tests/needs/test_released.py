"""Partners never see two releases of who benefits that tell of a few: the pages, the files and the data alike."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.needs.conftest import words_of
from tests.needs.test_benefit import SUMMARIES as DRAWN
from tests.needs.test_benefit import at, held, joined, land, system, world
from tests.world import signed_in

from commonweal.core.permissions import Role
from commonweal.core.viewer import viewer_of
from commonweal.lake.visits.summary import SummaryStore
from commonweal.needs.queries.benefit import benefit_for
from commonweal.needs.queries.benefit_counts import people_tables
from commonweal.needs.queries.benefit_place import benefit_place
from commonweal.needs.queries.visit_store import visit_store

__all__ = ["held", "land", "system", "world"]


@pytest.fixture
def partner(world, system):
    """Somebody of another organisation, to whom the results are shown."""
    signed_in(world.invented_person).post(at(world, "benefit-show", system), {"choice": "show"})
    return joined(world, "Other Partner", Role.ANALYST)


def with_people(summary, count):
    """The year with so many more people (fewer where below 0), of one home and age, who came once."""
    area, age, people, visits = max(summary.people, key=lambda one: one[2])
    rows = tuple(row for row in summary.people if row[:2] != (area, age))
    histogram = dict(summary.histogram)
    histogram[1] = histogram.get(1, 0) + count
    sites = dict(summary.sites)
    site = max(sites, key=sites.get)
    sites[site] += count
    return replace(
        summary, people=(*rows, (area, age, people + count, visits + count)), visits=summary.visits + count,
        known_visits=summary.known_visits + count, histogram=tuple(sorted(histogram.items())),
        sites=tuple(sites.items()), movement=(summary.movement[0] + count, *summary.movement[1:]),
    )


def seen(world, person, system):
    return benefit_for(viewer_of(person), world.invented.pk, system.pk)


def keep(system, summary):
    SummaryStore(visit_store(system)).keep(summary)


@pytest.mark.parametrize(("count", "goes_out"), [
    (1, False), (-1, False), (7, False), (8, True), (400, True), (0, True),
])
def test_what_is_newer_goes_out_only_where_it_tells_of_enough(world, system, partner, count, goes_out):
    before = seen(world, partner, system).summary
    later = with_people(DRAWN["year"], count)
    keep(system, later)
    now = seen(world, partner, system).summary
    assert (now.members - before.members) == (count if goes_out else 0)
    assert seen(world, world.invented_person, system).summary.members == DRAWN["year"].members + count
    assert (seen(world, world.invented_person, system).held_back is None) == goes_out


def test_page_file_and_data_say_the_same_and_the_owner_is_told(world, system, partner):
    theirs, mine = signed_in(partner), signed_in(world.invented_person)
    page, data = at(world, "benefit", system), f"/api/partnerships/{world.invented.pk}/visits/{system.pk}"
    first, figures = words_of(theirs.get(page).content.decode()), theirs.get(data).json()["figures"]
    assert "As shown to partners since 25 November 2026" in first
    keep(system, with_people(DRAWN["year"], 3))
    assert words_of(theirs.get(page).content.decode()) == first
    assert theirs.get(data).json()["figures"] == figures
    told = words_of(mine.get(page).content.decode())
    assert "Partners still see the tables of 25 November 2026" in told
    assert "would tell about them" in told
    keep(system, with_people(DRAWN["year"], 300))
    assert words_of(theirs.get(page).content.decode()) != first
    assert "Partners still see" not in words_of(mine.get(page).content.decode())


def test_its_own_people_read_what_went_out_to_whom_and_what_was_kept_back_and_nobody_else(world, system, partner):
    theirs, mine = signed_in(partner), signed_in(world.invented_person)
    register = at(world, "benefit-releases", system)
    assert "Partners have not looked at any year yet" in words_of(mine.get(register).content.decode())
    page = at(world, "benefit", system)
    theirs.get(page)
    assert "Partners see what you hold, of every year" in words_of(mine.get(register).content.decode())
    keep(system, with_people(DRAWN["year"], 3))
    theirs.get(page), theirs.get(page)
    said = words_of(mine.get(register).content.decode())
    for words in ("Kept back now: 2025/26", "changed by so few people", "once each has changed by 8 or more",
                  "where people live", "Year Day What became of it", "Went out whole", "Other Partner",
                  "25 November 2026"):
        assert words in said
    assert said.count("changed by a few, in") == 1  # asked twice, written once
    assert register in mine.get(page).content.decode()
    assert theirs.get(register).status_code == 404


def test_steps_that_each_are_few_do_not_add_up_to_what_was_refused(world, system, partner):
    seen(world, partner, system)
    for count in (1, 2, 3, 4, 5, 6, 7):
        keep(system, with_people(DRAWN["year"], count))
        assert seen(world, partner, system).summary.members == DRAWN["year"].members
    keep(system, with_people(DRAWN["year"], 30))
    assert seen(world, partner, system).summary.members == DRAWN["year"].members + 30
    keep(system, with_people(DRAWN["year"], 2))  # back near the first release, which somebody may have kept
    assert seen(world, partner, system).summary.members == DRAWN["year"].members + 30


def test_what_nobody_else_saw_binds_nobody(world, system):
    keep(system, with_people(DRAWN["year"], 1))
    assert seen(world, world.invented_person, system).held_back is None
    signed_in(world.invented_person).post(at(world, "benefit-show", system), {"choice": "show"})
    partner = joined(world, "Other Partner", Role.ANALYST)
    assert seen(world, partner, system).summary.members == DRAWN["year"].members + 1


def test_every_table_of_people_on_the_page_is_in_the_register(world, system):
    tables = people_tables(DRAWN["year"], benefit_place(world.invented.pk))
    assert {"homes", "bands", "sites", "moved", "tenths", "ages", "wards"} == set(tables)
    people = DRAWN["year"].members
    assert sum(tables["homes"].values()) == sum(tables["bands"].values()) == people
    assert sum(tables["tenths"].values()) == tables["homes"]["here"]
