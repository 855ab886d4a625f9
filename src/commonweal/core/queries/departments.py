"""Departments: as their own administrators keep them, and who in the partnership commissions what."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from commonweal.core import clock
from commonweal.core.actions.organisations import require_for_organisation
from commonweal.core.errors import NotAllowed, NotFound
from commonweal.core.models import (
    Department,
    Membership,
    Organisation,
    PartnershipOrganisation,
    PartnershipRole,
)
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer


@dataclass(frozen=True, slots=True)
class DepartmentLine:
    """A department, what it commissions, and who of it takes part here."""

    id: UUID
    name: str
    commissions: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MemberLine:
    """Somebody who belongs to the organisation, and where they are in it."""

    id: UUID
    name: str
    job: str
    department: UUID | None


@dataclass(frozen=True, slots=True)
class DepartmentsPage:
    """An organisation's departments and members, for those who keep them."""

    id: UUID
    name: str
    departments: tuple[DepartmentLine, ...]
    members: tuple[MemberLine, ...]


@dataclass(frozen=True, slots=True)
class Commissioner:
    """An organisation of the partnership with the departments that buy or fund."""

    id: UUID
    name: str
    departments: tuple[DepartmentLine, ...]


def departments_in(viewer: Viewer, partnership: UUID, organisation: UUID) -> tuple[DepartmentLine, ...]:
    """Those of one organisation that has, or had, a seat here."""
    people = _people(viewer, partnership)
    rows = Department.objects.filter(organisation=organisation, retired=None).order_by("name", "id")
    return tuple(_line(row, people) for row in rows)


def departments_to_keep(viewer: Viewer, partnership: UUID, organisation: UUID) -> DepartmentsPage:
    """The same with all its members, for its administrators alone."""
    seats = PartnershipOrganisation.objects.visible_to(viewer, Purpose.ADMINISTRATION)
    seat = seats.filter(partnership=partnership, organisation=organisation).select_related("organisation").first()
    if seat is None:
        raise NotFound("There is no such organisation in this partnership.")
    require_for_organisation(viewer, seat.organisation)
    members = Membership.objects.on(clock.today()).filter(organisation=organisation, person__is_active=True)
    return DepartmentsPage(
        seat.organisation_id, seat.organisation.name, departments_in(viewer, partnership, organisation),
        tuple(
            MemberLine(row.pk, row.person.name, row.role, row.department_id)
            for row in members.select_related("person").order_by("person__name", "id")
        ),
    )


def may_keep_departments(viewer: Viewer, organisation: UUID) -> bool:
    """Whether the viewer looks after this organisation."""
    try:
        require_for_organisation(viewer, Organisation.objects.get(pk=organisation))
    except NotAllowed:
        return False
    return True


def commissioners(viewer: Viewer, partnership: UUID) -> tuple[Commissioner, ...]:
    """Who commissions what: every department here that buys or funds, by organisation."""
    seats = PartnershipOrganisation.objects.visible_to(viewer, Purpose.ADMINISTRATION).on(clock.today())
    found = seats.filter(partnership=partnership).select_related("organisation").order_by("organisation__name")
    names = {seat.organisation_id: seat.organisation.name for seat in found}
    people, lines = _people(viewer, partnership), dict[UUID, tuple[DepartmentLine, ...]]()
    rows = Department.objects.filter(organisation__in=names, retired=None).exclude(commissions="")
    for row in rows.order_by("name", "id"):
        lines[row.organisation_id] = (*lines.get(row.organisation_id, ()), _line(row, people))
    return tuple(Commissioner(key, name, lines[key]) for key, name in names.items() if key in lines)


def _line(row: Department, people: dict[UUID, tuple[str, ...]]) -> DepartmentLine:
    return DepartmentLine(row.pk, row.name, row.commissions, people.get(row.pk, ()))


def _people(viewer: Viewer, partnership: UUID) -> dict[UUID, tuple[str, ...]]:
    """Who takes part here, by the department they are in, for the organisation they take part for."""
    roles = PartnershipRole.objects.visible_to(viewer, Purpose.ADMINISTRATION).on(clock.today())
    here = set(roles.filter(partnership=partnership).values_list("person_id", "organisation_id"))
    rows = Membership.objects.on(clock.today()).filter(
        person__in={person for person, _ in here}, department__isnull=False
    )
    found: dict[UUID, tuple[str, ...]] = {}
    for row in rows.select_related("person").order_by("person__name", "id"):
        if row.department_id and (row.person_id, row.organisation_id) in here:
            found[row.department_id] = (*found.get(row.department_id, ()), row.person.name)
    return found
