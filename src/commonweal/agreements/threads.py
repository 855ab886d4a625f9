"""The agreements stage's strand of the thread: what agreements answer and require, and how they are measured."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import Sum
from django.urls import reverse

from commonweal.agreements.models import (
    AgreementAnswers,
    AgreementOrigin,
    Clause,
    FundingLine,
    Measure,
    MeasureState,
)
from commonweal.core.purpose import Purpose
from commonweal.core.thread import Edge, Node, Paid, Strand, strand_of
from commonweal.core.viewer import Viewer
from commonweal.priorities.threads import tied


@strand_of("agreements")
def agreements(viewer: Viewer, partnership: UUID) -> Strand:
    """Clauses and measures, and every tie to a need or an outcome."""
    clauses = _rows(Clause, viewer, partnership).filter(removed=False)
    measures = _rows(Measure, viewer, partnership)
    answers = _rows(AgreementAnswers, viewer, partnership).filter(removed=False)
    nodes = (
        *(Node("clause", row.pk, str(row), reverse("agreements:examination", args=[partnership, row.agreement_id]))
          for row in clauses.order_by("agreement", "position", "id")),
        *(Node("measure", row.pk, row.title, reverse("agreements:agreement", args=[partnership, row.agreement_id]),
               f"{row.get_kind_display()}, {row.get_state_display().lower()}",
               stands=row.state == MeasureState.STANDS)
          for row in measures.order_by("agreement", "position", "created", "id")),
    )
    edges = (
        *_origins(viewer, partnership),
        *tied("agreement", "agreement_id", answers), *tied("clause", "pk", clauses),
        *tied("measure", "pk", measures), *_within("clause", clauses), *_within("measure", measures),
        *_from("clause", clauses, "requirement", "carries it over"),
        *_from("measure", measures, "clause", "shows it"),
    )
    return Strand(nodes, edges, tuple(_other_money(viewer, partnership)))


def _origins(viewer: Viewer, partnership: UUID) -> Iterator[Edge]:
    """The award each was made by, and the choice it carries out in the version that was read."""
    rows = _rows(AgreementOrigin, viewer, partnership).order_by("id")
    for agreement, award in rows.exclude(award=None).values_list("agreement_id", "award_id"):
        yield Edge(("agreement", str(agreement)), ("award", str(award)), "was made by it")
    for agreement, choice, number in rows.exclude(choice=None).values_list(
            "agreement_id", "choice__identity_id", "choice__number"):
        yield Edge(("agreement", str(agreement)), ("choice", str(choice)), "carries it out", number)


def _rows(model: Any, viewer: Viewer, partnership: UUID) -> Any:
    return model.objects.visible_to(viewer, Purpose.PLANNING).filter(partnership=partnership)


def _within(kind: str, rows: Any) -> Iterator[Edge]:
    for pk, agreement in rows.order_by("id").values_list("pk", "agreement_id"):
        yield Edge((kind, str(pk)), ("agreement", str(agreement)), "is part of it", part=True)


def _from(kind: str, rows: Any, earlier: str, why: str) -> Iterator[Edge]:
    for pk, found in rows.exclude(**{earlier: None}).order_by("id").values_list("pk", f"{earlier}_id"):
        yield Edge((kind, str(pk)), (earlier, str(found)), why)


def _other_money(viewer: Viewer, partnership: UUID) -> Iterator[Paid]:
    """What is known to be given for a need outside the register."""
    rows = _rows(FundingLine, viewer, partnership).exclude(need=None)
    for need, year, pounds in rows.order_by("need", "year").values("need", "year").annotate(
            pounds=Sum("pounds")).values_list("need", "year", "pounds"):
        yield Paid(("need", str(need)), year, pounds, "", "Given outside the register")
