"""What of the agreements stage waits for somebody in a partnership."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.urls import reverse

from commonweal.agreements.queries.register import register_for
from commonweal.agreements.queries.terms import days_near
from commonweal.core import clock
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer
from commonweal.core.waiting import Waiting, waits
from commonweal.present.status import long_date

URGENT = timedelta(days=91)


@waits("agreements-ending")
def ending(viewer: Viewer, partnership: UUID) -> tuple[Waiting, ...]:
    """Agreements that end within a year; urgent once the three months of notice are near."""
    if not viewer.may(Permission.RECORD_EVIDENCE, partnership):
        return ()
    near = clock.today() + URGENT
    return tuple(
        Waiting(f"Say what comes after: {one.card.title}",
                reverse("agreements:agreement", args=[partnership, one.card.id]), "Ends soon", "yellow",
                f"It ends on {long_date(one.card.ends)}.", urgent=one.card.ends <= near)
        for one in register_for(viewer, partnership) if one.ends_soon and one.card.ends is not None
    )


@waits("agreements-days")
def days(viewer: Viewer, partnership: UUID) -> tuple[Waiting, ...]:
    """Days to watch that have come near; urgent in their last month, and once they are past."""
    if not viewer.may(Permission.RECORD_EVIDENCE, partnership):
        return ()
    near = clock.today() + timedelta(days=31)
    return tuple(
        Waiting(f"{one.what}: {one.title}", reverse("agreements:terms", args=[partnership, one.agreement]),
                "A day to watch", "yellow", f"{long_date(one.day)}.", urgent=one.day <= near)
        for one in days_near(viewer, partnership))
