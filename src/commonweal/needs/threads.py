"""The needs stage's strand of the thread: needs, in the versions that stand, and the evidence under them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef
from django.urls import reverse

from commonweal.core.clock import local_day
from commonweal.core.purpose import Purpose
from commonweal.core.thread import Edge, Node, Strand, strand_of
from commonweal.core.viewer import Viewer
from commonweal.needs.models import EvidenceItem, Need, NeedEvidence, NeedState, NeedVersion, Perspective, Verdict

MOST_PIECES = 60   # a need with more is told with one node for them all
HOLDING = {Verdict.SUPPORTS: "is supported by it", Verdict.MIXED: "is partly supported by it"}
OTHER = {Verdict.AGAINST: "is spoken against by it", Verdict.SILENT: "was asked about in it"}


@strand_of("needs")
def needs(viewer: Viewer, partnership: UUID) -> Strand:
    """Every need in its newest version."""
    said = NeedVersion.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership)
    newest = {key: (number, at) for key, number, at in said.order_by("number").values_list(
        "identity_id", "number", "written_at")}
    rows = Need.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership)
    return Strand(tuple(
        Node("need", row.pk, row.title, reverse("needs:need", args=[partnership, row.pk]), row.get_state_display(),
             local_day(newest[row.pk][1]), newest[row.pk][0], row.state != NeedState.WITHDRAWN)
        for row in rows.order_by("created", "id") if row.pk in newest))


@strand_of("evidence")
def evidence(viewer: Viewer, partnership: UUID) -> Strand:
    """Piece by piece what each need stands on; in one where there is much. What no need holds too."""
    held = NeedEvidence.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership)
    counts = dict(held.order_by("need").values("need").annotate(count=Count("id")).values_list("need", "count"))
    few = [need for need, count in counts.items() if count <= MOST_PIECES]
    links = list(held.filter(need__in=few).order_by("created", "id").values_list(
        "need_id", "item_id", "verdict", "item__withdrawn"))
    pieces = EvidenceItem.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership)
    nodes, edges = _in_one(partnership, {need: count for need, count in counts.items() if need not in few})
    told = pieces.filter(pk__in={item for _, item, *_ in links})
    held_anywhere = NeedEvidence.objects.filter(item=OuterRef("pk"))
    unused = pieces.filter(~Exists(held_anywhere), withdrawn=None).order_by("-created", "id")[:MOST_PIECES]
    return Strand(
        (*nodes, *_pieces(partnership, told.order_by("created", "id")), *_pieces(partnership, unused)),
        (*edges, *_holding(links)))


def _pieces(partnership: UUID, rows: Any) -> Iterator[Node]:
    for pk, title, perspective, created, withdrawn in rows.values_list(
            "pk", "title", "perspective", "created", "withdrawn"):
        state = Perspective(perspective).label + (", withdrawn" if withdrawn else "")
        yield Node("evidence", pk, title, reverse("needs:evidence-item", args=[partnership, pk]), state,
                   local_day(created), stands=withdrawn is None)


def _holding(links: list[tuple[UUID, UUID, str, date | None]]) -> Iterator[Edge]:
    """What supports a need holds it up, until it is withdrawn."""
    for need, item, said, withdrawn in links:
        verdict = Verdict(said)
        yield Edge(("need", str(need)), ("evidence", str(item)), HOLDING.get(verdict) or OTHER[verdict],
                   holds=verdict in HOLDING and withdrawn is None)


def _in_one(partnership: UUID, counts: dict[UUID, int]) -> tuple[list[Node], list[Edge]]:
    """One node for all the evidence of a need that has much of it, under the need's own id."""
    nodes = [Node("evidence", need, f"{count:,} pieces of evidence",
                  reverse("needs:need", args=[partnership, need])) for need, count in counts.items()]
    edges = [Edge(("need", str(need)), ("evidence", str(need)), "stands on them") for need in counts]
    return nodes, edges
