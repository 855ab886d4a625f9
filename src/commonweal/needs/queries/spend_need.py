"""Spend beside need: by ward, from what services are said to be for; by theme, from the needs written."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from commonweal.core.figure import SourceRef
from commonweal.methods.arrays import Reals
from commonweal.methods.mismatch import dissimilarity, for_its_need, shares
from commonweal.needs.assessment import Assessment
from commonweal.needs.card import themes
from commonweal.needs.content import read
from commonweal.needs.queries.mismatch import Mismatch
from commonweal.needs.queries.services import ServiceCard


@dataclass(frozen=True, slots=True)
class AreaSpend:
    """One ward: shares (0 to 1) of people, of need, of people in the greatest need, of spend named for wards.

    `spread` is its share of all spend if what is for the whole place were shared out by people.
    """

    label: str
    people: float
    people_share: float
    need_share: float
    worst_share: float | None
    spend: float
    spend_share: float
    spread: float
    ratio: float | None


@dataclass(frozen=True, slots=True)
class SpendByArea:
    """Every ward. `moved` is the share of spend named for wards that would go elsewhere to lie as need does."""

    place: str
    rows: tuple[AreaSpend, ...]
    named: Decimal
    whole: Decimal
    outside: tuple[str, ...]  # services of areas that are not in the place
    services: int
    moved: float
    moved_spread: float
    moved_worst: float | None
    people: int
    period: str
    source: SourceRef


@dataclass(frozen=True, slots=True)
class ThemeSpend:
    """One theme: its needs and spend, and the share of each."""

    key: str
    title: str
    needs: int
    need_share: float
    spend: float
    spend_share: float
    services: int


@dataclass(frozen=True, slots=True)
class SpendByTheme:
    """Every theme that has a need or spend."""

    rows: tuple[ThemeSpend, ...]
    needs: int
    services: int
    spend: Decimal
    moved: float


@dataclass(frozen=True, slots=True)
class _Part:
    """A ward as the assessment has it: people, people times the index of need, people in the greatest need."""

    people: float = 0.0
    need: float = 0.0
    worst: float = 0.0


def by_theme(found: Mismatch) -> SpendByTheme | None:
    """Spend by theme beside needs by theme; nothing where there is none of either."""
    costed = [one for one in found.services if one.spend]
    if not costed or not found.needs:
        return None
    needs = Counter(need.theme for need in found.needs)
    spend: dict[str, float] = defaultdict(float)
    for one in costed:
        for key in one.themes:
            spend[key] += float(one.spend or 0) / len(one.themes)
    kept = [one for one in themes() if needs[one.key] or spend.get(one.key)]
    wanted, got = [needs[one.key] for one in kept], [spend.get(one.key, 0.0) for one in kept]
    rows = tuple(
        ThemeSpend(one.key, one.title, needs[one.key], float(want), spend.get(one.key, 0.0), float(have),
                   sum(one.key in each.themes for each in costed))
        for one, want, have in zip(kept, shares(wanted), shares(got), strict=True)
    )
    return SpendByTheme(rows, len(found.needs), len(costed), sum((one.spend or Decimal(0) for one in costed),
                        Decimal(0)), dissimilarity(got, wanted))


def by_area(found: Mismatch, made: Assessment) -> SpendByArea | None:
    """Spend named for wards beside their need; nothing where none is named, or the place has no parts."""
    parts = _parts(made)
    costed = [one for one in found.services if one.spend]
    inside = {one.id: _within(one, parts, made) for one in costed}
    named = [one for one in costed if inside[one.id]]
    whole = [one for one in costed if inside[one.id] is None]
    outside = tuple(one.name for one in costed if inside[one.id] == ())
    if len(parts) < 2 or not named or not sum(one.need for one in parts.values()):
        return None
    people = np.array([one.people for one in parts.values()])
    need = np.array([one.need for one in parts.values()])
    worst = np.array([one.worst for one in parts.values()])
    got = sum((_shared_out(one, inside[one.id] or (), parts) for one in named), np.zeros(len(parts)))
    for_all = sum((one.spend or Decimal(0) for one in whole), Decimal(0))
    spread = got + float(for_all) * people / people.sum()
    return SpendByArea(
        place=made.place.name, rows=_rows(parts, got, spread), named=_sum(named), whole=for_all, outside=outside,
        services=len(named), moved=dissimilarity(got, need), moved_spread=dissimilarity(spread, need),
        moved_worst=dissimilarity(got, worst) if worst.any() else None, people=round(people.sum()),
        period=made.small_areas[0].need.period, source=made.small_areas[0].need.source,
    )


def _rows(parts: Mapping[str, _Part], got: Reals, spread: Reals) -> tuple[AreaSpend, ...]:
    people, need = ([getattr(one, name) for one in parts.values()] for name in ("people", "need"))
    worst = [one.worst for one in parts.values()]
    worst_shares = shares(worst).tolist() if any(worst) else [None] * len(parts)
    ratio = [None if np.isnan(one) else one for one in for_its_need(got, need).tolist()]
    columns = zip(
        parts, people, shares(people).tolist(), shares(need).tolist(), worst_shares, got.tolist(),
        shares(got).tolist(), shares(spread).tolist(), ratio, strict=True,
    )
    rows = [AreaSpend(*each) for each in columns]
    return tuple(sorted(rows, key=lambda one: one.spend_share - one.need_share))


def _parts(made: Assessment) -> dict[str, _Part]:
    """People and need of each ward, or of each district where the place is several."""
    tenths = read("reach")["need_tenths"]
    found: dict[str, _Part] = {}
    for area in made.small_areas:
        people, score, tenth = area.population.value, area.need.value, area.need_decile.value
        if not area.part or not people or score is None:
            continue
        held = found.get(area.part, _Part())
        worst = people if tenth is not None and tenth <= tenths else 0.0
        found[area.part] = _Part(held.people + people, held.need + people * score, held.worst + worst)
    return dict(sorted(found.items()))


def _within(one: ServiceCard, parts: Mapping[str, _Part], made: Assessment) -> tuple[str, ...] | None:
    """The parts it is for; None for the whole place, nothing where its areas are not in the place."""
    whole = {made.place.code, made.place.name} - set(parts)
    if not one.areas or any(area.code in whole or area.name in whole for area in one.areas):
        return None
    return tuple(area.name for area in one.areas if area.name in parts)


def _shared_out(one: ServiceCard, names: Iterable[str], parts: Mapping[str, _Part]) -> Reals:
    """A service's spend over the wards it is for, by their people."""
    weights = np.array([part.people if name in set(names) else 0.0 for name, part in parts.items()])
    return np.asarray(float(one.spend or 0) * weights / weights.sum())


def _sum(services: Iterable[ServiceCard]) -> Decimal:
    return sum((one.spend or Decimal(0) for one in services), Decimal(0))
