"""What of performance waits for somebody: a provider's own line to read first."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from commonweal.core import clock
from commonweal.core.viewer import Viewer
from commonweal.core.waiting import Waiting, waits
from commonweal.measures.queries.comparing import comparisons_for


@waits("measures-own-line")
def own_line(viewer: Viewer, partnership: UUID) -> tuple[Waiting, ...]:
    """Comparisons in which the viewer's organisation has a line, no reply yet, and days left to give one first."""
    return tuple(
        Waiting(f"Read your own line: {one.title.lower()}, {one.period}",
                reverse("measures:comparison", args=[partnership, one.id]), "Yours first", "blue",
                f"Those who asked see it on {one.opens:%-d %B %Y}, or once you reply.")
        for one in comparisons_for(viewer, partnership)
        if one.mine is not None and not one.mine.reply and clock.today() < one.opens
    )
