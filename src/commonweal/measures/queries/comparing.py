"""Providers beside each other, for those who asked and for each provider: whose line may be seen by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from commonweal.core import clock
from commonweal.core.errors import NotFound
from commonweal.core.figure import Figure, Grade, PlaceRef, Quality, Release, SourceRef, Unit
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer
from commonweal.measures.actions.comparing import provides_in
from commonweal.measures.models import Comparison, ComparisonLine, Return
from commonweal.measures.performance_content import content
from commonweal.measures.periods import period_words
from commonweal.measures.queries.performance import place_of

NONE = "There is no such comparison, or none that you may see."


@dataclass(frozen=True, slots=True)
class LineView:
    """One provider: its own share and the one drawn in; no figure where it is not open yet, and why."""

    id: UUID
    name: str
    mine: bool
    figure: Figure | None
    raw: Figure | None
    waits: str
    reply: str
    replied_at: datetime | None


@dataclass(frozen=True, slots=True)
class ComparisonView:
    """One comparison: the middle of all, and the lines that the viewer may see."""

    id: UUID
    what: str
    title: str
    period: str
    made_at: datetime
    opens: date
    middle: Figure
    providers: int
    left_out: int
    lines: tuple[LineView, ...]
    own_only: bool
    unlikely: tuple[str, ...]     # providers whose returns hold something unlikely

    @property
    def open(self) -> bool:
        """Whether the days are over in which each reads its own line first."""
        return clock.today() >= self.opens

    @property
    def mine(self) -> LineView | None:
        """The viewer's own line."""
        return next((one for one in self.lines if one.mine), None)

    @property
    def spoken(self) -> tuple[LineView, ...]:
        """Open lines that have a reply, or are the viewer's own."""
        return tuple(one for one in self.shown if one.mine or one.reply)

    @property
    def silent(self) -> tuple[LineView, ...]:
        """Open lines of others without a reply."""
        return tuple(one for one in self.shown if not one.mine and not one.reply)

    @property
    def waiting(self) -> tuple[str, ...]:
        """Who still reads its own line first."""
        return tuple(one.name for one in self.lines if one.figure is None)

    @property
    def shown(self) -> tuple[LineView, ...]:
        """Lines that are open, by name: order tells nothing."""
        return tuple(one for one in self.lines if one.figure is not None)


def comparisons_for(viewer: Viewer, partnership: UUID) -> tuple[ComparisonView, ...]:
    """Every comparison the viewer has a part in, the newest first."""
    rows = _rows(viewer, partnership).order_by("-made_at", "-pk")
    place = place_of(partnership) if rows else None
    found = (_view(viewer, row, place) for row in rows if place)
    return tuple(one for one in found if one is not None)


def comparison_for(viewer: Viewer, partnership: UUID, comparison: UUID) -> ComparisonView:
    """One; NotFound where the viewer has no part in it."""
    row = _rows(viewer, partnership).filter(pk=comparison).first()
    found = _view(viewer, row, place_of(partnership)) if row is not None else None
    if found is None:
        raise NotFound(NONE)
    return found


def own_line_of(line: ComparisonLine) -> ComparisonView:
    """One line for whoever was let in to it by its link: with the middle of all, and no other."""
    row = line.comparison
    place, every = place_of(row.partnership_id), list(row.lines.all())
    return ComparisonView(
        row.pk, row.what, content()["compared"][row.what]["title"], period_words(row.first, row.last), row.made_at,
        row.opens, _figure(row, place, "all of them", (row.middle, None, None), _answers(every)), len(every),
        row.left_out, (_line(row, line, place, mine=True),), True, ())


def line_row(viewer: Viewer, partnership: UUID, comparison: UUID) -> ComparisonLine:
    """The viewer's own line, for an action."""
    rows = ComparisonLine.objects.visible_to(viewer, Purpose.ADMINISTRATION).filter(partnership=partnership)
    mine = viewer.organisation_in(partnership)
    found: ComparisonLine | None = rows.filter(comparison=comparison, provider=mine).first() if mine else None
    if found is None:
        raise NotFound(NONE)
    return found


def _rows(viewer: Viewer, partnership: UUID) -> Any:
    rows = Comparison.objects.visible_to(viewer, Purpose.ADMINISTRATION).filter(partnership=partnership)
    return rows.prefetch_related("lines__replies")


def _view(viewer: Viewer, row: Comparison, place: PlaceRef) -> ComparisonView | None:
    """Who delivers sees its own line alone; who asked sees a line once it is replied to or its days are over."""
    provides = provides_in(viewer, row.partnership_id)
    own_only = bool(provides) or not viewer.may(Permission.VIEW_EVIDENCE, row.partnership_id)
    lines = sorted(row.lines.all(), key=lambda one: one.name)
    shown = [one for one in lines if not own_only or one.provider_id in provides]
    if not shown:
        return None
    return ComparisonView(
        row.pk, row.what, content()["compared"][row.what]["title"], period_words(row.first, row.last), row.made_at,
        row.opens, _figure(row, place, "all of them", (row.middle, None, None), _answers(lines)), len(lines),
        row.left_out, tuple(_line(row, one, place, mine=one.provider_id in provides) for one in shown), own_only,
        _unlikely(row, shown))


def _unlikely(row: Comparison, shown: list[ComparisonLine]) -> tuple[str, ...]:
    """Those shown whose returns of these days were sent with a warning."""
    names = {one.name for one in shown}
    rows = Return.objects.filter(partnership=row.partnership_id, first__gte=row.first, last__lte=row.last)
    found = {name for name, warned in rows.values_list("plan__provider_name", "warned") if warned}
    return tuple(sorted(found & names))


def _answers(lines: list[ComparisonLine]) -> int:
    return sum(one.answered for one in lines)


def _line(row: Comparison, one: ComparisonLine, place: PlaceRef, *, mine: bool) -> LineView:
    replies = sorted(one.replies.all(), key=lambda each: (each.at, each.pk))
    newest = replies[-1] if replies else None
    if not mine and newest is None and clock.today() < row.opens:
        waits = f"To be read by {one.name} first. Open once they reply, or on {row.opens:%-d %B %Y}."
        return LineView(one.pk, one.name, False, None, None, waits, "", None)
    drawn = _figure(row, place, one.name, (one.value, one.lower, one.upper), one.answered)
    raw = _figure(row, place, one.name, (one.yes / one.answered, None, None), one.answered, raw=True)
    return LineView(one.pk, one.name, mine, drawn, raw, "", newest.words if newest else "",
                    newest.at if newest else None)


def _figure(
    row: Comparison, place: PlaceRef, name: str, share: tuple[float, float | None, float | None], n: int,
    *, raw: bool = False,
) -> Figure:
    value, low, high = share
    said = content()["compared"][row.what]
    day = f"{clock.local_day(row.made_at):%-d %B %Y}"
    return Figure(
        value=100 * value, unit=Unit.PERCENT, base=f"{said['base']}: {name}", place=place,
        period=period_words(row.first, row.last), period_end=row.last, n=n, release=Release.RESTRICTED,
        source=SourceRef(f"comparison-{row.pk}", f"Returns of providers, compared on {day}", place.name,
                         "Shared within the partnership", day, invented=place.invented),
        method="Share as counted" if raw else content()["method"], method_version="1",
        quality=Quality(Grade.C, (content()["quality"],)), decimals=0,
        lower=None if low is None else 100 * low, upper=None if high is None else 100 * high,
        interval_method="empirical Bayes" if low is not None else "")
