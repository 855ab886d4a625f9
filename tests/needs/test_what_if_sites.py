"""What if a site closed, moved or opened, or more were reached: by plain counting, and as the page says it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.needs.conftest import words_of
from tests.needs.test_benefit import SITES, at, found_for, held, joined, land, system, world
from tests.world import signed_in

from commonweal.core.errors import NotAllowed
from commonweal.core.permissions import Role
from commonweal.core.viewer import viewer_of
from commonweal.needs.actions.visits import Times, say_costs
from commonweal.needs.queries.benefit import site_areas
from commonweal.needs.queries.benefit_place import benefit_place
from commonweal.needs.queries.what_if_sites import (
    known_of,
    outreach_asked,
    outreach_what_if,
    site_asked,
    site_what_if,
    whole,
)

__all__ = ["held", "land", "system", "world"]
WARDS = ("Cooperage", "Harbour", "Ironworks", "Jubilee Park")


def costed(world, system, by=None):
    """What each site cost, and where all but the last stand."""
    areas = {site: land_area(ward) for site, ward in zip(SITES, WARDS, strict=False)}
    say_costs(
        by=by or viewer_of(world.invented_person), system=system.pk, partnership=world.invented, year=2025,
        source="Outturn", costs={site: (Decimal(700_000), Decimal(400_000)) for site in SITES}, areas=areas,
        taking_part=Times(20_000_000, "Survey"),
    )


def land_area(ward):
    country = land()
    return country.codes[next(areas for _, name, areas in country.wards if name == ward)[0]]


@pytest.fixture
def known(world, system):
    costed(world, system)
    found = found_for(world, system)
    return known_of(found, benefit_place(world.invented.pk), site_areas(system, 2025))


def test_today_is_what_the_page_of_who_benefits_says(world, system, known):
    found = found_for(world, system)
    made = site_what_if(known, site_asked(known, {}))
    assert known.sites == SITES[:4]
    assert made.now.people == pytest.approx(sum(one.people for one in found.tenths.groups))
    assert made.now.visits == pytest.approx(found.money.visits)
    assert made.now.income == pytest.approx(5 * 400_000)
    assert made.now.subsidy == pytest.approx(float(found.money.subsidy))


def test_a_closed_site_stops_some_and_saves_its_cost_and_a_moved_one_saves_nothing(known):
    close = site_what_if(known, site_asked(known, {"change": "close", "site": SITES[1], "way": "foot"}))
    assert close.middle.people < close.now.people
    assert close.middle.subsidy == pytest.approx(
        close.now.subsidy - 700_000 + (close.now.income - close.middle.income))
    far = site_what_if(known, site_asked(known, {"change": "close", "site": SITES[1], "way": "car"}))
    assert far.now.people - far.middle.people < close.now.people - close.middle.people
    here = site_asked(known, {"change": "move", "site": SITES[1], "way": "foot", "where": land_area("Harbour")})
    stays = site_what_if(known, here)
    assert stays.middle.people == pytest.approx(stays.now.people)
    assert stays.middle.subsidy == pytest.approx(stays.now.subsidy)


def test_an_opened_site_brings_people_between_half_and_all_of_what_distance_says(known):
    asked = site_asked(known, {"change": "open", "way": "foot", "cost": "250,000"})
    made = site_what_if(known, asked)
    assert asked.cost == 250_000
    assert made.between("people").least > made.now.people
    assert made.between("people").least <= made.middle.people <= made.between("people").most
    assert made.middle.subsidy == pytest.approx(
        made.now.subsidy + 250_000 - (made.middle.income - made.now.income))


def test_outreach_adds_those_who_stay_at_its_cost(known):
    made = outreach_what_if(known, outreach_asked({"tenth": "1", "people": "100", "outreach_cost": "5000"}))
    assert made.middle.people - made.now.people == pytest.approx(50)
    assert made.middle.in_need - made.now.in_need == pytest.approx(50)
    assert (made.between("people").least, made.between("people").most) == pytest.approx(
        (made.now.people + 25, made.now.people + 100))
    assert made.middle.subsidy - made.now.subsidy == pytest.approx(5000 - (made.middle.income - made.now.income))
    assert outreach_what_if(known, outreach_asked({"people": "9" * 9})) is None


@pytest.mark.parametrize(("text", "number"), [
    ("1,200", 1200), ("£7", 7), ("", 3), ("-4", 3), ("9" * 40, 3), ("\u00b2", 3),
])
def test_what_is_typed_is_a_whole_number_or_what_is_asked_first(text, number):
    assert whole(text, 3) == number


def test_the_page_says_it_and_what_it_assumes_and_only_who_may_see_it_does(world, system):
    browser, href = signed_in(world.invented_person), at(world, "benefit-what-if-sites", system)
    assert "No scenario can be given" in words_of(browser.get(href).content.decode())
    costed(world, system)
    for asked, said in (
        ("?change=close&way=foot", f"If {SITES[3]} closed: about"), ("?change=move&site=Harbour+Pool", "moved to"),
        ("?change=open&cost=90000", "at £90,000 more a year: about"),
        ("?change=x&site=%00&where=y&cost=-1", "closed: "),
        ("?tenth=1&people=100&outreach_cost=5000", "If 100 people in tenth 1 of deprivation began to come"),
    ):
        words = words_of(browser.get(href + asked).content.decode())
        assert said in words
        for always in ("Scenario, not forecast", "straight line times 1.2 to 1.6", "a quarter to all",
                       "Nobody has said where Kiln Lane Hall stands"):
            assert always in words
    page = words_of(browser.get(at(world, "benefit", system)).content.decode())
    assert "20,000,000 times a year that people who live in" in page
    assert "6% of all taking part by people who live here" in page
    assert signed_in(world.outsider).get(href).status_code == 404
    with pytest.raises(NotAllowed):
        costed(world, system, by=viewer_of(joined(world, "Chief Executive", Role.PROVIDER, system.organisation)))


def test_costs_keep_where_sites_stand_and_how_often_people_take_part(world, system):
    browser, href = signed_in(world.invented_person), at(world, "benefit-costs", system)
    sent = {"gross_0": "700000", "income_0": "400000", "area_0": land_area("Harbour"), "source": "Outturn",
            "times": "20000000", "times_source": ""}
    assert "Enter the survey" in words_of(browser.post(href, sent).content.decode())
    assert browser.post(href, {**sent, "times_source": "Survey"}).status_code == 302
    assert list(site_areas(system, 2025).values()) == [land_area("Harbour")]
    assert 'value="20000000"' in browser.get(href).content.decode()
    wrong = browser.post(href, {**sent, "area_0": "X"})
    assert "Choose where Larkmere Leisure Centre stands from the list" in words_of(wrong.content.decode())
