"""What of the needs stage keeps a step from being closed without a word: those who may be missed."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from commonweal.core.closing import StillOpen, holds_open
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer
from commonweal.needs.queries.carried import carried_for, carried_steps


@holds_open("needs-missed")
def missed(viewer: Viewer, partnership: UUID, step: str) -> tuple[StillOpen, ...]:
    """Groups that this step has not answered for."""
    if step not in carried_steps() or not viewer.may(Permission.VIEW_EVIDENCE, partnership):
        return ()
    return tuple(
        StillOpen(one.group.title, reverse("needs:carried-answer", args=[partnership, step, one.group.key]))
        for one in carried_for(viewer, partnership, step) if one.unanswered
    )
