"""The evidence that needs stand on: as it is now, to be frozen with a decision, and as a frozen copy is read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse

from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer
from commonweal.needs.models import EvidenceItem, NeedEvidence, Verdict

MOST = 60
CLOSED = "Closed since, or not for you to see"


@dataclass(frozen=True, slots=True)
class StoodPiece:
    """A piece of evidence as it was held when a decision was taken; `anew` where it was written anew since."""

    need: str
    title: str
    verdict: str
    href: str
    anew: bool


def held_evidence(viewer: Viewer, partnership: UUID, needs: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    """Of each need: how many pieces are held, a mark of all of them, and the newest by name, as plain data."""
    return {need: _held(viewer, partnership, need) for need in dict.fromkeys(needs)}


def _held(viewer: Viewer, partnership: UUID, need: UUID) -> dict[str, Any]:
    items = EvidenceItem.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(
        partnership=partnership, placed__isnull=False, withdrawn=None)
    rows = NeedEvidence.objects.filter(need=need, item__in=items.order_by().values("pk")).order_by("-id")
    marks = hashlib.sha256()
    for key, verdict in rows.values_list("item_id", "verdict").iterator():
        marks.update(f"{key}:{verdict}\n".encode())
    return {
        "held": rows.count(), "mark": marks.hexdigest(),
        "pieces": [
            {"item": str(row.item_id), "title": row.item.title, "verdict": row.verdict, "note": row.note,
             "mark": mark_of(row.item)} for row in rows.select_related("item")[:MOST]
        ],
    }


def mark_of(item: EvidenceItem) -> str:
    """The fingerprint of what a piece says."""
    said = "\x1f".join((item.title, item.summary, item.limits, item.citation))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def stood_pieces(viewer: Viewer, partnership: UUID, stood: dict[str, Any]) -> tuple[StoodPiece, ...]:
    """The pieces of a frozen decision, named as they then were where the viewer may still see them."""
    needs = [need for one in stood["candidates"] for need in one.get("needs", ())]
    keys = {piece["item"] for need in needs for piece in need.get("evidence", {}).get("pieces", ())}
    if not keys:
        return ()
    rows = EvidenceItem.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership, pk__in=keys)
    seen = {str(row.pk): mark_of(row) for row in rows}
    return tuple(dict.fromkeys(_pieces(partnership, needs, seen)))


def _pieces(partnership: UUID, needs: list[dict[str, Any]], seen: dict[str, str]) -> Iterator[StoodPiece]:
    for need in needs:
        for piece in need.get("evidence", {}).get("pieces", ()):
            verdict = str(Verdict(piece["verdict"]).label)
            if piece["item"] not in seen:
                yield StoodPiece(need["title"], CLOSED, verdict, "", False)
                continue
            yield StoodPiece(
                need["title"], piece["title"], verdict,
                reverse("needs:evidence-item", args=[partnership, piece["item"]]),
                seen[piece["item"]] != piece["mark"])
