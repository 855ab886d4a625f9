"""What of the priorities stage waits for somebody in a partnership."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer
from commonweal.core.waiting import Waiting, waits
from commonweal.priorities.queries.decisions import decisions_for
from commonweal.priorities.queries.theory import reviews_waiting
from commonweal.priorities.queries.weighings import weighings_for


@waits("priorities-weighings")
def weighings(viewer: Viewer, partnership: UUID) -> tuple[Waiting, ...]:
    """Weighings that wait for members' weights, or for a decision, with those who decide."""
    if not viewer.may(Permission.DECIDE, partnership):
        return ()
    decided = {one.weighing for one in decisions_for(viewer, partnership)}
    found = []
    for one in weighings_for(viewer, partnership):
        if one.whole and one.want is None:
            href = reverse("priorities:weighing-weights", args=[partnership, one.id, "want"])
            found.append(Waiting(f"Give members' weights: {one.title}", href, "To weigh", "blue",
                                 "How much should each criterion count?"))
        elif one.told and one.id not in decided:
            href = reverse("priorities:weighing", args=[partnership, one.id])
            found.append(Waiting(f"Decide: {one.title}", href, "To decide", "blue", one.told.answer))
    return tuple(found)


@waits("priorities-reviews")
def reviews(viewer: Viewer, partnership: UUID) -> tuple[Waiting, ...]:
    """Links that the viewer's university was asked to review."""
    if not viewer.may(Permission.DISCUSS, partnership) or viewer.organisation_in(partnership) is None:
        return ()
    return tuple(
        Waiting("Review a link", reverse("priorities:theory-link-page", args=[partnership, link]), "Asked", "blue",
                question)
        for link, question in reviews_waiting(viewer, partnership)
    )
