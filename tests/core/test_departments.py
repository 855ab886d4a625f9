"""Departments: kept by their own organisation, never two of a name, retired when empty, and seen by partners."""

from __future__ import annotations

import pytest
from tests.world import World

from commonweal.core.actions.departments import change_department, place_members, retire_department
from commonweal.core.actions.organisations import add_department
from commonweal.core.actions.people import add_member
from commonweal.core.errors import NotAllowed, NotFound, Refused
from commonweal.core.models import Department, Event, Membership, Verb
from commonweal.core.permissions import Role
from commonweal.core.queries.departments import commissioners, departments_in, departments_to_keep
from commonweal.core.viewer import SYSTEM, viewer_of


@pytest.fixture
def leisure(world) -> Department:
    return add_department(
        by=viewer_of(world.admin()), organisation=world.council, name=" Leisure  services", commissions="Two pools"
    )


@pytest.fixture
def member(world) -> Membership:
    return add_member(
        by=viewer_of(world.admin()), person=world.people[Role.ANALYST], organisation=world.council, job="Officer"
    )


def put(world: World, member: Membership, department: Department | None, **said) -> int:
    return place_members(**{
        "by": viewer_of(world.admin()), "organisation": world.council,
        "placed": {member.pk: department.pk if department else None}, **said,
    })


def test_one_of_each_name_while_it_stands(world, leisure):
    by = viewer_of(world.admin())
    assert leisure.name == "Leisure services"
    with pytest.raises(Refused, match="already a department"):
        add_department(by=by, organisation=world.council, name="LEISURE services")
    with pytest.raises(Refused, match="cannot be blank"):
        add_department(by=by, organisation=world.council, name="  ")
    retire_department(by=by, department=leisure)
    assert add_department(by=by, organisation=world.council, name="Leisure services").pk != leisure.pk


def test_renamed_with_its_history(world, leisure):
    changed = change_department(
        by=viewer_of(world.admin()), department=leisure, name="Leisure and culture", commissions="Two pools"
    )
    assert set(changed.history.values_list("name", flat=True)) == {"Leisure services", "Leisure and culture"}
    event = Event.objects.latest("id")
    assert (event.verb, event.on_behalf_of) == (Verb.DEPARTMENT_CHANGED, world.council.pk)
    change_department(by=SYSTEM, department=leisure, name="Leisure", commissions="")
    assert Event.objects.latest("id").on_behalf_of is None


def test_it_is_retired_once_nobody_is_in_it(world, leisure, member):
    by = viewer_of(world.admin())
    assert put(world, member, leisure) == 1
    assert put(world, member, leisure) == 0
    with pytest.raises(Refused, match="1 person is in Leisure services"):
        retire_department(by=by, department=leisure)
    assert put(world, member, None) == 1
    retire_department(by=by, department=leisure)
    for deed in (
        lambda: retire_department(by=by, department=leisure),
        lambda: change_department(by=by, department=leisure, name="x", commissions=""),
    ):
        with pytest.raises(Refused, match="was retired on"):
            deed()
    with pytest.raises(Refused, match="no such department any more"):
        put(world, member, leisure)
    assert departments_in(by, world.partnership.pk, world.council.pk) == ()


def test_nobody_is_put_in_another_bodys_department_nor_anothers_member_moved(world, leisure, member):
    theirs = add_department(by=SYSTEM, organisation=world.other_council, name="Parks")
    with pytest.raises(Refused, match="no such department"):
        put(world, member, theirs)
    stranger = add_member(by=SYSTEM, person=world.outsider, organisation=world.other_council)
    assert put(world, stranger, leisure) == 0


@pytest.mark.parametrize("who", ["analyst", "outsider", "loner"])
def test_only_its_own_administrators_keep_it(world, leisure, member, who):
    by = viewer_of(world.people[Role.ANALYST] if who == "analyst" else getattr(world, who))
    for deed in (
        lambda: add_department(by=by, organisation=world.council, name="x"),
        lambda: change_department(by=by, department=leisure, name="x", commissions=""),
        lambda: retire_department(by=by, department=leisure),
        lambda: put(world, member, leisure, by=by),
    ):
        with pytest.raises(NotAllowed):
            deed()
    with pytest.raises((NotAllowed, NotFound)):
        departments_to_keep(by, world.partnership.pk, world.council.pk)


def test_partners_see_who_commissions_what_and_who_of_it_is_here(world, leisure, member):
    add_department(by=SYSTEM, organisation=world.council, name="Planning")
    away = add_member(by=SYSTEM, person=world.loner, organisation=world.council)
    place_members(
        by=SYSTEM, organisation=world.council, placed={member.pk: leisure.pk, away.pk: leisure.pk}
    )
    (council,) = commissioners(viewer_of(world.people[Role.OBSERVER]), world.partnership.pk)
    assert [(one.name, one.commissions, one.people) for one in council.departments] == [
        ("Leisure services", "Two pools", (world.people[Role.ANALYST].name,)),
    ]
    assert commissioners(viewer_of(world.outsider), world.partnership.pk) == ()
    kept = departments_to_keep(viewer_of(world.admin()), world.partnership.pk, world.council.pk)
    assert {one.name for one in kept.members} == {world.people[Role.ANALYST].name, world.loner.name}
