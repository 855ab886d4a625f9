"""What partners see of a system's year: what was released, and what is newer only where both may be known."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from commonweal.core.release_register import ReleaseRegister
from commonweal.lake.visits.summary import Summary, summary_from
from commonweal.lake.whole_file import write_whole
from commonweal.needs.models import VisitSystem
from commonweal.needs.queries.benefit_counts import people_tables
from commonweal.needs.queries.benefit_place import BenefitPlace, place_from
from commonweal.needs.queries.visit_store import visit_store

RULE = "place"


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


def released_year(row: VisitSystem, summary: Summary, land: BenefitPlace | None, *, today: date) -> Released:
    """What others see of a year. What is newer goes out, and is written down, where nothing before forbids it.

    The first look is the release: what nobody but its own organisation has seen cannot be set beside anything.
    """
    path = _path(row, summary.year)
    kept = _read(path)
    tables = people_tables(summary, land)
    register = kept.register if kept else ReleaseRegister(RULE)
    admission = register.asked(tables)
    if kept is not None and not admission.admitted:
        return Released(kept.released.summary, kept.released.land, kept.released.on, admission.apart)
    fresh = register.with_release(tables, today)
    if kept is not None and fresh == register and _counts(kept.released) == tables:
        return Released(summary, land, kept.released.on)
    released = Released(summary, land, today)
    _write(path, _Kept(fresh, released))
    return released


def held_back(row: VisitSystem, summary: Summary, land: BenefitPlace | None) -> Released | None:
    """What partners still see, where what is held now may not go out beside it; nothing where it may."""
    kept = _read(_path(row, summary.year))
    if kept is None:
        return None
    apart = kept.register.asked(people_tables(summary, land)).apart
    return Released(kept.released.summary, kept.released.land, kept.released.on, apart) if apart else None


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
    }))


def _read(path: Path) -> _Kept | None:
    try:
        data = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return None
    releases = tuple((date.fromisoformat(day), tables) for day, tables in data["releases"])
    land = place_from(data["land"]) if data["land"] else None
    released = Released(summary_from(data["summary"]), land, date.fromisoformat(data["on"]))
    return _Kept(ReleaseRegister(data["rule"], releases), released)
