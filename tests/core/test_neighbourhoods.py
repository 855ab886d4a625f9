"""Neighbourhoods: wards of the place, each in one, a voice with a seat, and money whose every word is kept."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from tests.world import World

from commonweal.core import clock
from commonweal.core.actions.neighbourhoods import (
    Budget,
    add_neighbourhood,
    change_neighbourhood,
    end_neighbourhood,
    set_budget,
)
from commonweal.core.actions.roles import give_role
from commonweal.core.actions.seats import NewOrganisation, change_seat, seat_new_organisation
from commonweal.core.errors import NotAllowed, NotFound, Refused
from commonweal.core.models import (
    Event,
    Neighbourhood,
    NeighbourhoodBudget,
    Organisation,
    OrganisationKind,
    PartnershipOrganisation,
    PartnershipPlace,
    SeatChangeKind,
    VatBasis,
    Verb,
)
from commonweal.core.permissions import Role
from commonweal.core.queries.neighbourhoods import neighbourhood_of, neighbourhoods_in, places_to_divide
from commonweal.core.viewer import SYSTEM, viewer_of
from commonweal.core.wards import wards_in
from commonweal.lake.places import PlaceRow

WARDS = tuple(PlaceRow("ward", f"E0500000{n}", name, 2025) for n, name in enumerate(("Abbey", "Bridge", "Castle")))
CODES = [ward.code for ward in WARDS]


@pytest.fixture(autouse=True)
def wards(monkeypatch):
    for module in ("actions", "queries"):
        monkeypatch.setattr(f"commonweal.core.{module}.neighbourhoods.wards_in", lambda place: WARDS)


@pytest.fixture
def forum(world) -> Organisation:
    return seat_new_organisation(
        by=SYSTEM, partnership=world.partnership, signs_off=True,
        new=NewOrganisation("Northside Forum", OrganisationKind.THIRD_SECTOR),
    ).organisation


def add(world: World, **said) -> Neighbourhood:
    return add_neighbourhood(**{
        "by": viewer_of(world.admin()), "name": " North  side", "wards": CODES[:2],
        "place": PartnershipPlace.objects.get(partnership=world.partnership), **said,
    })


def money(world: World, held: Neighbourhood, pounds: str, year: str = "2026-27", **said) -> NeighbourhoodBudget:
    budget = Budget(year, Decimal(pounds), said.pop("source", "Cabinet, 3 March"), VatBasis.OUTSIDE)
    return set_budget(**{"by": viewer_of(world.admin()), "neighbourhood": held, "budget": budget, **said})


def test_marked_out_with_wards_and_a_voice(world, forum):
    made = add(world, speaker=forum)
    (card,) = neighbourhoods_in(viewer_of(world.people[Role.OBSERVER]), world.partnership.pk)
    assert (card.name, card.wards, card.vintage) == ("North side", ("Abbey", "Bridge"), 2025)
    assert (card.speaker_name, card.signs_off, card.budgets) == ("Northside Forum", True, ())
    event = Event.objects.latest("id")
    assert (event.verb, event.subject_id, event.on_behalf_of) == (
        Verb.NEIGHBOURHOOD_ADDED, made.pk, world.council.pk
    )
    (place,) = places_to_divide(viewer_of(world.admin()), world.partnership.pk)
    assert (place.free, place.wards) == (((CODES[2], "Castle"),), 3)
    assert neighbourhoods_in(viewer_of(world.outsider), world.partnership.pk) == ()
    assert places_to_divide(viewer_of(world.outsider), world.partnership.pk) == ()


@pytest.mark.parametrize(("said", "sentence"), [
    ({"wards": ["E05999999"]}, "Choose from the list"), ({"wards": []}, "one at least|cannot be blank"),
    ({"name": " "}, "cannot be blank"), ({"wards": CODES[1:]}, "in North side already"),
    ({"name": "North side", "wards": CODES[2:]}, "already a neighbourhood"),
])
def test_what_makes_no_sense_is_refused(world, said, sentence):
    add(world)
    with pytest.raises(Refused, match=sentence):
        add(world, **{"name": "South", "wards": CODES[2:], **said})
    assert Neighbourhood.objects.count() == 1


def test_a_voice_needs_a_seat_and_is_gone_with_it(world, forum):
    with pytest.raises(Refused, match="has no seat"):
        add(world, speaker=world.other_council)
    made = add(world, speaker=forum)
    with pytest.raises(Refused, match="has no seat"):
        change_neighbourhood(
            by=viewer_of(world.admin()), neighbourhood=made, name="North", speaker=world.other_council
        )
    change_seat(
        by=SYSTEM, seat=PartnershipOrganisation.objects.get(organisation=forum), what=SeatChangeKind.LEFT,
        reason="Wound up", day=clock.today() + timedelta(days=3),
    )
    with clock.fixed(clock.now() + timedelta(days=3)):
        (card,) = neighbourhoods_in(viewer_of(world.admin()), world.partnership.pk)
        assert (card.speaker, card.speaker_name, card.signs_off) == (None, "", False)


def test_the_last_word_on_a_year_counts_and_the_earlier_are_kept(world):
    made = add(world)
    for pounds, year in (("20000", "2026-27"), ("25000.50", "2026-27"), ("18000", "2025-26")):
        money(world, made, pounds, year)
    (card,) = neighbourhoods_in(viewer_of(world.people[Role.PROVIDER]), world.partnership.pk)
    assert [(line.year, str(line.money), [str(one) for one in line.earlier]) for line in card.budgets] == [
        ("2026-27", "£25,000.50", ["£20,000"]), ("2025-26", "£18,000", []),
    ]
    assert card.budgets[0].money.year == card.budgets[0].money.price_year == "2026-27"
    assert (card.budgets[0].source, card.budgets[0].written) == ("Cabinet, 3 March", clock.today())


@pytest.mark.parametrize(("pounds", "year", "source", "sentence"), [
    ("1", "2026", "x", "2026-27"), ("1", "2026-28", "x", "2026-27"), ("-1", "2026-27", "x", "less than nothing"),
    ("1", "2026-27", " ", "cannot be blank"),
])
def test_a_budget_has_a_year_an_amount_and_a_source(world, pounds, year, source, sentence):
    made = add(world)
    with pytest.raises(Refused, match=sentence):
        money(world, made, pounds, year, source=source)
    assert not NeighbourhoodBudget.objects.exists()


def test_its_own_voice_sets_its_budget_once_it_has_an_administrator(world, forum):
    made = add(world, speaker=forum)
    money(world, made, "100")
    give_role(
        by=SYSTEM, partnership=world.partnership, person=world.loner, organisation=forum, role=Role.ADMIN
    )
    with pytest.raises(NotAllowed, match="Northside Forum speaks for North side"):
        money(world, made, "50")
    assert money(world, made, "150", by=viewer_of(world.loner)).pounds == 150


def test_it_ends_and_its_wards_are_free(world):
    made = add(world)
    by = viewer_of(world.admin())
    end_neighbourhood(by=by, neighbourhood=made)
    for deed in (
        lambda: end_neighbourhood(by=by, neighbourhood=made), lambda: money(world, made, "1"),
        lambda: change_neighbourhood(by=by, neighbourhood=made, name="x", speaker=None),
    ):
        with pytest.raises(Refused, match="has ended"):
            deed()
    with pytest.raises(NotFound):
        neighbourhood_of(by, world.partnership.pk, made.pk)
    assert add(world).name == "North side"


@pytest.mark.parametrize("who", ["analyst", "outsider", "loner"])
def test_only_administrators_of_the_partnership(world, who):
    made = add(world)
    by = viewer_of(world.people[Role.ANALYST] if who == "analyst" else getattr(world, who))
    for deed in (
        lambda: add(world, by=by, name="South", wards=CODES[2:]), lambda: money(world, made, "1", by=by),
        lambda: change_neighbourhood(by=by, neighbourhood=made, name="x", speaker=None),
        lambda: end_neighbourhood(by=by, neighbourhood=made),
    ):
        with pytest.raises(NotAllowed):
            deed()


def test_a_drawn_place_or_an_empty_store_has_no_wards(world, tmp_path, settings):
    settings.VAR = tmp_path
    place = PartnershipPlace.objects.get(partnership=world.partnership)
    assert wards_in(place) == ()
    place.code = ""
    assert wards_in(place) == ()
