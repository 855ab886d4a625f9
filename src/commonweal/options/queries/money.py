"""Sheets of options in pounds, for whoever may see them, with what each option is worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from commonweal.core.errors import NotFound
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer, require
from commonweal.options.models import Costing, MoneyLine, MoneySheet
from commonweal.options.money_content import line_kinds
from commonweal.options.worth import Line, Option, Terms, Valued, valued
from commonweal.policy.green_book import green_book


@dataclass(frozen=True, slots=True)
class SheetCard:
    """A sheet in a list."""

    id: UUID
    title: str
    options: int


@dataclass(frozen=True, slots=True)
class SheetView:
    """A sheet with its options valued: those that have lines, and those that have none yet."""

    id: UUID
    title: str
    terms: Terms
    options: tuple[Option, ...]
    valued: tuple[Valued, ...]

    @property
    def ranked(self) -> tuple[Valued, ...]:
        """The highest net first."""
        return tuple(sorted(self.valued, key=lambda one: -one.worth.net))

    @property
    def bare(self) -> tuple[Option, ...]:
        """Options without a line."""
        return tuple(one for one in self.options if not one.lines)


def sheets_for(viewer: Viewer, partnership: UUID) -> tuple[SheetCard, ...]:
    """Every sheet of a partnership, by name."""
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    rows = MoneySheet.objects.visible_to(viewer, Purpose.PLANNING).filter(partnership=partnership)
    return tuple(SheetCard(row.pk, row.title, row.costings.count()) for row in rows.order_by("title"))


def sheet_row(viewer: Viewer, partnership: UUID, sheet: UUID) -> MoneySheet:
    """The row itself, for an action."""
    return _one(MoneySheet, viewer, partnership, sheet)


def costing_row(viewer: Viewer, partnership: UUID, costing: UUID) -> Costing:
    """The row of an option, for an action."""
    return _one(Costing, viewer, partnership, costing)


def line_row(viewer: Viewer, partnership: UUID, line: UUID) -> MoneyLine:
    """The row of a line, for an action."""
    return _one(MoneyLine, viewer, partnership, line)


def sheet_for(viewer: Viewer, partnership: UUID, sheet: UUID) -> SheetView:
    """A sheet with everything worked out."""
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    row = sheet_row(viewer, partnership, sheet)
    terms = _terms(row)
    options = tuple(
        Option(one.pk, one.title, one.baseline, tuple(_line(each) for each in one.lines.order_by("created", "id")))
        for one in row.costings.order_by("created", "id").prefetch_related("lines")
    )
    return SheetView(row.pk, row.title, terms, options, tuple(valued(one, terms) for one in options if one.lines))


def _one(model: Any, viewer: Viewer, partnership: UUID, pk: UUID) -> Any:
    found = model.objects.visible_to(viewer, Purpose.PLANNING).filter(partnership=partnership, pk=pk).first()
    if found is None:
        raise NotFound("There is no such page, or none that you may see.")
    return found


def _terms(row: MoneySheet) -> Terms:
    incomes = None
    if row.income_middle and row.income_in_need and row.income_others:
        incomes = (float(row.income_middle), float(row.income_in_need), float(row.income_others))
    return Terms(row.years, row.price_year, green_book().edition(row.edition), incomes)


def _line(row: MoneyLine) -> Line:
    kind = line_kinds().get(row.kind)
    return Line(
        row.pk, row.side == "cost", row.kind, kind.title if kind else row.kind, row.title, row.first, row.last,
        float(row.pounds), row.vat, row.optimism, row.mitigated, row.to_need,
        None if row.points is None else float(row.points), row.people, row.source,
    )
