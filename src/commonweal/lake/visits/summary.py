"""One financial year of a system's visits in a few thousand numbers, kept so that a page need not read visits."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from commonweal.lake import engine
from commonweal.lake.visits import expressions as ask
from commonweal.lake.visits.store import Dictionary, VisitStore
from commonweal.lake.whole_file import write_whole

APRIL = 4
NOT_KNOWN = -1
ELSEWHERE = "elsewhere"  # the home of whoever lives outside the place, in a summary narrowed to it
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """True counts of one year, never to be shown but through the release function.

    `year` is the one in which it begins, `months` those of it that are held. histogram: visits, people.
    people: home area ("" not known), band of age (-1), people, visits. flows: site, home area, member known,
    visits, visits with a price, pence. sites: site, people. movement: new, kept, returning, lapsed; empty where
    the year before is not held whole; `returning` is NOT_KNOWN where nothing before that is held.
    """

    year: int
    months: tuple[int, ...]
    visits: int
    known_visits: int
    histogram: tuple[Row, ...]
    people: tuple[Row, ...]
    flows: tuple[Row, ...]
    sites: tuple[Row, ...]
    movement: tuple[int, ...] = ()

    @property
    def members(self) -> int:
        """Different people whose card is known."""
        return sum(people for _, people in self.histogram)

    @property
    def whole(self) -> bool:
        """Whether all twelve months are held."""
        return len(self.months) == 12

    @property
    def label(self) -> str:
        """The year as the public sector writes it."""
        return f"{self.year}/{(self.year + 1) % 100:02d}"


def year_of(month: int) -> int:
    """The year in which the financial year of a month (YYYYMM) begins."""
    return month // 100 - (month % 100 < APRIL)


def months_of(year: int) -> tuple[int, ...]:
    """The twelve months of a financial year."""
    return (*(year * 100 + month for month in range(APRIL, 13)), *((year + 1) * 100 + m for m in range(1, APRIL)))


def summarise(
    rollup: Any, said: Dictionary, year: int, *, held: Iterable[int], run: Callable[[Any], Any] = engine.run
) -> Summary:
    """The summary of one year from the roll-up; `held` are all months held."""
    first, last = months_of(year)[0], months_of(year)[-1]
    every = set(held)
    before = months_of(year - 1)
    who = ask.people(rollup, first=first, last=last)
    rows = run(flows(rollup, first=first, last=last)).to_pylist()
    moved: tuple[int, ...] = ()
    if every >= set(before):
        one = run(ask.movement(rollup, first=first, last=last, before=before[0])).to_pylist()[0]
        back = int(one["returning"]) if min(every) < before[0] else NOT_KNOWN
        moved = (int(one["new"]), int(one["kept"]), back, int(one["lapsed"]))
    return Summary(
        year=year, months=tuple(one for one in months_of(year) if one in every),
        visits=sum(row["visits"] for row in rows),
        known_visits=sum(row["visits"] for row in rows if row["known"]),
        histogram=_rows(run(ask.histogram(who)), "visits", "people"),
        people=tuple(
            (word(said.area, area), age, people, visits)
            for area, age, people, visits in _rows(run(_homes(who)), "area", "age", "people", "visits")
        ),
        flows=tuple(sorted(
            (word(said.site, row["site"]), word(said.area, row["area"]), row["known"], row["visits"],
             row["priced"], row["pence"]) for row in rows
        )),
        sites=tuple(
            (word(said.site, site), people)
            for site, people in _rows(run(ask.site_people(rollup, first=first, last=last)), "site", "people")
        ),
        movement=moved,
    )


def flows(rollup: Any, *, first: int, last: int) -> Any:
    """Visits and what was paid by site, home area (-1 not known) and whether the member is known."""
    rows = rollup.filter((rollup.month >= first) & (rollup.month <= last))
    keys = {
        "site": rows.site.fill_null(-1).cast("int64"), "area": rows.area.fill_null(-1).cast("int64"),
        "known": rows.member.notnull().ifelse(1, 0).cast("int64"),
    }
    count = rows.visits.cast("int64")
    return rows.group_by(**keys).aggregate(
        visits=count.sum().cast("int64"),
        priced=rows.pence.notnull().ifelse(count, 0).sum().cast("int64"),
        pence=rows.pence.cast("int64").sum().fill_null(0).cast("int64"),
    )


def _homes(who: Any) -> Any:
    return who.group_by("area", "age").aggregate(
        people=who.count().cast("int64"), visits=who.visits.sum().cast("int64")
    )


def narrow_to(whole: Summary, inside: frozenset[str]) -> Summary:
    """The summary with every home outside `inside` called ELSEWHERE; homes not known stay so."""
    def home(area: str) -> str:
        return area if not area or area in inside else ELSEWHERE

    people = _summed(((home(area), age), rest) for area, age, *rest in whole.people)
    flows = _summed(((site, home(area), known), rest) for site, area, known, *rest in whole.flows)
    return replace(whole, people=people, flows=flows)


class SummaryStore:
    """The kept summaries of one system, one file a year."""

    def __init__(self, store: VisitStore) -> None:
        self._store = store
        self._folder = store.root / "summaries"

    def years(self) -> tuple[int, ...]:
        """The years kept, latest first."""
        found = self._folder.glob("[0-9][0-9][0-9][0-9].json")
        return tuple(sorted((int(path.stem) for path in found), reverse=True))

    def read(self, year: int) -> Summary | None:
        """One year; nothing where it is not kept."""
        return _read(self._folder / f"{year:d}.json")

    def keep(self, summary: Summary) -> None:
        """Keep one year whole, in place of what was kept of it."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(self._folder / f"{summary.year:d}.json", json.dumps(asdict(summary)))
        for narrow in self._folder.glob(f"{summary.year:d}-*.json"):
            narrow.unlink(missing_ok=True)

    def narrowed(self, year: int, inside: frozenset[str]) -> Summary | None:
        """One year with every home outside a place as one, kept beside it so that a page reads kilobytes."""
        mark = hashlib.sha256("\n".join(sorted(inside)).encode()).hexdigest()[:16]
        path = self._folder / f"{year:d}-{mark}.json"
        narrow = _read(path)
        if narrow is None and (whole := self.read(year)) is not None:
            narrow = narrow_to(whole, inside)
            write_whole(path, json.dumps(asdict(narrow)), lasting=False)
        return narrow


def _summed(rows: Iterable[tuple[Row, list[int]]]) -> tuple[Row, ...]:
    found: defaultdict[Row, list[int]] = defaultdict(list)
    for key, values in rows:
        held = found[key]
        found[key] = [a + b for a, b in zip(held, values, strict=True)] if held else values
    return tuple(sorted((*key, *values) for key, values in found.items()))


def _read(path: Path) -> Summary | None:
    try:
        data = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return None
    return summary_from(data)


def summary_from(data: dict[str, Any]) -> Summary:
    """A summary from its plain data."""
    lists = ("histogram", "people", "flows", "sites")
    listed = {name: tuple(tuple(row) for row in data[name]) for name in lists}
    return Summary(**{
        **data, **listed, "months": tuple(data["months"]), "movement": tuple(data["movement"]),
    })


def _rows(table: Any, *names: str) -> tuple[Row, ...]:
    return tuple(sorted(tuple(row[name] for name in names) for row in table.to_pylist()))


def word(words: tuple[str, ...], at: int) -> str:
    """What a number stands for, empty for -1."""
    return words[at] if at >= 0 else ""
