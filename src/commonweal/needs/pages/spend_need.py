"""Spend beside need: the answer, two charts with their tables, and what may not be concluded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from commonweal.core.figure import Unit
from commonweal.core.queries.partnerships import PartnershipView
from commonweal.needs.assessment import Assessment
from commonweal.needs.content import read
from commonweal.needs.pages.overview import Labelled
from commonweal.needs.pages.services import Recorded, counted, pounds, words
from commonweal.needs.queries.mismatch import Mismatch
from commonweal.needs.queries.spend_need import AreaSpend, SpendByArea, SpendByTheme, by_area, by_theme
from commonweal.needs.wording import fill
from commonweal.present import charts, wording
from commonweal.present.chart import Chart, Message
from commonweal.present.charts import Pair
from commonweal.present.provenance import short_citation
from commonweal.present.table import DataTable, Missing, number_column, text_column
from commonweal.present.wording import listed

EVEN = 0.05  # below which shares are said to lie alike


@dataclass(frozen=True, slots=True)
class SpendPart:
    """One comparison: its sentences, its chart and its table."""

    title: str
    says: tuple[str, ...]
    chart: Chart | None
    table: DataTable | None
    method: str


@dataclass(frozen=True, slots=True)
class SpendView:
    """The whole page."""

    answer: str
    figures: tuple[Labelled, ...]
    parts: tuple[SpendPart, ...]
    cannot: tuple[str, ...]

    @property
    def tables(self) -> tuple[DataTable, ...]:
        """Every table of it, for a file."""
        return tuple(one.table for one in self.parts if one.table is not None)


def spend_view(found: Mismatch, made: Assessment | None, view: PartnershipView) -> SpendView:
    """Everything the page shows."""
    say = spend_words()
    area = by_area(found, made) if made is not None else None
    theme = by_theme(found)
    record, figures = Recorded(view, found.services), []
    if area is not None:
        figures.append(Labelled(record.figure(
            100 * area.moved, Unit.PERCENT, say["area"]["base"], n=area.services,
            method=f"{say['area']['method']} {words()['method']}",
        ), say["area"]["figure"]))
    if theme is not None:
        figures.append(Labelled(record.figure(
            100 * theme.moved, Unit.PERCENT, say["theme"]["base"], n=theme.services,
            method=f"{say['theme']['method']} {words()['method']}",
        ), say["theme"]["figure"]))
    source = short_citation(record.source)
    return SpendView(
        answer=_answer(area, theme), figures=tuple(figures), cannot=tuple(say["cannot"]),
        parts=(_area(area, source), _theme(theme, source)),
    )


def spend_words() -> dict[str, Any]:
    """The words of this page."""
    found: dict[str, Any] = words()["spend"]
    return found


def _answer(area: SpendByArea | None, theme: SpendByTheme | None) -> str:
    say = spend_words()
    first = fill(say["answer"], named=pounds(area.named), moved=percent(area.moved)) if area else say["nothing"]
    if theme is None:
        return f"{first} {say['nothing_themes']}"
    needs = counted(theme.needs, "need")
    return f"{first} {fill(say['answer_themes'], moved=percent(theme.moved), needs=needs)}"


def _area(area: SpendByArea | None, source: str) -> SpendPart:
    say = spend_words()["area"]
    if area is None:
        return SpendPart(say["title"], (spend_words()["nothing"],), None, None, say["method"])
    sentences = _area_says(area)
    message = Message(say["even"] if area.moved < EVEN else say["chart"], sentences[0],
                      source=f"{source}; {short_citation(area.source)}")
    chart = charts.pairs(message, tuple(Pair(one.label, 100 * one.need_share, 100 * one.spend_share)
                                        for one in _shown(area.rows)), sides=tuple(say["sides"]))
    return SpendPart(say["title"], sentences[1:], chart, area_table(area, source), say["method"])


def _area_says(area: SpendByArea) -> tuple[str, ...]:
    say, low, high = spend_words()["area"], area.rows[0], area.rows[-1]
    found = [" ".join((
        fill(say["least"], least=low.label, need=percent(low.need_share), spend=percent(low.spend_share)),
        fill(say["most"], most=high.label, need=percent(high.need_share), spend=percent(high.spend_share)),
    ))]
    if area.whole:
        found.append(fill(say["whole"], whole=pounds(area.whole), moved=percent(area.moved_spread)))
    if area.moved_worst is not None:
        found.append(fill(say["worst"], tenths=read("reach")["need_tenths"], moved=percent(area.moved_worst)))
    if area.outside:
        found.append(fill(say["outside"], names=listed(area.outside)))
    return tuple(found)


def _shown(rows: tuple[AreaSpend, ...]) -> tuple[AreaSpend, ...]:
    """The wards that part most, half from either end; all are in the table."""
    most = spend_words()["most"]
    return rows if len(rows) <= most else (*rows[: most // 2], *rows[-most // 2:])


def area_table(area: SpendByArea, source: str) -> DataTable:
    """Every ward."""
    say = spend_words()["area"]
    title = say["columns"]
    columns = (
        text_column(title[0]), number_column(title[1], Unit.PEOPLE),
        *(number_column(one, Unit.PERCENT, 1) for one in title[2:5]), number_column(title[5]),
        number_column(title[6], Unit.PERCENT, 1), number_column(title[7], decimals=1),
        number_column(title[8], Unit.PERCENT, 1),
    )
    rows = tuple(
        (one.label, round(one.people), 100 * one.people_share, 100 * one.need_share,
         Missing("none") if one.worst_share is None else 100 * one.worst_share, round(one.spend),
         100 * one.spend_share, Missing("no need") if one.ratio is None else one.ratio, 100 * one.spread)
        for one in area.rows
    )
    return DataTable(say["title"], columns, rows, notes=(say["method"],),
                     source=f"{source}; {short_citation(area.source)}, {area.period}", key="spend-by-ward")


def _theme(theme: SpendByTheme | None, source: str) -> SpendPart:
    say = spend_words()["theme"]
    if theme is None:
        return SpendPart(say["title"], (spend_words()["nothing_themes"],), None, None, say["method"])
    bare = [one.title for one in theme.rows if one.needs and not one.spend]
    spare = [one.title for one in theme.rows if one.spend and not one.needs]
    sentences = tuple(
        fill(say[key], names=listed(names)) for key, names in (("bare", bare), ("spare", spare)) if names
    )
    message = Message(say["even"] if theme.moved < EVEN else say["chart"], " ".join(sentences) or say["even"],
                      source=source)
    chart = charts.pairs(message, tuple(Pair(one.title, 100 * one.need_share, 100 * one.spend_share)
                                        for one in theme.rows), sides=tuple(say["sides"]))
    return SpendPart(say["title"], (), chart, theme_table(theme, source), say["method"])


def theme_table(theme: SpendByTheme, source: str) -> DataTable:
    """Every theme that has a need or spend."""
    say = spend_words()["theme"]
    title = say["columns"]
    columns = (
        text_column(title[0]), number_column(title[1]), number_column(title[2], Unit.PERCENT, 1),
        number_column(title[3]), number_column(title[4]), number_column(title[5], Unit.PERCENT, 1),
    )
    rows = tuple(
        (one.title, one.needs, 100 * one.need_share, one.services, round(one.spend), 100 * one.spend_share)
        for one in theme.rows
    )
    return DataTable(say["title"], columns, rows, notes=(say["method"],), source=source, key="spend-by-theme")


def percent(share: float) -> str:
    """34%."""
    return wording.plain(100 * share, Unit.PERCENT, 0)
