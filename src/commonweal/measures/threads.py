"""The measures stage's strand of the thread: returns and the measures they tell, reviews, cases, and people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.urls import reverse

from commonweal.core import clock
from commonweal.core.purpose import Purpose
from commonweal.core.thread import Came, Edge, Node, Strand, strand_of
from commonweal.core.viewer import Viewer
from commonweal.measures.models import (
    CarriedOver,
    MeasureReading,
    ReleasedTable,
    Return,
    ReturnState,
    Review,
    ReviewDecision,
    ReviewLine,
    ReviewVersion,
)
from commonweal.measures.performance_content import reading_of
from commonweal.measures.queries.use import use_for
from commonweal.present.status import long_date


@strand_of("measures-returns")
def returns(viewer: Viewer, partnership: UUID) -> Strand:
    """Returns, sent and due, with the measures that each tells; and the people of the last year that is over."""
    rows = list(_rows(Return, viewer, partnership).select_related("plan__agreement").only(
        "first", "last", "due", "state", "asked", "plan__agreement__title").order_by(
        "plan__agreement__title", "first", "id"))
    tellers = defaultdict(list)
    for agreement, measure, tells in _rows(MeasureReading, viewer, partnership).order_by("id").values_list(
            "measure__agreement_id", "measure_id", "tells"):
        reading = reading_of(tells)
        if reading is not None:
            tellers[agreement].append((measure, reading.top))
    nodes = tuple(
        Node("return", row.pk, f"{row.plan.agreement.title}, {long_date(row.first)} to {long_date(row.last)}",
             reverse("measures:return-one", args=[partnership, row.pk]), _state(row), row.last)
        for row in rows)
    return Strand(nodes, tuple(_told(rows, tellers)), came=tuple(_came(viewer, partnership)))


def _told(rows: list[Return], tellers: dict[UUID, list[tuple[UUID, str]]]) -> Iterator[Edge]:
    for row in rows:
        key = ("return", str(row.pk))
        yield Edge(key, ("agreement", str(row.plan.agreement_id)), "is returned for it", part=True)
        for measure, question in tellers.get(row.plan.agreement_id, ()):
            if row.state == ReturnState.SENT and question in row.asked:
                yield Edge(key, ("measure", str(measure)), "tells it")


def _state(row: Return) -> str:
    if row.state == ReturnState.SENT:
        return "Sent"
    return f"{'Late: was due' if row.due < clock.today() else 'Due'} {long_date(row.due)}"


def _came(viewer: Viewer, partnership: UUID) -> Iterator[Came]:
    use = use_for(viewer, partnership)
    for line in use.lines:
        if line.people is not None:
            yield Came(("agreement", str(line.agreement)), use.year, *line.people,
                       f"{line.returns} return{'s' if line.returns != 1 else ''} of {line.provider}")


@strand_of("measures-reviews")
def reviews(viewer: Viewer, partnership: UUID) -> Strand:
    """Reviews, what they looked at, what they decided, and what went back to needs as evidence."""
    newest: dict[UUID, tuple[UUID, Any, int]] = {}
    versions = _rows(ReviewVersion, viewer, partnership).order_by("number")
    for identity, pk, on, number in versions.values_list("identity_id", "pk", "decided_on", "number"):
        newest[identity] = (pk, on, number)
    nodes = []
    for row in _rows(Review, viewer, partnership).order_by("last", "id"):
        _, on, number = newest.get(row.pk, (None, None, 0))
        nodes.append(Node("review", row.pk, row.title, reverse("measures:review", args=[partnership, row.pk]),
                          "Decided" if number else "Open", on, number))
    return Strand(tuple(nodes), tuple(_reviewed(viewer, partnership, {one[0] for one in newest.values()})))


def _reviewed(viewer: Viewer, partnership: UUID, standing: set[UUID]) -> Iterator[Edge]:
    for review, agreement in _rows(ReviewLine, viewer, partnership).order_by("created", "id").values_list(
            "review_id", "agreement_id"):
        yield Edge(("review", str(review)), ("agreement", str(agreement)), "looks at it")
    decided = _rows(ReviewDecision, viewer, partnership).order_by("id").values_list(
        "version_id", "version__identity_id", "need__identity_id", "need__number")
    for version, review, need, number in decided:
        if version in standing:
            yield Edge(("review", str(review)), ("need", str(need)), "went back to it", number)
    carried = _rows(CarriedOver, viewer, partnership).order_by("id").values_list("version__identity_id", "need_id")
    for review, need in carried:
        yield Edge(("need", str(need)), ("review", str(review)), "has what came of it as evidence", back=True)


@strand_of("measures-cases")
def cases(viewer: Viewer, partnership: UUID) -> Strand:
    """Case studies made from an agreement's returns: the tables released with them name both."""
    rows = _rows(ReleasedTable, viewer, partnership).exclude(case=None).exclude(agreement=None)
    edges = (Edge(("case", str(case)), ("agreement", str(agreement)), "tells of it")
             for case, agreement in rows.order_by("id").values_list("case_id", "agreement_id"))
    return Strand(edges=tuple(edges))


def _rows(model: Any, viewer: Viewer, partnership: UUID) -> Any:
    return model.objects.visible_to(viewer, Purpose.MONITORING).filter(partnership=partnership)
