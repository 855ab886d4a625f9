"""Departments, kept by their organisation and read by the partnership; paid time likewise."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tests.access.line import ADMIN, LOGIN, MEMBERS, Line, partnership
from tests.access.workspace import council
from tests.world import World

from commonweal.core.actions.organisations import add_department
from commonweal.core.actions.paid_time import Time, record_paid_time
from commonweal.core.actions.seats import NewOrganisation, seat_new_organisation
from commonweal.core.models import Department, OrganisationKind, PaidTime, PartnershipOrganisation
from commonweal.core.viewer import SYSTEM, viewer_of


def department(world: World) -> dict[str, object]:
    row = Department.objects.filter(organisation=world.council).first() or add_department(
        by=SYSTEM, organisation=world.council, name="Leisure"
    )
    return {**council(world), "department": row.pk}


def paid(world: World) -> dict[str, object]:
    row = PaidTime.objects.filter(partnership=world.partnership).first() or _record(world)
    return {**partnership(world), "paid": row.pk}


def _record(world: World) -> PaidTime:
    PartnershipOrganisation.objects.filter(partnership=world.partnership).update(start=date(2025, 1, 1))
    club = seat_new_organisation(
        by=viewer_of(world.admin()), partnership=world.partnership,
        new=NewOrganisation("Club", OrganisationKind.THIRD_SECTOR),
    )
    PartnershipOrganisation.objects.filter(pk=club.pk).update(start=date(2025, 1, 1))
    return record_paid_time(
        by=viewer_of(world.admin()), partnership=world.partnership, organisation=club.organisation,
        payer=world.council, time=Time("Board", Decimal(3), Decimal(20), date(2025, 5, 1), date(2025, 5, 31)),
    )


TABLE = [
    Line("web:departments", ADMIN, 200, council),
    Line("web:departments", ADMIN, 200, council, "post", {"name": ""}),
    Line("web:departments-people", ADMIN, 200, council),
    Line("web:departments-people", ADMIN, 302, council, "post"),
    Line("web:department", ADMIN, 200, department),
    Line("web:department", ADMIN, 200, department, "post", {"name": ""}),
    Line("web:department-retire", LOGIN, 405, department),
    Line("web:department-retire", ADMIN, 302, department, "post"),
    Line("web:commissioners", MEMBERS, 200, partnership),
    Line("web:paid-time", MEMBERS, 200, partnership),
    Line("web:paid-time-add", ADMIN, 200, partnership),
    Line("web:paid-time-add", ADMIN, 200, partnership, "post", {"hours": ""}),
    Line("web:paid-time-withdraw", LOGIN, 405, paid),
    Line("web:paid-time-withdraw", ADMIN, 302, paid, "post"),
]
