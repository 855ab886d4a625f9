"""What the procurement stage puts on an organisation's own pages: coming commissions that fit it."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer
from commonweal.procurement.queries.chances import chances_for
from commonweal.providers.own_lines import OwnLine, own_lines


@own_lines("procurement-chances")
def chances(viewer: Viewer, partnership: UUID) -> tuple[OwnLine, ...]:
    """Each that it has not answered yet, with the first reason."""
    if not viewer.may(Permission.BRING_EVIDENCE, partnership):
        return ()
    href = reverse("procurement:chances", args=[partnership])
    return tuple(OwnLine(one.line.title, href, one.reasons[0]) for one in chances_for(viewer, partnership)
                 if not one.answer)
