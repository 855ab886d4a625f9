"""The release calendar as anybody may see it: what is to come, what was published, what was held back and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from commonweal.core.errors import NotFound
from commonweal.core.viewer import Viewer
from commonweal.measures.models import PlannedRelease, ReleasedTable, ReleaseState
from commonweal.measures.periods import period_words
from commonweal.measures.releasing_tables import FEW, grouped
from commonweal.present.table import Cell, DataTable, Missing, number_column, text_column


@dataclass(frozen=True, slots=True)
class CalendarLine:
    """One line: a planned release, or a case study that came of an agreement; `reasons` say what was held back."""

    id: UUID
    title: str
    whose: str
    partnership: UUID
    day: date
    state: ReleaseState
    reasons: tuple[str, ...]
    case: UUID | None = None
    invented: bool = False

    @property
    def tone(self) -> str:
        """The colour of its tag; the words say the same."""
        return {"planned": "blue", "published": "green", "held": "orange"}[self.state.value]


@dataclass(frozen=True, slots=True)
class ReleaseView:
    """One release with its table, where it was published."""

    line: CalendarLine
    period: str
    table: DataTable | None
    row: PlannedRelease


def calendar_for(viewer: Viewer, partnership: UUID | None = None) -> tuple[CalendarLine, ...]:
    """Everything, the newest day first; what is invented only to people of the invented partnership."""
    rows = _seen(viewer)
    tables = _of_cases(viewer)
    if partnership is not None:
        rows, tables = rows.filter(partnership=partnership), tables.filter(partnership=partnership)
    lines = [_line(one) for one in rows]
    cases: dict[UUID, list[ReleasedTable]] = {}
    for table in tables:
        if table.case_id is not None:
            cases.setdefault(table.case_id, []).append(table)
    lines.extend(_case(found) for found in cases.values())
    return tuple(sorted(lines, key=lambda one: (one.day, one.title), reverse=True))


def release_for(viewer: Viewer, release: UUID) -> ReleaseView:
    """One release; NotFound where there is none that the viewer may see."""
    row: PlannedRelease | None = _seen(viewer).filter(pk=release).first()
    if row is None:
        raise NotFound("There is no such release.")
    table = row.tables.order_by("-at", "-pk").first()
    return ReleaseView(_line(row), period_words(row.first, row.last), _table(row, table) if table else None, row)


def _seen(viewer: Viewer) -> QuerySet[PlannedRelease]:
    rows: QuerySet[PlannedRelease] = PlannedRelease.objects.filter(
        Q(partnership__invented=False) | Q(partnership__in=viewer.partnerships()))
    return rows.select_related("partnership").prefetch_related("tables").order_by("due", "pk")


def _of_cases(viewer: Viewer) -> QuerySet[ReleasedTable]:
    """Tables of cases that have been published."""
    rows: QuerySet[ReleasedTable] = ReleasedTable.objects.filter(
        Q(partnership__invented=False) | Q(partnership__in=viewer.partnerships()), case__published__isnull=False)
    return rows.select_related("partnership", "case__published").order_by("at", "pk")


def _line(row: PlannedRelease) -> CalendarLine:
    reasons = (row.because,) if row.because else ()
    return CalendarLine(row.pk, row.title, row.partnership.name, row.partnership_id, row.settled_on or row.due,
                        ReleaseState(row.state), reasons, invented=row.partnership.invented)


def _case(tables: list[ReleasedTable]) -> CalendarLine:
    case, there = tables[0].case, tables[0].partnership
    assert case is not None
    assert case.published is not None
    assert case.published_at is not None
    reasons = grouped((one.title, one.reason) for one in tables if one.outcome != "exact")
    return CalendarLine(case.pk, f"Case study: {case.published.title}", there.name, there.pk,
                        case.published_at.date(), ReleaseState.PUBLISHED, reasons, case.pk, there.invented)


def _table(row: PlannedRelease, one: ReleasedTable) -> DataTable:
    columns = (text_column("Service"), *(number_column(name) for name in one.columns), number_column("Answers"))
    rows: list[tuple[Cell, ...]] = []
    for name, line in zip([*one.rows, "All services"], one.cells, strict=True):
        rows.append((name, *(Missing("held back") if value is None else value for value in line)))
    notes = ("Base: people who told their provider what they thought. Answers, not people: one person may be in "
             "several.", one.reason, f"A service with fewer than {FEW} providers is hidden too.")
    return DataTable(f"{row.title}: {one.title}, {period_words(row.first, row.last)}", columns, tuple(rows), notes,
                     f"Returns of those who deliver to {row.partnership.name}, {one.at:%-d %B %Y}", "release")
