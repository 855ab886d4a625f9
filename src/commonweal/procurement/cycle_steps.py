"""How the procurement stage's step of the cycle stands for a partnership."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from commonweal.core.cycle import Standing, cycle_step
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer
from commonweal.procurement.queries.commissions import sized_of


@cycle_step("procurement")
def procurement(viewer: Viewer, partnership: UUID) -> Standing:
    """How many commissions there are, and of how many the tier is chosen."""
    if not viewer.may(Permission.VIEW_EVIDENCE, partnership):
        return Standing("For those who see evidence", "waiting")
    href = reverse("procurement:commissions", args=[partnership])
    standing, sized = sized_of(viewer, partnership)
    if not standing:
        return Standing("Not started", "blue", href)
    return Standing(f"{sized} of {standing} with a tier", "yellow", href)
