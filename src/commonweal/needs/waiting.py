"""What of the needs stage waits for somebody in a partnership."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer
from commonweal.core.waiting import Waiting, waits
from commonweal.needs.queries.capacity import steps_due
from commonweal.needs.queries.needs import needs_for


@waits("needs-plan-steps")
def plan_steps_due(viewer: Viewer, partnership: UUID) -> tuple[Waiting, ...]:
    """Steps of one's own organisation's plan that are due soon or late."""
    return tuple(
        Waiting(
            one.what.title, reverse("needs:capacity-step", args=[partnership, one.id]),
            "Late" if one.overdue else f"By {one.due:%-d %B}", "red" if one.overdue else "blue",
            f"{one.owner or 'Nobody yet'}: {one.what.smallest}", urgent=one.overdue,
        )
        for one in steps_due(viewer, partnership)
    )


@waits("needs-signatures")
def signatures(viewer: Viewer, partnership: UUID) -> tuple[Waiting, ...]:
    """Needs that wait for the signature of the viewer's organisation."""
    if not viewer.may(Permission.AGREE, partnership):
        return ()
    return tuple(
        Waiting(
            f"Sign: {one.title}", reverse("needs:need-sign", args=[partnership, one.id]),
            f"{one.signed} of {one.to_sign} signed", "blue", one.statement, urgent=True,
        )
        for one in needs_for(viewer, partnership) if one.waits_for_me
    )
