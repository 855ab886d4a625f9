"""Joining and splitting: organisations, places and people go on from the day; records stay where they were."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.world import World

from commonweal.core import clock
from commonweal.core.actions.partnerships import add_organisation, add_place
from commonweal.core.actions.roles import give_role
from commonweal.core.actions.seats import NewOrganisation, change_seat, seat_new_organisation
from commonweal.core.actions.succession import Part, join_partnerships, split_partnership
from commonweal.core.errors import NotAllowed, NotFound, Refused
from commonweal.core.models import (
    Event,
    Organisation,
    OrganisationKind,
    Partnership,
    PartnershipOrganisation,
    PartnershipPlace,
    PartnershipRole,
    SeatChangeKind,
    Verb,
)
from commonweal.core.permissions import Role
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.queries.succession import partnership_to_split, partnerships_here
from commonweal.core.viewer import SYSTEM, viewer_of


@pytest.fixture
def world(world) -> World:
    made = world
    began = clock.today() - timedelta(days=500)
    for model in (Partnership, PartnershipRole, PartnershipOrganisation, PartnershipPlace):
        model.objects.update(start=began)
    for one in (made.partnership, made.other_partnership, made.invented):
        one.refresh_from_db()
    return made


def day(after: int = 30) -> date:
    return clock.today() + timedelta(days=after)


def at(after: int):
    return clock.fixed(clock.now() + timedelta(days=after))


def club(world: World) -> Organisation:
    return seat_new_organisation(
        by=SYSTEM, partnership=world.partnership, new=NewOrganisation("Choir", OrganisationKind.THIRD_SECTOR)
    ).organisation


def join(world: World, **said) -> Partnership:
    return join_partnerships(**{
        "by": viewer_of(world.staff), "before": [world.partnership, world.other_partnership],
        "name": "Both together", "day": day(), **said,
    })


def split(world: World, parts: tuple[Part, ...], **said) -> tuple[Partnership, ...]:
    return split_partnership(**{
        "by": viewer_of(world.staff), "before": world.partnership, "parts": parts, "day": day(), **said,
    })


def halves(world: World, choir: Organisation) -> tuple[Part, Part]:
    places = frozenset(PartnershipPlace.objects.filter(partnership=world.partnership).values_list("pk", flat=True))
    return Part("East", frozenset({world.council.pk}), places), Part("West", frozenset({choir.pk}), places)


def test_two_become_one_on_the_day(world):
    add_organisation(by=SYSTEM, partnership=world.other_partnership, organisation=world.council)
    add_place(
        by=SYSTEM, partnership=world.other_partnership, kind="district", code="E07000999", vintage=2024,
        name="Testshire",
    )
    new = join(world)
    admin = world.admin()
    assert viewer_of(admin).roles_in(new.pk) == ()
    assert viewer_of(admin).roles_in(world.partnership.pk) == (Role.ADMIN,)
    with at(30):
        assert viewer_of(admin).roles_in(world.partnership.pk) == ()
        view = partnership_for(viewer_of(admin), new.pk)
        assert [(seat.name, seat.signs_off) for seat in view.seats] == [
            ("Otherham Borough Council", True), ("Testshire District Council", True),
        ]
        assert [place.name for place in view.places] == ["Testshire"]
        assert viewer_of(world.outsider).roles_in(new.pk) == (Role.ADMIN,)
        for role, person in world.people.items():
            assert viewer_of(person).roles_in(new.pk) == (role,)
    told = Event.objects.filter(verb=Verb.PARTNERSHIP_SUCCEEDED, actor=world.staff.pk)
    assert told.count() == 2


def test_one_becomes_two_and_people_go_with_their_organisation(world):
    choir = club(world)
    give_role(
        by=SYSTEM, partnership=world.partnership, person=world.loner, organisation=choir, role=Role.ADMIN
    )
    east, west = split(world, halves(world, choir))
    with at(30):
        assert viewer_of(world.loner).partnerships() == {west.pk}
        assert viewer_of(world.admin()).partnerships() == {east.pk}
        assert [seat.name for seat in partnership_for(viewer_of(world.loner), west.pk).seats] == ["Choir"]
    found = {one.name: one for one in partnerships_here(viewer_of(world.staff))}
    assert found["Testshire together"].goes_on == ("East", "West")
    assert found["West"].came_from == ("Testshire together",)


def test_whoever_leaves_before_the_day_is_not_carried_over(world):
    choir = club(world)
    give_role(
        by=SYSTEM, partnership=world.partnership, person=world.loner, organisation=choir, role=Role.ANALYST
    )
    seat = PartnershipOrganisation.objects.get(organisation=choir)
    change_seat(by=SYSTEM, seat=seat, what=SeatChangeKind.LEFT, reason="Moves", day=day(10))
    new = join(world)
    assert not PartnershipOrganisation.objects.filter(partnership=new, organisation=choir).exists()
    assert not PartnershipRole.objects.filter(partnership=new, person=world.loner).exists()


@pytest.mark.parametrize(("said", "sentence"), [
    ({"day": None}, "within the next two years"), ({"before": 1}, "two partnerships or more"),
    ({"before": "invented"}, "never joined"), ({"name": " "}, "cannot be blank"),
])
def test_a_joining_that_makes_no_sense_changes_nothing(world, said, sentence):
    if "day" in said:
        said = {"day": day(-1)}
    if said.get("before") == 1:
        said = {"before": [world.partnership, world.partnership]}
    if said.get("before") == "invented":
        said = {"before": [world.partnership, world.invented]}
    with pytest.raises(Refused, match=sentence):
        join(world, **said)
    assert Partnership.objects.count() == 3
    assert not Partnership.objects.exclude(end=None).exists()


def test_nothing_ends_twice(world):
    join(world)
    with pytest.raises(Refused, match="already"):
        join(world, name="Again")
    with pytest.raises(NotFound, match="already settled"):
        partnership_to_split(viewer_of(world.staff), world.partnership.pk)


def test_a_split_leaves_nobody_out_and_no_part_without_an_administrator(world):
    choir = club(world)
    east, west = halves(world, choir)
    for parts, sentence in (
        ((east, Part("East ", west.organisations, west.places)), "two different names"),
        ((east, Part("West", frozenset({world.council.pk}), west.places)), "every organisation"),
        ((Part("East", east.organisations, frozenset()), Part("West", west.organisations, frozenset())),
         "every place"),
        ((east, west), "no administrator"),
    ):
        with pytest.raises(Refused, match=sentence):
            split(world, parts)
    assert Partnership.objects.count() == 3


@pytest.mark.parametrize("who", ["admin", "outsider", "loner"])
def test_only_staff_join_and_split(world, who):
    by = viewer_of(world.admin() if who == "admin" else getattr(world, who))
    with pytest.raises(NotAllowed):
        join(world, by=by)
    with pytest.raises(NotAllowed):
        split(world, halves(world, world.council), by=by)
    with pytest.raises(NotAllowed):
        partnerships_here(by)
