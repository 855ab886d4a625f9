"""Who may do what in a partnership is given and ended here, and nowhere else."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from commonweal.core import clock
from commonweal.core.actions.recording import record_event, saved
from commonweal.core.errors import NotAllowed, Refused
from commonweal.core.models import (
    Organisation,
    OrganisationSuccession,
    Partnership,
    PartnershipOrganisation,
    PartnershipRole,
    Person,
    Verb,
)
from commonweal.core.permissions import Permission, Role
from commonweal.core.viewer import Viewer, require


@transaction.atomic
def give_role(
    *, by: Viewer, partnership: Partnership, person: Person, organisation: Organisation, role: Role,
    start: date | None = None,
) -> PartnershipRole:
    """A role for a person, on behalf of an organisation that has a seat."""
    day = start or clock.today()
    if person.example != partnership.invented:
        raise Refused("Invented people take part in the invented partnership, and real people in real ones.")
    require_may_give(by, partnership, organisation, day)
    given = saved(PartnershipRole(
        partnership=partnership, person=person, organisation=organisation, role=role, start=day,
        end=_end_of_seat(partnership, organisation, day),
    ))
    record_event(by=by, verb=Verb.ROLE_GIVEN, subject=given, partnership=partnership.pk)
    _go_on_with_heir(by, given)
    return given


def _go_on_with_heir(by: Viewer, given: PartnershipRole) -> None:
    """Where it is settled what the organisation goes into, the role goes on there from that day."""
    links = OrganisationSuccession.objects.filter(before=given.organisation_id, keeps=True, day__gt=given.start)
    for link in links:
        same = PartnershipRole.objects.on(link.day).filter(
            partnership=given.partnership_id, person=given.person_id, organisation=link.after_id, role=given.role
        )
        if not same.exists():
            row = saved(PartnershipRole(
                partnership_id=given.partnership_id, person_id=given.person_id, organisation_id=link.after_id,
                role=given.role, start=link.day,
            ))
            record_event(by=by, verb=Verb.ROLE_GIVEN, subject=row, partnership=row.partnership_id)


def _end_is_heirs(role: PartnershipRole) -> bool:
    """Whether it only ends because its organisation will have gone into another by then."""
    if role.end is None or role.end <= clock.today():
        return False
    return OrganisationSuccession.objects.filter(before=role.organisation_id, day=role.end).exists()


def _end_with_heir(by: Viewer, role: PartnershipRole) -> None:
    """What was to go on in the organisation's heir, and has not begun, does not."""
    after = OrganisationSuccession.objects.filter(before=role.organisation_id).values("after")
    to_come = PartnershipRole.objects.filter(
        partnership=role.partnership_id, person=role.person_id, role=role.role, organisation__in=after,
        start__gt=clock.today(), end=None,
    )
    for row in to_come:
        row.end = row.start
        saved(row)
        record_event(by=by, verb=Verb.ROLE_ENDED, subject=row, partnership=row.partnership_id)


@transaction.atomic
def end_role(*, by: Viewer, role: PartnershipRole, end: date | None = None) -> PartnershipRole:
    """End a role; from that day it opens nothing."""
    require(by, Permission.MANAGE_PARTNERSHIP, role.partnership_id)
    _require_own_organisation(by, role.partnership, role.organisation)
    if role.end is not None and not _end_is_heirs(role):
        raise Refused("This role has already ended.")
    if role.role == Role.ADMIN and _is_last_administrator(role):
        raise Refused("This is the partnership's last administrator. Give somebody else the role first.")
    role.end = max(end or clock.today(), role.start)
    saved(role)
    record_event(by=by, verb=Verb.ROLE_ENDED, subject=role, partnership=role.partnership_id)
    _end_with_heir(by, role)
    return role


def require_may_give(
    by: Viewer, partnership: Partnership, organisation: Organisation, day: date | None = None
) -> None:
    """Refuse unless `by` may give roles for this organisation, and it has a seat on the day."""
    require(by, Permission.MANAGE_PARTNERSHIP, partnership.pk)
    seats = PartnershipOrganisation.objects.on(day or clock.today()).filter(partnership=partnership)
    if not seats.filter(organisation=organisation).exists():
        raise Refused(f"{organisation.name} is not in {partnership.name} on that day. Add it first.")
    _require_own_organisation(by, partnership, organisation)


def answers_for(by: Viewer, organisation: Organisation) -> bool:
    """Whether `by` may say who belongs to it: staff, its administrators anywhere, or anybody while it has none."""
    heads = PartnershipRole.objects.on(clock.today()).filter(organisation=organisation, role=Role.ADMIN)
    heads = heads.exclude(person__is_active=False)
    return by.system or by.staff or heads.filter(person=by.person).exists() or not heads.exists()


def may_give(by: Viewer, partnership: Partnership, organisation: Organisation) -> bool:
    """The same as a question, for offering only what can be done."""
    try:
        require_may_give(by, partnership, organisation)
    except (NotAllowed, Refused):
        return False
    return True


def heads(by: Viewer, partnership: Partnership, organisation: Organisation) -> bool:
    """Whether `by` administers the organisation here and acts for it; anybody may while nobody does."""
    if by.system or by.staff:
        return True
    administrators = PartnershipRole.objects.on(clock.today()).filter(
        partnership=partnership, organisation=organisation, role=Role.ADMIN
    )
    own = by.organisation_in(partnership.pk) == organisation.pk
    return not administrators.exists() or (own and administrators.filter(person=by.person).exists())


def _require_own_organisation(by: Viewer, partnership: Partnership, organisation: Organisation) -> None:
    if not heads(by, partnership, organisation):
        raise NotAllowed(f"Only an administrator of {organisation.name} gives and ends its people's roles.")


def _end_of_seat(partnership: Partnership, organisation: Organisation, day: date) -> date | None:
    """The day the organisation is going to leave, if that is agreed; a role never outlasts the seat."""
    seats = PartnershipOrganisation.objects.filter(partnership=partnership, organisation=organisation)
    ends = list(seats.exclude(end__lte=day).values_list("end", flat=True))
    return None if None in ends else max(ends)


def _is_last_administrator(role: PartnershipRole) -> bool:
    others = PartnershipRole.objects.on(clock.today()).filter(partnership=role.partnership_id, role=Role.ADMIN)
    return not others.exclude(pk=role.pk).exists()
