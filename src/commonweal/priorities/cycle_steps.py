"""How the priorities stage's step of the cycle stands for a partnership."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from commonweal.core.cycle import Standing, cycle_step
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer
from commonweal.priorities.queries.outcomes import outcomes_for


@cycle_step("outcomes")
def outcomes(viewer: Viewer, partnership: UUID) -> Standing:
    """How many outcomes are written, and how many have a target."""
    if not viewer.may(Permission.VIEW_EVIDENCE, partnership):
        return Standing("For those who see evidence", "waiting")
    href = reverse("priorities:outcomes", args=[partnership])
    cards = outcomes_for(viewer, partnership)
    if not cards:
        return Standing("Not started", "blue", href)
    aimed = sum(bool(card.targets) for card in cards)
    return Standing(f"{aimed} of {len(cards)} with a target", "yellow", href)
