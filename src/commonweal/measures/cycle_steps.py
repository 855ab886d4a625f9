"""How the measures stage's steps of the cycle stand for a partnership."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from commonweal.core.cycle import Standing, cycle_step
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer
from commonweal.measures.queries.review import reviews_for


@cycle_step("review")
def review(viewer: Viewer, partnership: UUID) -> Standing:
    """What was reviewed, and what waits."""
    if not viewer.may(Permission.VIEW_EVIDENCE, partnership):
        return Standing("For those who see evidence", "waiting")
    href = reverse("measures:reviews", args=[partnership])
    found = reviews_for(viewer, partnership)
    if not found:
        return Standing("Not started", "blue", href)
    waiting = sum(one.number == 0 for one in found)
    if waiting:
        return Standing(f"{waiting} to decide", "yellow", href)
    return Standing(f"{len(found)} decided", "green", href)
