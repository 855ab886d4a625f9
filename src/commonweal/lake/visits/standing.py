"""What stands of each member in a year, so that a new month is added to it and no older month is read again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from commonweal.lake.visits.layout import BITS, beside
from commonweal.lake.visits.store import Dictionary, VisitStore
from commonweal.lake.visits.summary import NOT_KNOWN, Row, Summary, SummaryStore, months_of, word, year_of
from commonweal.lake.whole_file import whole_file

_AREAS, _AGES = 1 << 21, 1 << 8
_FLOWS = ("site", "area", "known", "visits", "priced", "pence")
Whole = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Standing:
    """One year's members by their number (n,), and the sums of its months.

    visits: of each member. area, age: what was known last, as month of the year and value in one number, -1 for
    nothing. sites: (words, n), where they were, a site a bit. flow_keys: site, area and whether the member is
    known in one number (k,); flow_sums: visits, priced visits and pence of each (3, k). months: the folder from
    which each month was read, by which a month that was replaced is known.
    """

    months: Mapping[int, str]
    visits: Whole
    area: Whole
    age: Whole
    sites: Whole
    flow_keys: Whole
    flow_sums: Whole

    @property
    def seen(self) -> Whole:
        """Who came at all, (n,)."""
        return self.visits > 0


EMPTY = Standing(
    {}, np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.int16), np.zeros((0, 0), np.int64),
    np.zeros(0, np.int64), np.zeros((3, 0), np.int64),
)


def add_month(held: Standing, path: Path, month: int, folder: str) -> Standing:
    """The standing with one month's roll-up added: O(members), whatever was held before.

    `path` is the roll-up, with people.parquet and flows.parquet beside it, `month` YYYYMM. Months come in any
    order; each once. Errors: a month that is in it already.
    Source: sums and maxima are commutative and associative, so adding equals counting all again.
    """
    if month in held.months:
        raise ValueError(f"Month {month} is in this year's sums already.")
    table = beside(path, "people")
    who, area, age, visits = (np.asarray(table[name]) for name in ("member", "area", "age", "visits"))
    there = [np.asarray(table[name]) for name in table.column_names if name.startswith("sites_")]
    grown = _grown(held, int(who[-1]) + 1 if len(who) else 0, len(there))
    at = months_of(year_of(month)).index(month)
    grown.visits[who] += visits
    for kept, last, most in ((grown.area, area, _AREAS), (grown.age, age, _AGES)):
        kept[who] = np.maximum(kept[who], np.where(last < 0, NOT_KNOWN, last + at * most))
    for word_of_sites, bits in zip(grown.sites, there, strict=False):
        word_of_sites[who] |= bits
    keys, sums = _flows(held, path)
    return replace(grown, months={**held.months, month: folder}, flow_keys=keys, flow_sums=sums)


def summary_of(
    years: Mapping[int, Standing], year: int, said: Dictionary, held: frozenset[int]
) -> Summary:
    """One year's summary from what stands; `years` are all held, `held` all months held."""
    one = years[year]
    there = np.flatnonzero(one.visits)
    visits = one.visits[there].astype(np.int64)
    people = np.bincount(visits)
    each = np.flatnonzero(people)
    flows = _flow_rows(one, said)
    total, by_card = sum(row[3] for row in flows), int(visits.sum())
    return Summary(
        year=year, months=tuple(sorted(one.months)), visits=total, known_visits=by_card,
        histogram=_pairs(each, people[each]), people=_homes(one, there, visits, said), flows=tuple(sorted(flows)),
        sites=_sites(one, said),
        movement=_movement(years, year, held),
    )


class StandingStore:
    """The standing of each year of one system, beside its summaries."""

    def __init__(self, store: VisitStore) -> None:
        self._store = store
        self._folder = store.root / "summaries"

    def renewed(self, year: int) -> Standing:
        """The year as its months are now: those not yet in it are added, all again where one was replaced."""
        months = {one.month: one.folder for one in self._store.manifest.months if year_of(one.month) == year}
        held = self._read(year)
        if not held.months.items() <= months.items():
            held = EMPTY
        missing = [month for month in sorted(months) if month not in held.months]
        for month in missing:
            (path,) = self._store.files("rollup", (month,))
            held = add_month(held, path, month, months[month])
        if missing:
            self._write(year, held)
        return held

    def _read(self, year: int) -> Standing:
        try:
            with np.load(self._folder / f"standing-{year:d}.npz") as data:
                said = json.loads(bytes(data["said"]))
                months = {int(month): folder for month, folder in said["months"].items()}
                flows = data["flow_keys"], data["flow_sums"]
                return Standing(months, data["visits"], data["area"], data["age"], data["there"], *flows)
        except (OSError, EOFError, ValueError, KeyError, BadZipFile):
            return EMPTY  # made again from the months

    def _write(self, year: int, held: Standing) -> None:
        said = json.dumps({"months": dict(held.months)})
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with whole_file(self._folder / f"standing-{year:d}.npz", lasting=False) as file:
            np.savez(
                file, visits=held.visits, area=held.area, age=held.age, there=held.sites,
                flow_keys=held.flow_keys, flow_sums=held.flow_sums,
                said=np.frombuffer(said.encode(), np.uint8),
            )


def _grown(held: Standing, members: int, words: int) -> Standing:
    """A copy with room for so many members, and words of sites."""
    size, more = max(len(held.visits), members), max(len(held.sites), words)
    new = Standing(
        held.months, np.zeros(size, np.int32), np.full(size, NOT_KNOWN, np.int32),
        np.full(size, NOT_KNOWN, np.int16), np.zeros((more, size), np.int64), held.flow_keys,
        held.flow_sums,
    )
    before = len(held.visits)
    new.visits[:before], new.area[:before], new.age[:before] = held.visits, held.area, held.age
    new.sites[: len(held.sites), :before] = held.sites
    return new


def _flows(held: Standing, path: Path) -> tuple[Whole, Whole]:
    """Site, area and whether the member is known in one number, with visits, priced visits and pence of each."""
    table = beside(path, "flows")
    site, area, known, *more = (np.asarray(table[name].cast("int64")) for name in _FLOWS)
    key = ((site + 1) * _AREAS + area + 1) * 2 + known
    keys, back = np.unique(np.concatenate((held.flow_keys, key)), return_inverse=True)
    every = np.concatenate((held.flow_sums, np.stack(more)), axis=1)
    sums = np.zeros((3, len(keys)), np.int64)
    for total, column in zip(sums, every, strict=True):
        np.add.at(total, back, column)
    return keys, sums


def _flow_rows(one: Standing, said: Dictionary) -> list[Row]:
    """The same as rows in words."""
    place, known = np.divmod(one.flow_keys, 2)
    site, area = np.divmod(place, _AREAS)
    return [
        (word(said.site, at_site - 1), word(said.area, at_area - 1), is_known, *sums)
        for at_site, at_area, is_known, *sums in zip(
            site.tolist(), area.tolist(), known.tolist(), *one.flow_sums.tolist(), strict=True)
    ]


def _sites(one: Standing, said: Dictionary) -> tuple[Row, ...]:
    """Different people at each site."""
    found = (
        (site, int(np.count_nonzero(one.sites[site // BITS] & np.int64(1 << site % BITS))))
        for site in range(min(len(said.site), len(one.sites) * BITS))
    )
    return tuple((word(said.site, site), count) for site, count in found if count)


def _homes(one: Standing, there: Whole, visits: Whole, said: Dictionary) -> tuple[Row, ...]:
    """People and their visits by home and age."""
    area, age = one.area[there].astype(np.int64), one.age[there].astype(np.int64)
    area = np.where(area < 0, -1, area % _AREAS)
    age = np.where(age < 0, -1, age % _AGES)
    key = (area + 1) * _AGES + age + 1
    count, came = np.bincount(key), np.bincount(key, visits).astype(np.int64)
    keys = np.flatnonzero(count)
    rows = [
        (one // _AGES - 1, one % _AGES - 1, people, made)
        for one, people, made in zip(keys.tolist(), count[keys].tolist(), came[keys].tolist(), strict=True)
    ]
    return tuple((word(said.area, home), *rest) for home, *rest in rows)


def _movement(years: Mapping[int, Standing], year: int, held: frozenset[int]) -> tuple[int, ...]:
    """New, kept, returning and lapsed, as `expressions.movement` counts them."""
    before = months_of(year - 1)
    if not held >= set(before):
        return ()
    size = max(len(one.visits) for one in years.values())
    now, lately = (_wide(years[one].seen, size) for one in (year, year - 1))
    early = np.zeros(size, np.bool_)
    for one, standing in years.items():
        if one < year - 1:
            early |= _wide(standing.seen, size)
    back = int((now & ~lately & early).sum()) if min(held) < before[0] else NOT_KNOWN
    return int((now & ~lately & ~early).sum()), int((now & lately).sum()), back, int((~now & lately).sum())


def _wide(seen: Whole, size: int) -> Whole:
    return np.pad(seen, (0, size - len(seen)))


def _pairs(each: Whole, people: Whole) -> tuple[Row, ...]:
    return tuple(zip(each.tolist(), people.tolist(), strict=True))


def renew(store: VisitStore, months: Iterable[int]) -> tuple[int, ...]:
    """Keep the summaries of the years of some months, and of the years after them, which look back; the years."""
    every = frozenset(one.month for one in store.manifest.months)
    kept, standing, first = SummaryStore(store), StandingStore(store), min(map(year_of, months), default=9999)
    years = {year: standing.renewed(year) for year in sorted({year_of(month) for month in every})}
    touched = tuple(year for year in years if year >= first)
    said = store.dictionary()
    for year in touched:
        kept.keep(summary_of(years, year, said, every))
    return touched
