"""How the measures stage's steps of the cycle stand for a partnership."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from commonweal.core.cycle import Standing, cycle_step
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer
from commonweal.measures.queries.returns import return_counts
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


@cycle_step("measures")
def measures(viewer: Viewer, partnership: UUID) -> Standing:
    """How many returns came of those asked for, and how many are late."""
    if not viewer.may(Permission.VIEW_EVIDENCE, partnership):
        return Standing("For those who see evidence", "waiting")
    href = reverse("measures:returns", args=[partnership])
    found = return_counts(viewer, partnership)
    if not found.asked:
        return Standing("Not started", "blue", href)
    late = f", {found.late} late" if found.late else ""
    return Standing(f"{found.sent} of {found.asked} returns came{late}", "yellow" if found.late else "blue", href)
