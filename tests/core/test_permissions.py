"""Roles are lists of permissions, and a viewer holds them only where the role is."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from commonweal.core import clock
from commonweal.core.actions.roles import end_role
from commonweal.core.errors import NotAllowed
from commonweal.core.models import PartnershipRole
from commonweal.core.permissions import ROLES, STAFF, Permission, Role, permissions_of, role_hints
from commonweal.core.viewer import ANONYMOUS, SYSTEM, require, viewer_of

MAY = {
    Permission.MANAGE_PARTNERSHIP: {Role.ADMIN},
    Permission.EDIT_ORGANISATION: {Role.ADMIN},
    Permission.AGREE: {Role.ADMIN},
    Permission.DISCUSS: set(Role) - {Role.OBSERVER, Role.CERTIFIER},
    Permission.SELF_ASSESS: set(Role) - {Role.OBSERVER, Role.CERTIFIER},
    Permission.STATE_AMBITION: {Role.ADMIN, Role.ANALYST, Role.CONTRIBUTOR, Role.ELECTED_MEMBER},
    Permission.UPLOAD: {Role.ADMIN, Role.ANALYST},
    Permission.LOAD_PUBLISHED: set(),
    Permission.RECORD_EVIDENCE: {Role.ADMIN, Role.ANALYST, Role.CONTRIBUTOR},
    Permission.BRING_EVIDENCE: {Role.ADMIN, Role.ANALYST, Role.CONTRIBUTOR, Role.PROVIDER},
    Permission.VIEW_JOBS: {Role.ADMIN, Role.ANALYST, Role.CONTRIBUTOR},
    Permission.DECIDE: {Role.ELECTED_MEMBER},
    Permission.CERTIFY: {Role.CERTIFIER},
    Permission.VIEW_EVIDENCE: set(Role) - {Role.PROVIDER},
    Permission.VIEW_PARTNERSHIP: set(Role),
    Permission.CREATE_ORGANISATION: set(),
    Permission.CREATE_PARTNERSHIP: set(),
    Permission.ERASE_PERSON: set(),
}


def test_every_permission_stands_in_the_table():
    assert set(MAY) == set(Permission)


@pytest.mark.parametrize("permission", list(Permission))
def test_roles_hold_exactly_these(permission):
    assert {role for role in Role if permission in ROLES[role]} == MAY[permission]


def test_every_role_says_what_it_does():
    assert set(role_hints()) == set(Role)
    assert all(words.endswith(".") for words in role_hints().values())


def test_staff_see_no_partnerships_work():
    assert not STAFF & {Permission.VIEW_PARTNERSHIP, Permission.VIEW_EVIDENCE, Permission.VIEW_JOBS}


def test_permissions_of_several_roles_add_up():
    assert permissions_of([Role.PROVIDER, Role.CERTIFIER]) == ROLES[Role.PROVIDER] | ROLES[Role.CERTIFIER]
    assert permissions_of([]) == frozenset()


def test_viewer_has_a_permission_only_in_its_own_partnership(world):
    viewer = viewer_of(world.admin())
    assert viewer.may(Permission.MANAGE_PARTNERSHIP, world.partnership.pk)
    assert not viewer.may(Permission.MANAGE_PARTNERSHIP, world.other_partnership.pk)
    assert not viewer.may(Permission.MANAGE_PARTNERSHIP, uuid4())
    assert viewer.organisation_in(world.partnership.pk) == world.council.pk
    assert viewer.organisation_in(world.other_partnership.pk) is None


def test_nobody_may_do_anything_and_the_system_everything():
    assert not any(ANONYMOUS.may(permission) for permission in Permission)
    assert all(SYSTEM.may(permission, uuid4()) for permission in Permission)
    assert ANONYMOUS.anonymous
    assert not SYSTEM.anonymous


def test_an_ended_role_opens_nothing_even_for_a_viewer_made_before(world):
    analyst = world.people[Role.ANALYST]
    stale = viewer_of(analyst)
    role = PartnershipRole.objects.get(person=analyst)
    end_role(by=viewer_of(world.admin()), role=role)
    with pytest.raises(NotAllowed):
        require(stale, Permission.UPLOAD, world.partnership.pk)
    assert viewer_of(analyst).grants == ()


def test_a_role_that_begins_tomorrow_opens_nothing_today(world):
    PartnershipRole.objects.filter(person=world.people[Role.ANALYST]).update(
        start=clock.today() + timedelta(days=1)
    )
    assert viewer_of(world.people[Role.ANALYST]).grants == ()


def test_a_closed_account_is_nobody(world):
    person = world.admin()
    person.is_active = False
    person.save()
    assert viewer_of(person) == ANONYMOUS
