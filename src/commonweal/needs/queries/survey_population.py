"""What is published of the people of a place, in the groups in which a survey's answers say who answered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

import numpy as np

from commonweal.core import clock
from commonweal.core.models import PartnershipPlace
from commonweal.core.stores import stores
from commonweal.lake.store import Store
from commonweal.lake.surveys.groups import OLDEST, ages_in
from commonweal.lake.surveys.words import Use
from commonweal.lake.visits.areas import home_areas, written
from commonweal.needs.content import read
from commonweal.needs.queries.assessments import scope_of
from commonweal.needs.queries.evidence import Evidence, evidence
from commonweal.needs.queries.people import ages_of
from commonweal.needs.queries.scope import NoSuchPlace, Scope, drawn_scope


@dataclass(frozen=True, slots=True)
class MakeUp:
    """The people of a place by one characteristic: each group's number, of whom, when, from where."""

    use: Use
    people: Mapping[str, float]
    base: str
    period: str
    source: str


@dataclass(frozen=True, slots=True)
class Land:
    """A partnership's place with all that is held of it."""

    held: Evidence
    scope: Scope


class BandsOverlap(ValueError):
    """Two bands of age hold the same year, so nobody can be counted into them."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(f"{one}, {other}")
        self.one, self.other = one, other


@dataclass(frozen=True, slots=True)
class Where:
    """Where a partnership's place is to be found: the store, and its codes or the areas it is drawn of."""

    store: Store
    codes: tuple[str, ...]
    drawn: tuple[str, ...]
    name: str


def where_of(partnership: UUID) -> Where | None:
    """Where the place of a partnership is found today; nothing where it has none or the store is empty."""
    rows = list(PartnershipPlace.objects.on(clock.today()).filter(partnership=partnership).order_by("id"))
    codes = tuple(row.code for row in rows if row.code)
    drawn = tuple(area for row in rows for area in row.areas)
    if not rows or (codes and drawn):
        return None
    store = stores().for_code((codes or drawn)[0])
    return Where(store, codes, drawn, rows[0].name) if store.exists else None


def land_of(partnership: UUID) -> Land | None:
    """The place of a partnership today, where its store is filled and knows it; else nothing."""
    where = where_of(partnership)
    return land_at(where) if where else None


def land_at(where: Where) -> Land | None:
    """The place with all that is held of it; nothing where the store does not know it."""
    held, codes = evidence(where.store), where.codes
    try:
        scope = drawn_scope(held, list(where.drawn), where.name) if where.drawn else scope_of(
            held, codes[0] if len(codes) == 1 else list(codes))
    except (NoSuchPlace, LookupError):
        return None
    return Land(held, scope)


def make_up(land: Land, use: Use, groups: Iterable[str]) -> MakeUp | None:
    """The people by one characteristic, in the groups that answered; None where no figures are held.

    Raises BandsOverlap where bands of age hold the same year.
    """
    if use is Use.AGE:
        return _ages(land, sorted(groups, key=ages_in))
    if use is Use.SEX:
        return _sexes(land)
    if use is Use.AREA:
        return _wards(land)
    return _census(land, use)


def area_finder(land: Land | None) -> Callable[[list[str]], list[str | None]]:
    """Which ward each cell names: by name, by code, by small area, or by the postcode it holds."""
    if land is None:
        return lambda cells: [None] * len(cells)
    known = land.held.geography
    wards = {str(code): known.name(str(code)) for code in known.ward[land.scope.areas] if code}
    names = {_bare(name): name for name in wards.values()} | {code.casefold(): wards[code] for code in wards}
    small = {str(known.areas[at]): wards.get(str(known.ward[at])) for at in land.scope.areas}

    def found(cells: list[str]) -> list[str | None]:
        posted = sorted({cell for cell in cells if written(cell)})
        homes = dict(zip(posted, home_areas(land.held.store, {}).find(posted), strict=True)) if posted else {}
        named = {cell: names.get(_bare(cell)) or small.get(cell.strip()) for cell in set(cells)}
        return [small.get(homes.get(cell) or "") if written(cell) else named[cell] for cell in cells]

    return found


def _bare(name: str) -> str:
    return name.strip().casefold().removesuffix(" ward").replace("&", "and").strip()


def _ages(land: Land, groups: list[str]) -> MakeUp | None:
    """Each band from where the one before ended, so that no age between two of them is left out."""
    found = ages_of(land.held, land.scope)
    if found is None or not groups:
        return None
    ages, period, dataset = found
    people: dict[str, float] = {}
    next_age = ages_in(groups[0])[0]
    for before, group in zip([groups[0], *groups], groups, strict=False):
        first, last = ages_in(group)
        if first < next_age:
            raise BandsOverlap(before, group)
        people[group] = float(ages[next_age : last + 1].sum())
        next_age = last + 1
    words, first = read("survey")["words"], ages_in(groups[0])[0]
    over = next_age > OLDEST
    base = words["ages_over" if over else "ages"].format(first=first, last=next_age - 1)
    return MakeUp(Use.AGE, people, base, period, land.held.source(dataset).title)


def _sexes(land: Land) -> MakeUp | None:
    """Men and women of the districts, from the latest table that tells them apart; else of the small areas."""
    small = [str(land.held.geography.areas[at]) for at in land.scope.areas]
    return _sexes_of(land, "district", list(land.scope.districts)) or _sexes_of(land, "lsoa", small)


def _sexes_of(land: Land, kind: str, codes: list[str]) -> MakeUp | None:
    """Of areas of one kind; None where a table does not tell men and women apart in every one of them."""
    store = land.held.store
    table = store.table("population")
    rows = table.filter(
        (table.area_kind == kind) & table.area_code.isin(codes or [""])
        & table.sex.isin(["male", "female"]) & (table.age_to - table.age_from < 100)
    )
    found = store.arrow(rows.group_by("dataset", "period", "period_start", "sex").agg(
        people=rows["count"].sum(), areas=rows.area_code.nunique()))
    every = sorted((row for row in found.to_pylist() if row["areas"] == len(set(codes))),
                   key=lambda row: str(row["period_start"]))
    if not every:
        return None
    latest = every[-1]
    people = {
        row["sex"].capitalize(): float(row["people"] or 0) for row in every
        if (row["dataset"], row["period"]) == (latest["dataset"], latest["period"])
    }
    if len(people) < 2:
        return None
    return MakeUp(Use.SEX, people, _everyone(), latest["period"], land.held.source(latest["dataset"]).title)


def _wards(land: Land) -> MakeUp | None:
    known, small, here = land.held.geography, land.held.small, land.scope.areas
    people: dict[str, float] = {}
    for code, count in zip(known.ward[here].tolist(), np.nan_to_num(small.people[here]).tolist(), strict=True):
        if code:
            people[known.name(code)] = people.get(known.name(code), 0.0) + count
    if not sum(people.values()):
        return None
    return MakeUp(
        Use.AREA, people, _everyone(), small.people_period.label, land.held.source(small.people_dataset).title
    )


def _census(land: Land, use: Use) -> MakeUp | None:
    table = next(one for one in read("people")["tables"] if one["key"] == use.value)
    counts = land.held.small.counts.get((table["dataset"], table["indicator"]))
    if counts is None:
        return None
    people = {
        group["words"]: float(np.nansum(counts.of([group["category"]])[land.scope.areas]))
        for group in table["groups"]
    }
    if not sum(people.values()):
        return None
    return MakeUp(use, people, table["base"], counts.period.label, land.held.source(table["dataset"]).title)


def _everyone() -> str:
    return str(read("people")["ages"]["base"])


