"""What of the options stage waits for somebody in a partnership."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer
from commonweal.core.waiting import Waiting, waits
from commonweal.options.queries.appraisal import undecided_for


@waits("options-appraisals")
def appraisals(viewer: Viewer, partnership: UUID) -> tuple[Waiting, ...]:
    """Questions that wait for weights, with those who may give them, or for a decision, with those who decide."""
    deciding, working = (viewer.may(one, partnership) for one in (Permission.DECIDE, Permission.RECORD_EVIDENCE))
    if not (deciding or working) or not viewer.may(Permission.VIEW_EVIDENCE, partnership):
        return ()
    found = []
    for one in undecided_for(viewer, partnership):
        if one.ends_agreed_at is not None and one.waiting:
            href = reverse("options:groups", args=[partnership, one.id])
            found.append(Waiting(f"Give a group's weights: {one.title}", href, "To weigh", "blue", one.waiting[0]))
        elif deciding and one.result is not None and not one.unmet:
            href = reverse("options:choose", args=[partnership, one.id])
            found.append(Waiting(f"Decide: {one.title}", href, "To decide", "blue", one.result.robust.answer))
    return tuple(found)
