"""Small areas four ways: need with little in reach, need with much, and the same of areas with less need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from commonweal.core.figure import Figure, Grade, Quality, Unit
from commonweal.methods.arrays import Reals
from commonweal.methods.mismatch import Places, four_ways, weighted_middle
from commonweal.needs.assessment import Assessment, SmallArea
from commonweal.needs.content import read
from commonweal.needs.queries.evidence import Evidence
from commonweal.needs.queries.figures import Facts, Maker
from commonweal.needs.queries.reach import Way, land_between
from commonweal.needs.wording import fill

BARE, SERVED, SPARSE, EASY = 1, 2, 3, 4


@dataclass(frozen=True, slots=True)
class AreaStands:
    """One small area: where it stands (0 not known), and whether it stands there under other assumptions too."""

    code: str
    label: str
    people: float
    tenth: float | None
    per_10000: float
    minutes: float
    stands: int
    firm: bool


@dataclass(frozen=True, slots=True)
class NeedReach:
    """Every small area of a place; `least` is the middle of the country, in reach for 10,000 people."""

    made: Assessment
    kind: Mapping[str, Any]
    way: Way
    areas: tuple[AreaStands, ...]
    least: float
    shares: Mapping[int, Figure]
    period: str

    def of(self, stands: int) -> tuple[AreaStands, ...]:
        """The areas that stand so, the most people first."""
        return tuple(sorted((one for one in self.areas if one.stands == stands), key=lambda one: -one.people))

    @property
    def moving(self) -> int:
        """Areas that would stand elsewhere under other assumptions."""
        return sum(not one.firm for one in self.areas)


def need_reach_of(maker: Maker, made: Assessment, kind: Mapping[str, Any], way: Way) -> NeedReach | None:
    """Where every small area stands; None where no small area or no place of the kind is known."""
    held = maker.held
    known = [area for area in made.small_areas if area.place.code in held.geography.index]
    land = land_between(held, kind["kind"], way)
    if not known or not land.sites:
        return None
    here = held.geography.places([area.place.code for area in known])
    stands, least = _stands(held, kind["kind"], way, here, _tenths(known, "middle"))
    firm = np.all([stands == one for one in _others(held, kind["kind"], way, here, known)], axis=0)
    people = np.nan_to_num(held.small.people)[here]
    minutes = way.minutes_of(land.nearest[here])
    areas = tuple(
        AreaStands(
            area.place.code, area.label or area.place.name, float(people[at]), area.need_decile.value,
            float(land.access[here[at]]), float(minutes[at]), int(stands[at]), bool(firm[at]),
        )
        for at, area in enumerate(known)
    )
    return NeedReach(
        made, kind, way, areas, least, _shares(maker, made, kind, way, areas), held.provided[kind["kind"]].year,
    )


def _stands(held: Evidence, kind: str, way: Way, here: Any, tenths: Reals) -> tuple[Places, float]:
    """Where areas stand beside the middle of the country, each by the same way of going."""
    access = land_between(held, kind, way).access
    people = np.nan_to_num(held.small.people)
    least = weighted_middle(access, people)
    return four_ways(tenths, access[here], in_need=read("reach")["need_tenths"], least=least), least


def _others(held: Evidence, kind: str, way: Way, here: Any, known: list[SmallArea]) -> list[Places]:
    """The same where ways are shorter or longer, and where need is made otherwise."""
    detour, middle = read("reach")["detour"], _tenths(known, "middle")
    found = [_stands(held, kind, replace(way, detour=detour[end]), here, middle)[0] for end in ("low", "high")]
    return found + [_stands(held, kind, way, here, _tenths(known, end))[0] for end in ("low", "high")]


def _tenths(known: list[SmallArea], end: str) -> Reals:
    """Tenths of need: as they are, or the least and most under other defensible methods."""
    given = [
        area.need_decile.value if end == "middle" else area.decile_low if end == "low" else area.decile_high
        for area in known
    ]
    return np.array([np.nan if not one else float(one) for one in given])


def _shares(
    maker: Maker, made: Assessment, kind: Mapping[str, Any], way: Way, areas: tuple[AreaStands, ...]
) -> dict[int, Figure]:
    """The share of people in each of the four."""
    said = read("need_reach")
    whole = sum(one.people for one in areas)
    provided = maker.held.provided[kind["kind"]]
    quality = Quality(Grade.C, (read("reach")["words"]["quality"], read("quality")["register"], said["quality"]))
    facts = Facts(provided.year, provided.dataset, method_words(kind, way), quality, round(whole))
    return {
        stands: maker.simple(
            100 * sum(one.people for one in areas if one.stands == stands) / whole if whole else None,
            Unit.PERCENT, fill(said["base"], kind=said["kinds"][stands]["title"].lower()), made.place, facts=facts,
            missing="" if whole else "nobody is known to live here",
        )
        for stands in (BARE, SERVED, SPARSE, EASY)
    }


def method_words(kind: Mapping[str, Any], way: Way) -> str:
    """How it is worked out, with its thresholds."""
    words = read("reach")["words"]
    reach = fill(words["method"], detour=way.detour, kmh=f"{way.kmh:g}")
    said = fill(read("need_reach")["method"], tenths=read("reach")["need_tenths"], many=kind["many"])
    return f"{said} {words['method_access']} {reach}"
