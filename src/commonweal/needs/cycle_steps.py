"""How the needs stage's step of the cycle stands for a partnership."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from commonweal.core.cycle import Standing, cycle_step
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.stores import stores
from commonweal.core.viewer import Viewer
from commonweal.needs.queries.evidence_items import heard_from
from commonweal.needs.queries.keeping import kept_for
from commonweal.needs.queries.needs import agreed_count


@cycle_step("assessment")
def assessment(viewer: Viewer, partnership: UUID) -> Standing:
    """Whether there is one to read, and how many versions are kept."""
    view = partnership_for(viewer, partnership)
    coded = [place for place in view.places if place.code]
    if not coded or not stores().for_code(coded[0].code).exists:
        return Standing("Cannot start yet", "waiting")
    if not viewer.may(Permission.VIEW_EVIDENCE, partnership):
        return Standing("Ready to read", "blue", reverse("needs:place", kwargs={"code": coded[0].code}))
    kept = len(kept_for(viewer, partnership))
    if kept:
        words = "1 version kept" if kept == 1 else f"{kept} versions kept"
        return Standing(words, "done", reverse("needs:kept", args=[partnership]))
    hint = "Read it, then keep it as it stands before a meeting relies on it."
    inside = {"code": coded[0].code, "partnership": partnership}
    return Standing("Ready to read", "blue", reverse("needs:inside-place", kwargs=inside), hint)


@cycle_step("evidence")
def evidence(viewer: Viewer, partnership: UUID) -> Standing:
    """How many of the four perspectives have been heard."""
    may = [viewer.may(one, partnership) for one in (Permission.VIEW_EVIDENCE, Permission.BRING_EVIDENCE)]
    if not any(may):
        return Standing("For those who see evidence", "waiting")
    href = reverse("needs:evidence-list", args=[partnership])
    if not may[0]:
        return Standing("Bring what you know", "blue", href)
    heard = heard_from(viewer, partnership)
    if not heard:
        return Standing("Not started", "blue", href)
    return Standing(f"{len(heard)} of 4 heard", "done" if len(heard) == 4 else "yellow", href)


@cycle_step("needs")
def needs(viewer: Viewer, partnership: UUID) -> Standing:
    """How many needs are written, and how many are agreed."""
    if not viewer.may(Permission.VIEW_EVIDENCE, partnership):
        return Standing("For those who see evidence", "waiting")
    agreed, written = agreed_count(viewer, partnership)
    href = reverse("needs:needs", args=[partnership])
    if not written:
        return Standing("Not started", "blue", href)
    return Standing(f"{agreed} of {written} agreed", "done" if agreed == written else "yellow", href)
