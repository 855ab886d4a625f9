"""The agreement behind what rests on shared data: which one it is, its two parties alone are told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from commonweal.core.models import SharingDoor
from commonweal.core.models.sharing import standing_doors
from commonweal.core.purpose import Purpose
from commonweal.core.queries.sharing import agreements_seen
from commonweal.core.queries.sharing_ends import Share
from commonweal.core.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Behind:
    """Data that stands open to whoever rests on it; `agreement` is None for whoever is no party to it."""

    title: str
    owner: str
    agreement: UUID | None = None
    named: str = ""


def behind(viewer: Viewer, partnership: UUID, shares: Iterable[Share]) -> dict[Share, Behind]:
    """Of shares that stand open today, what opens each; a share that is shut, or one's own, is not there."""
    asked = set(shares)
    if not asked:
        return {}
    doors = standing_doors(SharingDoor.objects.filter(
        partnership=partnership, held__in={held for held, _ in asked}, purpose=Purpose.ASSESSMENT))
    rows = doors.select_related("held__organisation", "version__identity").order_by("created", "id")
    seen = set(agreements_seen(viewer, partnership).values_list("pk", flat=True))
    found = {}
    for door in rows:
        pair = (door.held_id, door.taker_id)
        if pair in asked:
            identity = door.version.identity
            named = (identity.pk, identity.title) if identity.pk in seen else (None, "")
            found[pair] = Behind(door.held.title, door.held.organisation.name, *named)
    return found
