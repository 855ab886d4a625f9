"""How the steps stand that the shell itself answers for: places and data."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from commonweal.core.cycle import Standing, cycle_step
from commonweal.core.permissions import Permission
from commonweal.core.queries.datasets import Which, datasets_for
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.queries.sharing import Standing as AgreementStanding
from commonweal.core.queries.sharing import agreements_for
from commonweal.core.viewer import Viewer


@cycle_step("places")
def places(viewer: Viewer, partnership: UUID) -> Standing:
    """How many places there are."""
    found = partnership_for(viewer, partnership).places
    href = reverse("web:places", args=[partnership])
    if not found:
        return Standing("Not started", "blue", href)
    return Standing("1 place" if len(found) == 1 else f"{len(found)} places", "done", href)


@cycle_step("data")
def data(viewer: Viewer, partnership: UUID) -> Standing:
    """How much of what a first assessment needs is loaded."""
    invented = partnership_for(viewer, partnership).invented
    which = Which.EXAMPLE if invented else Which.PUBLISHED
    listed = datasets_for(viewer, which)
    href = reverse("web:datasets", args=[which])
    if not listed.held:
        return Standing("No data yet", "blue", href)
    missing = len(listed.needed_absent)
    if missing:
        hint = f"A first needs assessment says where it goes without the {missing} that are not here yet."
        return Standing(f"{len(listed.held)} loaded", "yellow", href, hint)
    return Standing(f"{len(listed.held)} loaded", "done", href)


@cycle_step("sharing")
def sharing(viewer: Viewer, partnership: UUID) -> Standing:
    """How many agreements of the viewer's organisations are in force, and whether one waits."""
    if not viewer.may(Permission.VIEW_EVIDENCE, partnership):
        return Standing("For those who see evidence", "waiting")
    found = agreements_for(viewer, partnership)
    href = reverse("web:sharing", args=[partnership])
    if not found:
        return Standing("Not started", "blue", href)
    running = sum(one.standing is AgreementStanding.IN_FORCE for one in found)
    waiting = sum(one.standing is AgreementStanding.WAITING for one in found)
    return Standing(f"{running} in force" + (f", {waiting} to sign" if waiting else ""),
                    "yellow" if waiting else "done", href)
