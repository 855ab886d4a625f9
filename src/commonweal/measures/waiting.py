"""What of the measures stage waits for somebody: returns to ring about, a provider's own line to read first."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from commonweal.core import clock
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer
from commonweal.core.waiting import Waiting, waits
from commonweal.measures.actions.comparing import provides_in
from commonweal.measures.queries.comparing import comparisons_for
from commonweal.measures.queries.returns import return_counts


@waits("measures-own-line")
def own_line(viewer: Viewer, partnership: UUID) -> tuple[Waiting, ...]:
    """Comparisons in which the viewer's organisation has a line, no reply yet, and days left to give one first."""
    if not provides_in(viewer, partnership):
        return ()
    return tuple(
        Waiting(f"Read your own line: {one.title.lower()}, {one.period}",
                reverse("measures:comparison", args=[partnership, one.id]), "Yours first", "blue",
                f"Those who asked see it on {one.opens:%-d %B %Y}, or once you reply.")
        for one in comparisons_for(viewer, partnership)
        if one.mine is not None and not one.mine.reply and clock.today() < one.opens
    )


@waits("measures-late")
def late(viewer: Viewer, partnership: UUID) -> tuple[Waiting, ...]:
    """One line, however many are late."""
    if not viewer.may(Permission.RECORD_EVIDENCE, partnership):
        return ()
    count = return_counts(viewer, partnership).late
    if not count:
        return ()
    words = "Ring about a return that is late" if count == 1 else f"Ring about {count} returns that are late"
    href = reverse("measures:returns", args=[partnership])
    return (Waiting(words, href, "Late", "yellow", "Whom to ring stands beside each.", urgent=True),)
