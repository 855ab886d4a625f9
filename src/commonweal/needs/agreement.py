"""How far the orders of a round agree, where they part most, and the one order by the rule chosen beforehand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy.stats import rankdata

from commonweal.methods.agreement import Concordance, kendall_w, pairwise, ranks_of, strongest_disagreement
from commonweal.methods.arrays import MethodError, Reals
from commonweal.methods.pooling import borda, kemeny
from commonweal.needs.models import PoolingRule
from commonweal.needs.models.ranking import Side
from commonweal.needs.queries.ranking import RankedLine, RankingLine, RoundView, SeatAnswer


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """How far two orders agree: tau-b from -1 to 1, None where one of them puts everything level."""

    one: int
    other: int
    tau: float | None


@dataclass(frozen=True, slots=True)
class Split:
    """The need on which orders part most, and the two that put it furthest apart with the place each gave."""

    need: RankedLine
    high: RankingLine
    low: RankingLine
    high_place: int | None
    low_place: int | None


@dataclass(frozen=True, slots=True)
class Flip:
    """Needs that would change order by the other rule, or without a partner; in each pair the new first leads."""

    without: str           # empty: by the other rule
    pairs: tuple[tuple[RankedLine, RankedLine], ...]


@dataclass(frozen=True, slots=True)
class OrderLine:
    """A need in the one order; level ones share a place."""

    place: int
    need: RankedLine
    points: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """Everything that is worked out of a round's orders. `w` is None where every order puts everything level."""

    lines: tuple[RankingLine, ...]
    w: Concordance | None
    pairs: tuple[PairAgreement, ...]
    split: Split | None
    rule: PoolingRule
    other_rule: PoolingRule
    order: tuple[OrderLine, ...]
    kept: float
    flips: tuple[Flip, ...]
    missing_sides: tuple[Side, ...]
    missing_seats: tuple[SeatAnswer, ...]


def agreement_of(found: RoundView) -> Agreement | None:
    """What the orders come to; nothing while others are sealed or fewer than two were given."""
    if found.sealed or len(found.rankings) < 2:
        return None
    ranks = ranks_of([
        [len(found.needs) + 1 if place is None else place for place in line.places] for line in found.rankings
    ])
    weights, rule = _weights(found), found.card.rule
    places, points, kept = _pooled(rule, ranks, weights)
    heard = {line.side for line in found.rankings}
    return Agreement(
        lines=found.rankings, w=_concordance(ranks), pairs=_pairs(ranks), split=_split(found, ranks), rule=rule,
        other_rule=_other(rule), order=_order(found.needs, places, points), kept=kept,
        flips=_flips(found, ranks, weights), missing_sides=tuple(side for side in Side if side not in heard),
        missing_seats=tuple(seat for seat in found.seats if not seat.given),
    )


def _weights(found: RoundView) -> Reals:
    """What each order counts: its organisation's weight, shared among the perspectives it ranked from."""
    counts, orders = {seat.organisation: seat.weight for seat in found.seats}, Counter(
        line.organisation for line in found.rankings)
    return np.array([counts.get(line.organisation, 1) / orders[line.organisation] for line in found.rankings])


def _concordance(ranks: Reals) -> Concordance | None:
    try:
        return kendall_w(ranks)
    except MethodError:
        return None


def _pairs(ranks: Reals) -> tuple[PairAgreement, ...]:
    taus = pairwise(ranks)
    return tuple(
        PairAgreement(one, other, None if np.isnan(taus[one, other]) else float(taus[one, other]))
        for one, other in combinations(range(len(ranks)), 2)
    )


def _split(found: RoundView, ranks: Reals) -> Split | None:
    apart = strongest_disagreement(ranks)
    if not apart.spread:
        return None
    high, low = found.rankings[apart.highest], found.rankings[apart.lowest]
    return Split(found.needs[apart.item], high, low, high.places[apart.item], low.places[apart.item])


def _pooled(rule: PoolingRule, ranks: Reals, weights: Reals) -> tuple[tuple[int, ...], Reals, float]:
    """The place of each need by a rule, its points, and the share of preferences the order keeps."""
    made = borda(ranks, weights=weights) if rule is PoolingRule.BORDA else kemeny(ranks, weights=weights)
    if rule is PoolingRule.BORDA:
        places = rankdata(-np.round(made.points, 9), method="min")
        return tuple(int(place) for place in places), made.points, made.agreed
    return tuple(made.order.index(item) + 1 for item in range(len(made.order))), made.points, made.agreed


def _order(needs: tuple[RankedLine, ...], places: tuple[int, ...], points: Reals) -> tuple[OrderLine, ...]:
    lines = [OrderLine(place, need, float(each)) for place, need, each in zip(places, needs, points, strict=True)]
    return tuple(sorted(lines, key=lambda line: line.place))


def _flips(found: RoundView, ranks: Reals, weights: Reals) -> tuple[Flip, ...]:
    """The order by the other rule, then without each organisation in turn."""
    rule = found.card.rule
    base = _pooled(rule, ranks, weights)[0]
    flips = [Flip("", _reversed(found.needs, base, _pooled(_other(rule), ranks, weights)[0]))]
    for name in dict.fromkeys(line.name for line in found.rankings):
        rest = np.array([line.name != name for line in found.rankings])
        if rest.any():
            without = _pooled(rule, ranks[rest], weights[rest])[0]
            flips.append(Flip(name, _reversed(found.needs, base, without)))
    return tuple(flips)


def _reversed(
    needs: tuple[RankedLine, ...], base: tuple[int, ...], other: tuple[int, ...]
) -> tuple[tuple[RankedLine, RankedLine], ...]:
    """Pairs that stand the other way round in the other order."""
    return tuple(
        (needs[second], needs[first])
        for first in range(len(needs)) for second in range(len(needs))
        if base[first] < base[second] and other[first] > other[second]
    )


def _other(rule: PoolingRule) -> PoolingRule:
    return PoolingRule.KEMENY if rule is PoolingRule.BORDA else PoolingRule.BORDA
