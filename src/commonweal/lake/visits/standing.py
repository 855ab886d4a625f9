"""What stands of each member in a year, so that a new month is added to it and no older month is read again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray

from commonweal.lake.visits.store import Dictionary, VisitStore
from commonweal.lake.visits.summary import NOT_KNOWN, Row, Summary, SummaryStore, months_of, word, year_of
from commonweal.lake.whole_file import whole_file

_AREAS, _AGES = 1 << 21, 1 << 8
_READ = ("member", "site", "area", "age", "visits", "pence")
Whole = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Standing:
    """One year's members by their number (n,), and the sums of its months.

    visits: of each member. area, age: what was known last, as month of the year and value in one number, -1 for
    nothing. sites: (sites, n), who was there. flow_keys: site, area and whether the member is known in one number
    (k,); flow_sums: visits, priced visits and pence of each (3, k). months: the folder from which each month was
    read, by which a month that was replaced is known.
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
    {}, np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.int16), np.zeros((0, 0), np.bool_),
    np.zeros(0, np.int64), np.zeros((3, 0), np.int64),
)


def add_month(held: Standing, path: Path, month: int, folder: str) -> Standing:
    """The standing with one month's roll-up added: O(rows of the month + members), whatever was held before.

    `path` is the roll-up (member, site, area, age, visits, pence; empty where not known), `month` YYYYMM. Months
    come in any order; each once. Errors: a month that is in it already.
    Source: sums and maxima are commutative and associative, so adding equals counting all again.
    """
    if month in held.months:
        raise ValueError(f"Month {month} is in this year's sums already.")
    table = pq.read_table(path, columns=list(_READ))
    rows = {name: _filled(table, name) for name in _READ}
    known = rows["member"] >= 0
    member, site = rows["member"][known], np.maximum(rows["site"][known], 0)
    grown = _grown(held, int(member.max(initial=-1)) + 1, int(site.max(initial=-1)) + 1)
    at = months_of(year_of(month)).index(month)
    grown.visits[:] += np.bincount(member, rows["visits"][known], len(grown.visits)).astype(np.int32)
    _last(grown.area, member, rows["area"][known], at * _AREAS)
    _last(grown.age, member, rows["age"][known], at * _AGES)
    real = rows["site"][known] >= 0
    grown.sites[site[real], member[real]] = True
    priced = np.asarray(table["pence"].is_valid())
    keys, sums = _flows(held, rows, priced)
    return replace(grown, months={**held.months, month: folder}, flow_keys=keys, flow_sums=sums)


def summary_of(
    years: Mapping[int, Standing], year: int, said: Dictionary, held: frozenset[int]
) -> Summary:
    """One year's summary from what stands; `years` are all held, `held` all months held."""
    one = years[year]
    there = np.flatnonzero(one.visits)
    visits = one.visits[there].astype(np.int64)
    each, people = np.unique(visits, return_counts=True)
    flows = _flow_rows(one, said)
    total, by_card = sum(row[3] for row in flows), int(visits.sum())
    return Summary(
        year=year, months=tuple(sorted(one.months)), visits=total, known_visits=by_card,
        histogram=_pairs(each, people), people=_homes(one, there, visits, said), flows=tuple(sorted(flows)),
        sites=tuple(
            (word(said.site, site), count) for site, count in enumerate(one.sites.sum(axis=1).tolist()) if count
        ),
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
                size = len(data["visits"])
                sites = np.unpackbits(data["sites"], axis=1, count=size).astype(np.bool_)
                months = {int(month): folder for month, folder in said["months"].items()}
                flows = data["flow_keys"], data["flow_sums"]
                return Standing(months, data["visits"], data["area"], data["age"], sites, *flows)
        except (OSError, EOFError, ValueError, KeyError, BadZipFile):
            return EMPTY  # made again from the months

    def _write(self, year: int, held: Standing) -> None:
        said = json.dumps({"months": dict(held.months)})
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with whole_file(self._folder / f"standing-{year:d}.npz", lasting=False) as file:
            np.savez(
                file, visits=held.visits, area=held.area, age=held.age, sites=np.packbits(held.sites, axis=1),
                flow_keys=held.flow_keys, flow_sums=held.flow_sums,
                said=np.frombuffer(said.encode(), np.uint8),
            )


def _filled(table: Any, name: str) -> Whole:
    """A column with -1 for nothing, pence with 0."""
    empty = 0 if name == "pence" else -1
    return np.asarray(table[name].cast("int64").fill_null(empty))


def _grown(held: Standing, members: int, sites: int) -> Standing:
    """A copy with room for so many members and sites."""
    size, more = max(len(held.visits), members), max(len(held.sites), sites)
    new = Standing(
        held.months, np.zeros(size, np.int32), np.full(size, NOT_KNOWN, np.int32),
        np.full(size, NOT_KNOWN, np.int16), np.zeros((more, size), np.bool_), held.flow_keys,
        held.flow_sums,
    )
    before = len(held.visits)
    new.visits[:before], new.area[:before], new.age[:before] = held.visits, held.area, held.age
    new.sites[: len(held.sites), :before] = held.sites
    return new


def _last(kept: Whole, member: Whole, value: Whole, month: int) -> None:
    """Keep the value of the latest month, the largest of it where there are several."""
    told = value >= 0
    np.maximum.at(kept, member[told], (month + value[told]).astype(kept.dtype))


def _flows(held: Standing, rows: Mapping[str, Whole], priced: Whole) -> tuple[Whole, Whole]:
    """Site, area and whether the member is known in one number, with visits, priced visits and pence of each."""
    known = (rows["member"] >= 0).astype(np.int64)
    key = ((rows["site"] + 1) * _AREAS + rows["area"] + 1) * 2 + known
    more = np.stack([rows["visits"], rows["visits"] * priced, rows["pence"]])
    keys, back = np.unique(np.concatenate((held.flow_keys, key)), return_inverse=True)
    every = np.concatenate((held.flow_sums, more), axis=1)
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


def _homes(one: Standing, there: Whole, visits: Whole, said: Dictionary) -> tuple[Row, ...]:
    """People and their visits by home and age."""
    area, age = one.area[there].astype(np.int64), one.age[there].astype(np.int64)
    area = np.where(area < 0, -1, area % _AREAS)
    age = np.where(age < 0, -1, age % _AGES)
    keys, back, people = np.unique((area + 1) * _AGES + age + 1, return_inverse=True, return_counts=True)
    made = np.bincount(back, visits, len(keys)).astype(np.int64)
    rows = [
        (key // _AGES - 1, key % _AGES - 1, count, came)
        for key, count, came in zip(keys.tolist(), people.tolist(), made.tolist(), strict=True)
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
