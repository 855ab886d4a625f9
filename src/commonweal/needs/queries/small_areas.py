"""What is known of every small area of England, as arrays in one order, ready to be added up for any place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from commonweal.lake.store import Store
from commonweal.needs.card import Card, Level
from commonweal.needs.queries.geography import Geography

Reals = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Period:
    """When a value speaks of; `end` is an ISO date, empty where not known."""

    label: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Column:
    """One indicator's values, one a small area (NaN where not known), and when they are of."""

    values: Reals
    period: Period


@dataclass(frozen=True, slots=True)
class Counts:
    """A census table: (areas, categories) counts, each area's whole, and when they are of."""

    categories: tuple[str, ...]
    counts: Reals
    whole: Reals
    period: Period

    def of(self, categories: Iterable[str]) -> Reals:
        """Counts of some categories together; NaN where none of them is in the table."""
        places = [self.categories.index(each) for each in categories if each in self.categories]
        return self.counts[:, places].sum(axis=1) if places else np.full(len(self.whole), np.nan)


@dataclass(frozen=True, slots=True)
class SmallAreas:
    """All of it: columns by (data set, indicator), counts by the same, people and points."""

    columns: Mapping[tuple[str, str], Column]
    counts: Mapping[tuple[str, str], Counts]
    people: Reals
    people_period: Period
    people_dataset: str
    lon: Reals
    lat: Reals


def load_small_areas(
    store: Store, geography: Geography, cards: Iterable[Card], tables: Mapping[str, str]
) -> SmallAreas:
    """Read every column a card names and every census table (data set -> indicator) of the store."""
    area_cards = [
        card for card in cards if card.source.level is Level.AREA and card.source.table == "observations"
    ]
    plain: dict[str, set[str]] = defaultdict(set)
    for card in area_cards:
        if not card.source.categories:
            plain[card.source.dataset].add(card.source.indicator)
    shares = {card.source.dataset: card.source.indicator for card in area_cards if card.source.categories}
    people, period, dataset = _people(store, geography)
    lon, lat = _points(store, geography)
    return SmallAreas(
        columns={
            key: column for name, indicators in plain.items()
            for key, column in _columns(store, geography, name, sorted(indicators))
        },
        counts={
            (name, indicator): counts for name, indicator in {**tables, **shares}.items()
            if (counts := _counts(store, geography, name, indicator)) is not None
        },
        people=people, people_period=period, people_dataset=dataset, lon=lon, lat=lat,
    )


def _columns(
    store: Store, geography: Geography, dataset: str, indicators: list[str]
) -> Iterable[tuple[tuple[str, str], Column]]:
    table = store.table("observations", dataset)
    wanted = table.filter(
        (table.area_kind == "lsoa") & table.indicator.isin(indicators) & table.category.isin([""])
    )
    found = store.arrow(wanted.select("indicator", "area_code", "value", "period", "period_start", "period_end"))
    for indicator in indicators:
        rows = found.filter(pc.equal(found["indicator"], indicator))
        if not rows.num_rows:
            continue
        latest = pc.max(rows["period_start"])
        rows = rows.filter(pc.equal(rows["period_start"], latest))
        at = geography.places(rows["area_code"])
        values = np.full(len(geography.areas), np.nan)
        numbers = rows["value"].to_numpy().astype(np.float64)
        values[at[at >= 0]] = numbers[at >= 0]
        yield (dataset, indicator), Column(values, _period(rows))


def _counts(store: Store, geography: Geography, dataset: str, indicator: str) -> Counts | None:
    table = store.table("observations", dataset)
    wanted = table.filter((table.area_kind == "lsoa") & (table.indicator == indicator))
    found = store.arrow(
        wanted.select(
            "category", "area_code", "denominator", "period", "period_start", "period_end",
            count=wanted["count"].coalesce(wanted["value"]),
        )
    )
    if not found.num_rows:
        return None
    at = geography.places(found["area_code"])
    categories = found["category"].combine_chunks().dictionary_encode()
    keys = np.asarray(categories.indices.to_numpy(zero_copy_only=False))
    names = tuple(categories.dictionary.to_pylist())
    counts = np.full((len(geography.areas), len(names)), np.nan)
    whole = np.full(len(geography.areas), np.nan)
    good = at >= 0
    counts[at[good], keys[good]] = found["count"].to_numpy().astype(np.float64)[good]
    whole[at[good]] = found["denominator"].to_numpy().astype(np.float64)[good]
    return Counts(names, counts, whole, _period(found))


def _people(store: Store, geography: Geography) -> tuple[Reals, Period, str]:
    """Everyone in each small area, from the latest data set that gives all of England's."""
    table = store.table("population")
    rows = table.filter(
        (table.area_kind == "lsoa") & (table.sex == "persons") & (table.age_from == 0) & (table.age_to >= 100)
    )
    found = store.arrow(rows.select("dataset", "area_code", "count", "period", "period_start"))
    best: tuple[Reals, Period, str] = (np.full(len(geography.areas), np.nan), Period("", "", ""), "")
    for dataset in sorted(set(found["dataset"].to_pylist())):
        part = found.filter(pc.equal(found["dataset"], dataset))
        at = geography.places(part["area_code"])
        if (at >= 0).sum() < 0.99 * len(geography.areas):
            continue
        values = np.full(len(geography.areas), np.nan)
        values[at[at >= 0]] = part["count"].to_numpy().astype(np.float64)[at >= 0]
        start = str(part["period_start"][0].as_py() or "")
        if start >= best[1].start:
            best = values, Period(part["period"][0].as_py(), start, start), dataset
    return best


def _points(store: Store, geography: Geography) -> tuple[Reals, Reals]:
    """A point inside each small area."""
    table = store.table("boundaries")
    rows = table.filter((table.kind == "lsoa") & (table.vintage == 2021))
    found = store.arrow(rows.select("code", "lon", "lat"))
    lon, lat = np.full((2, len(geography.areas)), np.nan)
    at = geography.places(found["code"])
    lon[at[at >= 0]] = found["lon"].to_numpy()[at >= 0]
    lat[at[at >= 0]] = found["lat"].to_numpy()[at >= 0]
    return lon, lat


def _period(rows: object) -> Period:
    first = rows.slice(0, 1).to_pylist()[0]  # type: ignore[attr-defined]
    return Period(first["period"], str(first["period_start"] or ""), str(first["period_end"] or ""))
