"""What who-benefits needs of a place, kept in a few kilobytes: no page reads a country's evidence for it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np

from commonweal.core.figure import SourceRef
from commonweal.core.stores import own_store
from commonweal.lake.whole_file import write_whole
from commonweal.methods.arrays import Reals
from commonweal.needs.card import card
from commonweal.needs.queries.evidence_file import program
from commonweal.needs.queries.people import ages_of
from commonweal.needs.queries.provided import flat
from commonweal.needs.queries.reach import METRES, middles
from commonweal.needs.queries.survey_population import Land, Where, land_at, where_of
from commonweal.needs.queries.values import key_of
from commonweal.needs.queries.visit_store import deciles_of


@dataclass(frozen=True, slots=True)
class HomeArea:
    """One small area: its tenth of deprivation (0 not known), people, those of them on low incomes.

    `x` and `y` are metres on a plane of where its people live; nothing where that is not known.
    """

    code: str
    ward: str
    ward_name: str
    tenth: int
    people: float
    poor: float | None
    x: float | None = None
    y: float | None = None


@dataclass(frozen=True, slots=True)
class BenefitPlace:
    """The place; `ages` are people by single year, empty where not held."""

    name: str
    code: str
    areas: tuple[HomeArea, ...]
    period: str
    source: SourceRef
    ages: tuple[float, ...]
    ages_period: str
    ages_source: SourceRef | None

    @property
    def codes(self) -> frozenset[str]:
        """Its small areas."""
        return frozenset(one.code for one in self.areas)

    @property
    def tenths(self) -> dict[str, int]:
        """Tenths of deprivation by small area, 1 the worst off; empty where none are held."""
        return {one.code: one.tenth for one in self.areas if one.tenth}

    @property
    def population(self) -> int:
        """All who live there."""
        return round(sum(one.people for one in self.areas))

    def by_tenth(self, *, poor: bool = False) -> Reals:
        """People, or people on low incomes, in each tenth, (10,)."""
        at = np.array([one.tenth for one in self.areas], np.int64)
        weights = [(one.poor or 0.0) if poor else one.people for one in self.areas]
        return np.asarray(np.bincount(at, weights=weights, minlength=11)[1:11], np.float64)

    @property
    def knows_poor(self) -> bool:
        """Whether people on low incomes are held."""
        return any(one.poor for one in self.areas)


def benefit_place(partnership: UUID) -> BenefitPlace | None:
    """The place of a partnership, from what is kept where that still holds; nothing where it is not known."""
    where = where_of(partnership)
    if where is None:
        return None
    told = repr((str(where.store.root), where.store.version, program(), where.codes, where.drawn, where.name))
    mark = hashlib.sha256(told.encode()).hexdigest()
    path = own_store(partnership).root / "benefit-place.json"
    return _read(path, mark) or _made(where, path, mark)


def _made(where: Where, path: Path, mark: str) -> BenefitPlace | None:
    land = land_at(where)
    if land is None:
        return None
    made = _place(land)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, json.dumps({"mark": mark, "place": asdict(made)}), lasting=False)
    return made


def _read(path: Path, mark: str) -> BenefitPlace | None:
    try:
        kept = json.loads(path.read_text("utf-8"))
        return place_from(kept["place"]) if kept["mark"] == mark else None
    except (OSError, ValueError, KeyError, TypeError):
        return None  # made again


def place_from(data: dict[str, Any]) -> BenefitPlace:
    """A place from its plain data."""
    ages_source = data["ages_source"]
    return BenefitPlace(**{
        **data, "areas": tuple(HomeArea(**one) for one in data["areas"]), "source": SourceRef(**data["source"]),
        "ages": tuple(data["ages"]), "ages_source": SourceRef(**ages_source) if ages_source else None,
    })


def _point(at: Reals) -> tuple[float | None, float | None]:
    return (None, None) if np.isnan(at).any() else (round(float(at[0]), 1), round(float(at[1]), 1))


def _place(land: Land) -> BenefitPlace:
    held, here, known, small = land.held, land.scope.areas, land.held.geography, land.held.small
    deciles, rates = deciles_of(held), small.columns.get(key_of(card("income-deprivation")))
    poor = None if rates is None else np.nan_to_num(rates.values * small.people / 100)
    people, points = np.nan_to_num(small.people), METRES * flat(middles(held))
    areas = tuple(
        HomeArea(
            str(known.areas[at]), str(known.ward[at]), known.name(str(known.ward[at])) if known.ward[at] else "",
            int(deciles.get(str(known.areas[at]), 0)), float(people[at]),
            None if poor is None else float(poor[at]), *_point(points[at]),
        ) for at in np.arange(len(known.areas))[here].tolist()
    )
    ages, period, dataset = ages_of(held, land.scope) or ((), "", "")
    return BenefitPlace(
        land.scope.place.name, land.scope.place.code, areas, small.people_period.label,
        held.source(small.people_dataset), tuple(map(float, ages)), period,
        held.source(dataset) if dataset else None,
    )


def area_choices(land: BenefitPlace | None) -> list[tuple[str, str]]:
    """The small areas of a place for a person to choose from, by ward."""
    areas = sorted(land.areas, key=lambda one: (one.ward_name, one.code)) if land else []
    return [(one.code, f"{one.ward_name}, {one.code}" if one.ward_name else one.code) for one in areas]
