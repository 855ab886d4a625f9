"""What partners see of a system's year: what was released, and what is newer only where both may be known."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from commonweal.core.release_register import Admission, ReleaseRegister
from commonweal.lake.visits.summary import Summary, summary_from
from commonweal.lake.whole_file import write_whole
from commonweal.needs.models import VisitSystem
from commonweal.needs.queries.benefit_counts import people_tables
from commonweal.needs.queries.benefit_place import BenefitPlace, place_from
from commonweal.needs.queries.visit_store import visit_store

RULE = "place"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the register: what became of a look at a year, on a day, by whose people.

    `shown` is whether what was held went out; else `apart` counts in `tables` kept it back.
    """

    on: date
    to: str
    shown: bool
    apart: int = 0
    tables: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Register:
    """A year's register: its lines, oldest first, and what would become of what is held now (None: it may go)."""

    year: int
    entries: tuple[Entry, ...]
    now: Admission | None


@dataclass(frozen=True, slots=True)
class Released:
    """A year as others see it, and since when; `apart` counts keep what is newer from going out (0: none do)."""

    summary: Summary
    land: BenefitPlace | None
    on: date
    apart: int = 0


@dataclass(frozen=True, slots=True)
class _Kept:
    register: ReleaseRegister
    released: Released
    log: tuple[Entry, ...] = ()


def released_year(
    row: VisitSystem, summary: Summary, land: BenefitPlace | None, *, today: date, to: str = ""
) -> Released:
    """What others see of a year. What is newer goes out, and is written down, where nothing before forbids it.

    The first look is the release: what nobody but its own organisation has seen cannot be set beside anything.
    `to` is whose people look; what they were shown, and what was kept back from them, is written down once.
    """
    path = _path(row, summary.year)
    kept = _read(path)
    tables = people_tables(summary, land)
    register = kept.register if kept else ReleaseRegister(RULE)
    admission = register.asked(tables)
    if kept is not None and not admission.admitted:
        _note(path, kept, Entry(today, to, False, admission.apart, admission.tables))
        return Released(kept.released.summary, kept.released.land, kept.released.on, admission.apart)
    fresh = register.with_release(tables, today)
    if kept is not None and fresh == register and _counts(kept.released) == tables:
        return Released(summary, land, kept.released.on)
    released = Released(summary, land, today)
    _write(path, _Kept(fresh, released, (*(kept.log if kept else ()), Entry(today, to, True))))
    return released


def register_of(row: VisitSystem, summary: Summary, land: BenefitPlace | None) -> Register:
    """Everything that went out of a year and everything that was kept back, for its own organisation alone."""
    kept = _read(_path(row, summary.year))
    if kept is None:
        return Register(summary.year, (), None)
    asked = kept.register.asked(people_tables(summary, land))
    return Register(summary.year, kept.log, None if asked.admitted else asked)


def held_back(row: VisitSystem, summary: Summary, land: BenefitPlace | None) -> Released | None:
    """What partners still see, where what is held now may not go out beside it; nothing where it may."""
    kept = _read(_path(row, summary.year))
    if kept is None:
        return None
    apart = kept.register.asked(people_tables(summary, land)).apart
    return Released(kept.released.summary, kept.released.land, kept.released.on, apart) if apart else None


def _note(path: Path, kept: _Kept, entry: Entry) -> None:
    """Write down what was kept back, once for each reason; who asks again for the same adds nothing."""
    last = kept.log[-1] if kept.log else None
    if last is None or (last.shown, last.apart, last.tables) != (False, entry.apart, entry.tables):
        _write(path, _Kept(kept.register, kept.released, (*kept.log, entry)))


def _counts(released: Released) -> dict[str, dict[str, int]]:
    return people_tables(released.summary, released.land)


def _path(row: VisitSystem, year: int) -> Path:
    return visit_store(row).root / "released" / f"{year:d}.json"


def _write(path: Path, kept: _Kept) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    one = kept.released
    write_whole(path, json.dumps({
        "rule": kept.register.rule,
        "releases": [[day.isoformat(), tables] for day, tables in kept.register.releases],
        "summary": asdict(one.summary), "land": asdict(one.land) if one.land else None, "on": one.on.isoformat(),
        "log": [{**asdict(line), "on": line.on.isoformat()} for line in kept.log],
    }))


def _read(path: Path) -> _Kept | None:
    try:
        data = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return None
    releases = tuple((date.fromisoformat(day), tables) for day, tables in data["releases"])
    land = place_from(data["land"]) if data["land"] else None
    released = Released(summary_from(data["summary"]), land, date.fromisoformat(data["on"]))
    log = data.get("log") or [{"on": day, "to": "", "shown": True} for day, _ in data["releases"]]
    lines = tuple(
        Entry(**{**line, "on": date.fromisoformat(line["on"]), "tables": tuple(line.get("tables", ()))})
        for line in log
    )
    return _Kept(ReleaseRegister(data["rule"], releases), released, lines)
