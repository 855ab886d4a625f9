"""Organisations and their seats."""

from __future__ import annotations

from datetime import timedelta

from tests.access.line import ADMIN, LOGIN, MEMBERS, Line, partnership
from tests.world import World

from commonweal.core import clock
from commonweal.core.actions.seats import change_seat
from commonweal.core.models import PartnershipOrganisation, SeatChange, SeatChangeKind
from commonweal.core.viewer import viewer_of


def council(world: World) -> dict[str, object]:
    return {**partnership(world), "organisation": world.council.pk}


def change(world: World) -> dict[str, object]:
    row = SeatChange.objects.filter(partnership=world.partnership).first() or change_seat(
        by=viewer_of(world.admin()), seat=PartnershipOrganisation.objects.get(organisation=world.council),
        what=SeatChangeKind.SIGN_OFF_ENDED, reason="The county signs", day=clock.today() + timedelta(days=9),
    )
    return {**council(world), "change": row.pk}


TABLE = [
    Line("web:acting", MEMBERS, 200, partnership),
    Line("web:acting", MEMBERS, 200, partnership, "post", {"organisation": ""}),
    Line("web:organisation-add", ADMIN, 200, partnership),
    Line("web:organisation-add", ADMIN, 200, partnership, "post", {"name": ""}),
    Line("web:organisation", MEMBERS, 200, council),
    Line("web:seat", ADMIN, 200, council),
    Line("web:seat", ADMIN, 200, council, "post", {"reason": ""}),
    Line("web:seat-call-off", LOGIN, 405, change),
    Line("web:seat-call-off", ADMIN, 302, change, "post"),
]
