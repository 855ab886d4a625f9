"""What was shared under an agreement that holds no more, and what that agreement lets survive."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from commonweal.core.models import HeldDataset, SharingDoor, Survives
from commonweal.core.models.sharing import standing_doors
from commonweal.core.purpose import Purpose

Share = tuple[UUID, UUID]  # a data set, and the organisation that used it


@dataclass(frozen=True, slots=True)
class Ended:
    """A data set that is shut to whoever used it: what it was, and whether counts already in a decision stay."""

    title: str
    owner: str
    counts: bool


def ended_shares(shares: Iterable[Share], purpose: Purpose = Purpose.ASSESSMENT) -> dict[Share, Ended]:
    """Those of the shares that are shut today; what survives is what the newest signed version says."""
    asked = set(shares)
    rows = HeldDataset.objects.filter(pk__in={held for held, _ in asked}).select_related("organisation")
    held = {row.pk: row for row in rows}
    kept = {pair for pair in asked if held[pair[0]].placed or held[pair[0]].organisation_id == pair[1]}
    doors = SharingDoor.objects.filter(held__in=held, purpose=purpose)
    kept |= set(standing_doors(doors).values_list("held", "taker"))
    newest = {(one.held_id, one.taker_id): one.version.survives
              for one in doors.select_related("version").order_by("version__number", "created")}
    return {
        pair: Ended(held[pair[0]].title, held[pair[0]].organisation.name, newest.get(pair) == Survives.COUNTS)
        for pair in asked - kept
    }
