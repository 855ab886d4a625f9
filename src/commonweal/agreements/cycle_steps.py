"""How the agreements stage's step of the cycle stands for a partnership."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from commonweal.agreements.queries.register import register_for
from commonweal.core.cycle import Standing, cycle_step
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer


@cycle_step("agreements")
def agreements(viewer: Viewer, partnership: UUID) -> Standing:
    """How many run, and how many of them answer a need or an outcome."""
    if not viewer.may(Permission.VIEW_EVIDENCE, partnership):
        return Standing("For those who see evidence", "waiting")
    href = reverse("agreements:register", args=[partnership])
    running = [one for one in register_for(viewer, partnership) if not one.over]
    if not running:
        return Standing("Not started", "blue", href)
    return Standing(f"{sum(not one.orphan for one in running)} of {len(running)} answer a need", "yellow", href)
