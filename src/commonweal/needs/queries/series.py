"""What publishers give for whole districts, counties, regions and England, by card, area and period."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from commonweal.lake.store import Store
from commonweal.needs.card import Card, Level

KINDS = ("district", "county", "region", "country")
REPEATED = "no new figure"  # the reader's mark on an earlier year's value given again under a later one


class Reading(NamedTuple):
    """One published value. `note` is the publisher's own mark or test; value empty where hidden.

    A named tuple, for there are tens of thousands and these are kept and read again ten times as fast.
    """

    period: str
    start: date
    end: date
    value: float | None
    lower: float | None
    upper: float | None
    counted: float | None
    denominator: float | None
    note: str


Series = Mapping[str, tuple[Reading, ...]]


def load_series(store: Store, cards: Iterable[Card]) -> dict[str, Series]:
    """For each card that is not made of small areas: area code -> its readings, oldest first."""
    wanted = [card for card in cards if card.source.level is not Level.AREA]
    stored = {held.dataset for held in store.datasets()}
    by_dataset: dict[str, list[Card]] = defaultdict(list)
    for card in wanted:
        by_dataset[card.source.dataset].append(card)
    found: dict[str, Series] = {card.id: {} for card in wanted}
    for dataset, group in by_dataset.items():
        if dataset not in stored:
            continue
        how = _use if group[0].source.table == "use" else _observed
        found |= how(store, dataset, group)
    return found


def _observed(store: Store, dataset: str, cards: list[Card]) -> dict[str, Series]:
    table = store.table("observations", dataset)
    rows = table.filter(
        table.area_kind.isin(KINDS) & table.indicator.isin(sorted({card.source.indicator for card in cards}))
    )
    keys = ("indicator", "sex", "category", "area_code", "period", "period_start", "period_end", "value",
            "lower95", "upper95", "count", "denominator", "note")
    columns = [store.arrow(rows.select(*keys).order_by("period_start", "period_end"))]
    lists = [columns[0][key].to_pylist() for key in keys]
    grouped: dict[tuple[str, str, str], dict[str, list[Reading]]] = defaultdict(lambda: defaultdict(list))
    for indicator, sex, category, area, period, start, end, *values in zip(*lists, strict=True):
        if str(values[-1] or "").startswith(REPEATED):
            continue
        grouped[indicator, sex, category][area].append(Reading(period, start, end, *values))
    return {
        card.id: _of_one_span(grouped[card.source.indicator, card.source.sex, card.source.category])
        for card in cards
    }


def _use(store: Store, dataset: str, cards: list[Card]) -> dict[str, Series]:
    """Use of a whole service in the year: its months or quarters added up."""
    table = store.table("use", dataset)
    found: dict[str, Series] = {}
    for card in cards:
        rows = table.filter((table.measure == card.source.measure) & (table.site == ""))
        summed = rows.group_by("area_code").aggregate(
            value=rows.value.sum(), start=rows.period_start.min(), end=rows.period_end.max()
        )
        found[card.id] = {
            row["area_code"]: (
                Reading(f"{row['start'].year}/{row['end'].year % 100:02d}", row["start"], row["end"], row["value"],
                        None, None, None, None, ""),
            )
            for row in store.arrow(summed).to_pylist() if row["value"] is not None
        }
    return found


def _of_one_span(by_area: Mapping[str, list[Reading]]) -> Series:
    """Readings of periods of one length: single years, or years joined, whichever goes furthest for most areas."""
    counts: Counter[int] = Counter()
    latest: dict[int, date] = {}
    for readings in by_area.values():
        for reading in readings:
            counts[_years(reading)] += 1
            latest[_years(reading)] = max(reading.end, latest.get(_years(reading), reading.end))
    if not counts:
        return {}
    best = max(counts, key=lambda span: (latest[span], counts[span]))
    return {
        area: tuple({one.period: one for one in readings if _years(one) == best}.values())
        for area, readings in by_area.items()
    }


def _years(reading: Reading) -> int:
    return round((reading.end - reading.start).days / 365.25)
