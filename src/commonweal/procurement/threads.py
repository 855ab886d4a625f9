"""The procurement stage's strand of the thread: commissions, what they require, and whom they went to."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid5

from django.urls import reverse

from commonweal.core import clock
from commonweal.core.purpose import Purpose
from commonweal.core.thread import Edge, Key, Node, Strand, strand_of
from commonweal.core.viewer import Viewer
from commonweal.policy.papers import guided
from commonweal.present.status import long_date
from commonweal.priorities.threads import tied
from commonweal.procurement.models import (
    Award,
    Commission,
    CommissionAnswers,
    CommissionOrigin,
    CommissionState,
    Competition,
    Decision,
    Requirement,
    SpecificationVersion,
)


@strand_of("procurement")
def commissions(viewer: Viewer, partnership: UUID) -> Strand:
    """Commissions with their parts."""
    rows = Commission.objects.visible_to(viewer, Purpose.PROCUREMENT).filter(partnership=partnership)
    nodes = tuple(
        Node("commission", row.pk, row.title, reverse("procurement:commission", args=[partnership, row.pk]),
             row.get_state_display(), stands=row.state != CommissionState.WITHDRAWN)
        for row in rows.order_by("created", "id"))
    parts = (_requirements(viewer, partnership), _competitions(viewer, partnership),
             _decisions(viewer, partnership), _awards(viewer, partnership))
    return Strand(
        (*nodes, *(node for part in parts for node in part.nodes)),
        (*_answers(viewer, partnership), *_origins(viewer, partnership),
         *(edge for part in parts for edge in part.edges)))


def _answers(viewer: Viewer, partnership: UUID) -> Iterator[Edge]:
    rows = CommissionAnswers.objects.visible_to(viewer, Purpose.PROCUREMENT).filter(
        partnership=partnership, removed=False)
    yield from tied("commission", "commission_id", rows)


def _origins(viewer: Viewer, partnership: UUID) -> Iterator[Edge]:
    """What was chosen and decided before: the newest version is linked, the one that was read is named."""
    rows = CommissionOrigin.objects.visible_to(viewer, Purpose.PROCUREMENT).filter(partnership=partnership)
    for earlier, why in (("choice", "carries it out"), ("decision", "follows it")):
        for commission, identity, number in rows.exclude(**{earlier: None}).order_by("id").values_list(
                "commission_id", f"{earlier}__identity_id", f"{earlier}__number"):
            yield Edge(("commission", str(commission)), (earlier, str(identity)), why, number)


def _requirements(viewer: Viewer, partnership: UUID) -> Strand:
    """Of the specifications that stand."""
    newest = {identity: (pk, commission) for identity, pk, commission in SpecificationVersion.objects.visible_to(
        viewer, Purpose.PROCUREMENT).filter(partnership=partnership).order_by("number").values_list(
            "identity_id", "pk", "identity__commission_id")}
    commission_of = dict(newest.values())
    rows = Requirement.objects.visible_to(viewer, Purpose.PROCUREMENT).filter(
        partnership=partnership, version__in=list(commission_of))
    found = list(rows.order_by("version", "position"))
    nodes = tuple(
        Node("requirement", row.pk, row.words,
             reverse("procurement:specification", args=[partnership, commission_of[row.version_id]]))
        for row in found)
    parts = tuple(
        _part("requirement", row.pk, commission_of[row.version_id], "is required by it") for row in found)
    return Strand(nodes, (*parts, *tied("requirement", "pk", rows)))


def _competitions(viewer: Viewer, partnership: UUID) -> Strand:
    rows = list(Competition.objects.visible_to(viewer, Purpose.PROCUREMENT).filter(
        partnership=partnership).select_related("commission").order_by("opens", "id"))
    now = clock.now()
    judged = [_criterion(row, key, weight) for row in rows for key, weight in row.criteria if weight]
    nodes = tuple(
        Node("competition", row.pk, f"Competition: {row.commission.title}",
             reverse("procurement:competing", args=[partnership, row.commission_id]),
             f"{'Closed' if row.closes < now else 'Closes'} {long_date(clock.local_day(row.closes))}",
             clock.local_day(row.opens)) for row in rows)
    parts = (_part("competition", row.pk, row.commission_id, "competes it") for row in rows)
    return Strand((*nodes, *(node for node, _ in judged)), (*parts, *(edge for _, edge in judged)))


def _criterion(row: Competition, key: str, weight: int) -> tuple[Node, Edge]:
    """A question that bids answer and are scored on: it has no row of its own, so its id follows from both."""
    own = uuid5(row.pk, key)
    href = reverse("procurement:competing", args=[row.partnership_id, row.commission_id])
    share = 100 * weight / (sum(each for _, each in row.criteria) or 1)
    return (Node("criterion", own, guided(key).words, href, f"{share:.0f} % of quality"),
            _part("criterion", own, row.commission_id, "judges bids for it"))


def _decisions(viewer: Viewer, partnership: UUID) -> Strand:
    """Without the scores and prices it stood on."""
    rows = list(Decision.objects.visible_to(viewer, Purpose.PROCUREMENT).filter(
        partnership=partnership).select_related("commission").defer("order", "rules").order_by("decided_on", "id"))
    return Strand(tuple(
        Node("recommendation", row.pk, f"Recommended for {row.commission.title}",
             reverse("procurement:awards", args=[partnership, row.commission_id]), row.authority, row.decided_on)
        for row in rows),
        tuple(_part("recommendation", row.pk, row.commission_id, "decides it") for row in rows))


def _awards(viewer: Viewer, partnership: UUID) -> Strand:
    rows = list(Award.objects.visible_to(viewer, Purpose.PROCUREMENT).filter(
        partnership=partnership).order_by("decided_on", "id"))
    return Strand(tuple(
        Node("award", row.pk, row.title, reverse("procurement:awards", args=[partnership, row.commission_id]),
             row.reference, row.decided_on) for row in rows),
        tuple(_part("award", row.pk, row.commission_id, "awards it") for row in rows))


def _part(kind: str, pk: UUID, commission: UUID, why: str) -> Edge:
    whole: Key = ("commission", str(commission))
    return Edge((kind, str(pk)), whole, why, part=True)
