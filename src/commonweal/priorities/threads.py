"""The priorities stage's strand of the thread: outcomes, the needs they answer, and what was put first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.urls import reverse

from commonweal.core.clock import local_day
from commonweal.core.purpose import Purpose
from commonweal.core.thread import Edge, Node, Strand, strand_of
from commonweal.core.viewer import Viewer
from commonweal.priorities.models import (
    DecidedOutcome,
    DecisionVersion,
    Outcome,
    OutcomeAnswers,
    OutcomeServes,
    OutcomeState,
    OutcomeVersion,
)


@strand_of("priorities")
def priorities(viewer: Viewer, partnership: UUID) -> Strand:
    """Outcomes and decisions in their newest versions."""
    newest = {row.identity_id: row for row in OutcomeVersion.objects.visible_to(
        viewer, Purpose.PLANNING).filter(partnership=partnership).order_by("number")}
    taken = {row.identity_id: row for row in DecisionVersion.objects.visible_to(
        viewer, Purpose.PLANNING).filter(partnership=partnership).select_related("identity").defer(
            "frozen").order_by("number")}
    rows = Outcome.objects.visible_to(viewer, Purpose.PLANNING).filter(partnership=partnership)
    outcomes = tuple(
        Node("outcome", row.pk, row.title, reverse("priorities:outcome", args=[partnership, row.pk]),
             row.get_level_display(), local_day(newest[row.pk].written_at), newest[row.pk].number,
             row.state == OutcomeState.STANDS)
        for row in rows.order_by("created", "id") if row.pk in newest)
    decisions = tuple(
        Node("decision", key, row.identity.title,
             reverse("priorities:decision", args=[partnership, key, row.number]), row.body, row.decided_on,
             row.number)
        for key, row in taken.items())
    edges = _of_outcomes({row.pk for row in newest.values()}, viewer, partnership)
    decided = _of_decisions({row.pk for row in taken.values()}, viewer, partnership)
    return Strand((*outcomes, *decisions), (*edges, *decided))


def _of_outcomes(standing: set[UUID], viewer: Viewer, partnership: UUID) -> Iterator[Edge]:
    """What the versions that stand answer, and to which outcomes above they lead."""
    answers = OutcomeAnswers.objects.visible_to(viewer, Purpose.PLANNING).filter(partnership=partnership)
    for version, outcome, need, number in answers.order_by("created", "id").values_list(
            "version_id", "version__identity_id", "need__identity_id", "need__number"):
        if version in standing:
            yield Edge(("outcome", str(outcome)), ("need", str(need)), "answers it", number)
    serves = OutcomeServes.objects.visible_to(viewer, Purpose.PLANNING).filter(partnership=partnership)
    for version, outcome, above in serves.order_by("created", "id").values_list(
            "version_id", "version__identity_id", "above_id"):
        if version in standing:
            yield Edge(("outcome", str(outcome)), ("outcome", str(above)), "leads to it", holds=False)


def _of_decisions(standing: set[UUID], viewer: Viewer, partnership: UUID) -> Iterator[Edge]:
    """The outcomes that were put in order, in the versions that were read."""
    rows = DecidedOutcome.objects.visible_to(viewer, Purpose.PLANNING).filter(partnership=partnership)
    for version, decision, outcome, number, place in rows.order_by("place", "id").values_list(
            "version_id", "version__identity_id", "outcome__identity_id", "outcome__number", "place"):
        if version in standing:
            why = f"puts it in place {place}" if place else "says it must be done whatever the order"
            yield Edge(("decision", str(decision)), ("outcome", str(outcome)), why, number)


def tied(kind: str, column: str, rows: Any) -> Iterator[Edge]:
    """For the stages above: rows with a `need` and an `outcome`, either or both, in the version that was read."""
    for later, need, need_number, outcome, outcome_number in rows.order_by("created", "id").values_list(
            column, "need__identity_id", "need__number", "outcome__identity_id", "outcome__number"):
        if need:
            yield Edge((kind, str(later)), ("need", str(need)), "answers it", need_number)
        if outcome:
            yield Edge((kind, str(later)), ("outcome", str(outcome)), "answers it", outcome_number)
