"""Departments are renamed and retired, and people are put in them."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from commonweal.core import clock
from commonweal.core.actions.organisations import require_for_organisation
from commonweal.core.actions.recording import record_event, saved
from commonweal.core.errors import Refused
from commonweal.core.models import Department, Membership, Organisation, Verb
from commonweal.core.viewer import Viewer


@transaction.atomic
def change_department(*, by: Viewer, department: Department, name: str, commissions: str) -> Department:
    """Another name, or something else that it buys or funds; what it was called stays in its history."""
    require_for_organisation(by, department.organisation)
    locked = _standing(department)
    locked.name, locked.commissions = " ".join(name.split()), " ".join(commissions.split())
    saved(locked)
    record_event(by=by, verb=Verb.DEPARTMENT_CHANGED, subject=locked)
    return locked


@transaction.atomic
def retire_department(*, by: Viewer, department: Department) -> None:
    """It is no more; whoever is in it is put elsewhere first."""
    require_for_organisation(by, department.organisation)
    locked = _standing(department)
    inside = Membership.objects.on(clock.today()).filter(department=locked).count()
    if inside:
        people = "1 person is" if inside == 1 else f"{inside} people are"
        raise Refused(f"{people} in {locked.name}. Put them in another department, or in none, first.")
    locked.retired = clock.today()
    saved(locked)
    record_event(by=by, verb=Verb.DEPARTMENT_RETIRED, subject=locked)


@transaction.atomic
def place_members(*, by: Viewer, organisation: Organisation, placed: Mapping[UUID, UUID | None]) -> int:
    """Put members, by the id of their membership, in a department or none; how many moved."""
    require_for_organisation(by, organisation)
    standing = {one.pk: one for one in Department.objects.filter(organisation=organisation, retired=None)}
    members = Membership.objects.on(clock.today()).select_for_update().filter(organisation=organisation)
    moved = 0
    for member in members.filter(pk__in=list(placed)):
        chosen = placed[member.pk]
        if chosen is not None and chosen not in standing:
            raise Refused(f"{organisation.name} has no such department any more. Look again, then choose.")
        if member.department_id == chosen:
            continue
        member.department = standing[chosen] if chosen else None
        saved(member)
        record_event(by=by, verb=Verb.MEMBER_MOVED, subject=member)
        moved += 1
    return moved


def _standing(department: Department) -> Department:
    locked: Department = Department.objects.select_for_update().get(pk=department.pk)
    if locked.retired:
        raise Refused(f"{locked.name} was retired on {locked.retired:%-d %B %Y}.")
    return locked
