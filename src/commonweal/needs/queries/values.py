"""The value of an indicator for any place: read as published, or added up from its parts, and saying which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from commonweal.methods.intervals import proportion
from commonweal.needs.card import Card, Level
from commonweal.needs.queries.evidence import Evidence
from commonweal.needs.queries.series import Reading
from commonweal.needs.queries.small_areas import Period

LEAST_COVER = 0.9     # of people, before a mean is said to be a place's
ENGLAND_COVER = 0.6   # the same for England, where many authorities make no return


class Made(StrEnum):
    """How a value was come by; the words are in wording.yaml under `method`."""

    PUBLISHED = "published"
    WEIGHTED = "weighted"
    ROLLED = "rolled"
    SHARE = "share"
    PREDECESSORS = "predecessors"
    NEIGHBOURS = "neighbours"
    PER_HEAD = "per_head"


class Lack(StrEnum):
    """Why there is no value; the words are in wording.yaml under `missing`."""

    NOT_HELD = "not_held"
    NO_ROW = "no_row"
    SUPPRESSED = "suppressed"
    SMALL_PLACE = "small_place"
    COUNTRY_ONLY = "country_only"
    TOO_FEW_AREAS = "too_few_areas"
    IMPLAUSIBLE = "implausible"


@dataclass(frozen=True, slots=True)
class Value:
    """One value and how it came about. `parts` counts districts or small areas added up; `wider` names a
    county whose figure this is."""

    value: float | None
    period: str
    start: str
    end: str
    made: Made = Made.PUBLISHED
    n: int | None = None
    lower: float | None = None
    upper: float | None = None
    interval: str = ""
    note: str = ""
    lack: Lack | None = None
    mark: str = ""
    wider: str = ""
    parts: int = 1
    cover: float = 1.0


def nothing(lack: Lack, period: Period | None = None, mark: str = "") -> Value:
    """No value, and why."""
    known = period or Period("", "", "")
    return Value(None, known.label, known.start, known.end, lack=lack, mark=mark)


# --- small areas added up ---------------------------------------------------------------------------


def of_areas(held: Evidence, card: Card, areas: NDArray[np.int64]) -> Value:
    """A small-area indicator over some small areas: their people-weighted mean, or their counts divided."""
    if card.source.categories:
        return _share(held, card, areas)
    column = held.small.columns.get(key_of(card))
    if column is None:
        return nothing(Lack.NOT_HELD)
    values, people = column.values[areas], held.small.people[areas]
    known = ~(np.isnan(values) | np.isnan(people))
    everyone, covered = float(np.nansum(people)), float(people[known].sum())
    if not covered or covered < LEAST_COVER * everyone:
        return nothing(Lack.TOO_FEW_AREAS, column.period)
    taken = _scaled(card, values[known])
    return Value(
        float((taken * people[known]).sum() / covered), column.period.label, column.period.start,
        column.period.end, Made.ROLLED, n=round(covered), parts=int(known.sum()), cover=covered / everyone,
    )


def _scaled(card: Card, values: NDArray[np.float64]) -> NDArray[np.float64]:
    if card.source.share_above is not None:
        return np.asarray(100.0 * (values > card.source.share_above), dtype=np.float64)
    if card.source.share_at_most is not None:
        return np.asarray(100.0 * (values <= card.source.share_at_most), dtype=np.float64)
    return np.asarray(values * card.source.scale, dtype=np.float64)


def _share(held: Evidence, card: Card, areas: NDArray[np.int64]) -> Value:
    counts = held.small.counts.get(key_of(card))
    if counts is None:
        return nothing(Lack.NOT_HELD)
    top, bottom = float(np.nansum(counts.of(card.source.categories)[areas])), float(np.nansum(counts.whole[areas]))
    if bottom <= 0:
        return nothing(Lack.TOO_FEW_AREAS, counts.period)
    found = proportion([top], [bottom])
    return Value(
        float(found.value[0]), counts.period.label, counts.period.start, counts.period.end, Made.SHARE,
        n=round(bottom), lower=float(found.lower[0]), upper=float(found.upper[0]), interval="Wilson",
        parts=len(areas),
    )


def key_of(card: Card) -> tuple[str, str]:
    """The (data set, indicator) a card's values are in."""
    return card.source.dataset, card.source.indicator


# --- districts and wider ----------------------------------------------------------------------------


def series_of(held: Evidence, card: Card, districts: Sequence[str], whole: str = "") -> tuple[Value, ...]:
    """An indicator over time for some districts together, oldest first; `whole` is a county published itself."""
    if card.source.dataset not in held.sources:
        return ()
    if whole and (published := _published(held, card, whole)):
        return tuple(published[period] for period in _ordered(published))
    each = {code: _for_level(held, card, code) for code in districts}
    if len(districts) == 1:
        found = each[districts[0]]
        return tuple(found[period] for period in _ordered(found))
    joined = {period: _joined(held, each, period) for period in _periods(each)}
    return tuple(value for period in _ordered({k: v for k, v in joined.items() if v}) if (value := joined[period]))


def at_period(held: Evidence, card: Card, districts: Iterable[str], period: str) -> Value | None:
    """The people-weighted mean of some districts in one period, where nine people in ten are covered."""
    return _joined(held, {code: _for_level(held, card, code) for code in districts}, period)


def published_at(held: Evidence, card: Card, code: str, period: str) -> Value | None:
    """What the publisher gives for a place in a period."""
    return _published(held, card, code).get(period)


def _for_level(held: Evidence, card: Card, code: str) -> Mapping[str, Value]:
    """A district's readings, those of its county where only the county has them."""
    if card.source.level is Level.UPPER and (county := held.geography.county_of.get(code)):
        name = held.geography.name(county)
        return {period: replace(value, wider=name) for period, value in _published(held, card, county).items()}
    return _published(held, card, code)


def _published(held: Evidence, card: Card, code: str) -> dict[str, Value]:
    return held.once(("published", card.id, code), lambda: _read_place(held, card, code))


def _read_place(held: Evidence, card: Card, code: str) -> dict[str, Value]:
    """A place's values by period: its own, those of the same land under another code, or its predecessors'."""
    series = held.series.get(card.id, {})
    if card.source.per:
        return _per_head(held, card, code)
    found = {reading.period: _own(reading) for reading in series.get(code, ())}
    for other in held.geography.same.get(code, ()):
        for reading in series.get(other, ()):
            if found.get(reading.period) is None or found[reading.period].value is None:
                found[reading.period] = _own(reading)
    for period, value in _predecessors(held, series, code).items():
        if found.get(period) is None or found[period].value is None:
            found[period] = value
    return found


def _own(reading: Reading) -> Value:
    if reading.value is None:
        return Value(None, reading.period, str(reading.start), str(reading.end), lack=Lack.SUPPRESSED,
                     mark=reading.note or "no mark")
    n = round(reading.denominator) if reading.denominator else None
    bounds = reading.lower is not None and reading.upper is not None
    return Value(reading.value, reading.period, str(reading.start), str(reading.end), n=n,
                 lower=reading.lower if bounds else None, upper=reading.upper if bounds else None,
                 interval="as published" if bounds else "", note=reading.note)


def _predecessors(held: Evidence, series: Mapping[str, tuple[Reading, ...]], code: str) -> dict[str, Value]:
    """Values of the districts a place replaced, put together by their people, where all of them have one."""
    old = held.geography.was.get(code, ())
    each = {one: {reading.period: _own(reading) for reading in series.get(one, ())} for one in old}
    weights = {one: held.people.total(one) for one in old}
    found = {}
    for period in _periods(each):
        value = _mean(each, weights, period, Made.PREDECESSORS)
        if value is not None and value.cover == 1.0:
            found[period] = value
    return found


@dataclass(frozen=True, slots=True)
class _Years:
    """The last years a data set has, as one period."""

    periods: tuple[str, ...]
    label: str
    start: str
    end: str


def _per_head(held: Evidence, card: Card, code: str) -> dict[str, Value]:
    """A sum over the last years the data set has, divided by the people who live there."""
    series, people = held.series.get(card.id, {}), _everyone(held, code)
    years = held.once(("years", card.id), lambda: _last_years(held, card))
    if years is None or not people > 0:
        return {}
    codes = {code, *held.geography.was.get(code, ()), *held.geography.same.get(code, ())}
    if not codes & series.keys() and (card.source.years == 1 or code not in held.geography.by_district):
        return {}  # a district with no grants had none; a county is only what is published for it
    given = [each.value for one in codes for each in series.get(one, ()) if each.period in years.periods]
    rate = sum(value for value in given if value is not None) / people
    if card.source.plausible and not card.source.plausible[0] <= rate <= card.source.plausible[1]:
        lack = Value(None, years.label, years.start, years.end, lack=Lack.IMPLAUSIBLE, mark=f"{rate:.2g}")
        return {years.label: lack}
    return {years.label: Value(rate, years.label, years.start, years.end, Made.PER_HEAD, n=round(people))}


def _everyone(held: Evidence, code: str) -> float:
    """The people of a district, or of a county from its districts where no estimate of its own is held."""
    total = held.people.total(code)
    if total > 0 or code in held.geography.by_district:
        return total
    return sum((held.people.total(each) for each in held.geography.districts_in(code)), 0.0)


def _last_years(held: Evidence, card: Card) -> _Years | None:
    found = {
        (str(each.start), str(each.end), each.period)
        for readings in held.series.get(card.id, {}).values() for each in readings
    }
    last = sorted(found)[-card.source.years :]
    if not last:
        return None
    periods = tuple(period for _, _, period in last)
    label = periods[0] if len(periods) == 1 else f"{periods[0]} to {periods[-1]}"
    return _Years(periods, label, last[0][0], last[-1][1])


def _joined(
    held: Evidence, each: Mapping[str, Mapping[str, Value]], period: str, least: float = LEAST_COVER
) -> Value | None:
    weights = {code: held.people.total(code) for code in each}
    return _mean(each, weights, period, Made.WEIGHTED, least)


def _mean(
    each: Mapping[str, Mapping[str, Value]], weights: Mapping[str, float], period: str, made: Made,
    least: float = LEAST_COVER,
) -> Value | None:
    pairs = [
        (value, weights[code]) for code, values in each.items()
        if (value := values.get(period)) is not None and value.value is not None and weights[code] > 0
    ]
    whole = sum(weight for weight in weights.values() if weight > 0)
    covered = sum(weight for _, weight in pairs)
    if not pairs or covered < least * whole:
        return None
    mean = sum((value.value or 0.0) * weight for value, weight in pairs) / covered
    first = pairs[0][0]
    return Value(mean, period, first.start, first.end, made, parts=len(pairs), cover=covered / whole)


def _periods(each: Mapping[str, Mapping[str, Value]]) -> list[str]:
    return list(dict.fromkeys(period for values in each.values() for period in values))


def _ordered(values: Mapping[str, Value | None]) -> list[str]:
    return sorted(values, key=lambda period: (values[period].start, values[period].end))  # type: ignore[union-attr]


# --- comparators ------------------------------------------------------------------------------------


def england_value(held: Evidence, card: Card, period: str) -> Value | None:
    """England's own published value in the period, or else the mean of its districts by people."""
    return held.once(("england", card.id, period), lambda: _england_value(held, card, period))


def _england_value(held: Evidence, card: Card, period: str) -> Value | None:
    if card.source.level is Level.AREA:
        return of_areas(held, card, np.arange(len(held.geography.areas)))
    published = None if card.source.per else published_at(held, card, held.geography.country, period)
    if published is not None and published.value is not None:
        return published
    each = {code: _for_level(held, card, code) for code in held.geography.districts}
    return _joined(held, each, period, least=ENGLAND_COVER if card.source.per else LEAST_COVER)


def all_districts(held: Evidence, card: Card, period: str) -> NDArray[np.float64]:
    """The values of every district in the period, in the order of `geography.districts`; NaN where unknown."""
    return held.once(("districts", card.id, period), lambda: _all_districts(held, card, period))


def _all_districts(held: Evidence, card: Card, period: str) -> NDArray[np.float64]:
    districts = held.geography.districts
    if card.source.level is Level.AREA:
        found = [of_areas(held, card, held.geography.areas_in([code])).value for code in districts]
    else:
        found = [
            None if (value := _for_level(held, card, code).get(period)) is None else value.value
            for code in districts
        ]
    return np.array([np.nan if value is None else value for value in found], dtype=np.float64)


def years_old(value: Value, today: date) -> int:
    """Whole years since the value's period ended."""
    end = date.fromisoformat(value.end or value.start) if value.end or value.start else today
    return max((today - end).days // 365, 0)
