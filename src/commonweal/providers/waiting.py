"""What of the directory waits for somebody: pairs to decide, and a profile to confirm."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer
from commonweal.core.waiting import Waiting, waits
from commonweal.providers.queries.pairs import waiting_pairs
from commonweal.providers.queries.profiles import own_profile


@waits("providers")
def directory(viewer: Viewer, partnership: UUID) -> tuple[Waiting, ...]:
    """One line for the pairs, one for an old profile."""
    found = []
    count = waiting_pairs(viewer, partnership) if viewer.may(Permission.UPLOAD, partnership) else 0
    if count:
        text = f"Say of {count} pair{'s' if count > 1 else ''} whether they are one organisation"
        found.append(Waiting(text, reverse("providers:pairs", args=[partnership]), "To decide", "blue"))
    profile = own_profile(viewer, partnership)[1]
    if profile is not None and profile.old:
        found.append(Waiting("Confirm what your organisation says it can do",
                             reverse("providers:profile", args=[partnership]), "A year old", "blue"))
    return tuple(found)
