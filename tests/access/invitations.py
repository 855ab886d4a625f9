"""Invitations: the link is for whoever holds it; what is open is for administrators."""

from __future__ import annotations

from tests.access.line import ADMIN, ANYBODY, LOGIN, Line
from tests.world import World

from commonweal.core.actions.invitations import invite
from commonweal.core.models import Invitation
from commonweal.core.models.invitations import hash_of
from commonweal.core.permissions import Role
from commonweal.core.viewer import viewer_of

TOKEN = "a-token-for-the-table"


def invitation(world: World) -> dict[str, object]:
    row = Invitation.objects.filter(partnership=world.partnership).first()
    if row is None:
        row, _ = invite(
            by=viewer_of(world.admin()), partnership=world.partnership, address="new@testshire.gov.uk",
            organisation=world.council, role=Role.ANALYST,
        )
        Invitation.objects.filter(pk=row.pk).update(token_hash=hash_of(TOKEN))
    return {"partnership": world.partnership.pk, "invitation": row.pk}


def link(world: World) -> dict[str, object]:
    invitation(world)
    return {"token": TOKEN}


TABLE = [
    Line("web:invitation", ANYBODY, 200, link),
    Line("web:invitation", ANYBODY, 200, link, "post", {"name": ""}),
    Line("web:invitation", ANYBODY, 404, lambda world: {"token": "never-sent"}),
    Line("web:invitation-again", LOGIN, 405, invitation),
    Line("web:invitation-again", ADMIN, 302, invitation, "post"),
    Line("web:invitation-withdraw", LOGIN, 405, invitation),
    Line("web:invitation-withdraw", ADMIN, 302, invitation, "post"),
]
