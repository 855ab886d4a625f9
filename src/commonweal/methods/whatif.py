"""What a change of price, of concession or of sites might do to people reached and to income, with its doubt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from numpy.typing import ArrayLike, NDArray

from commonweal.methods.arrays import MethodError, Reals, aligned, reals
from commonweal.methods.catchments import Decay, Pairs


@dataclass(frozen=True, slots=True)
class Service:
    """A service as it is, by group (g,): residents, people who use it, visits of all of them, net price a visit.

    `fixed` is what it costs in the period whoever comes, `each` what one visit more costs; pounds.
    """

    residents: Reals
    people: Reals
    visits: Reals
    price: Reals
    fixed: float
    each: float = 0.0


@dataclass(frozen=True, slots=True)
class Elasticity:
    """How people answer a price: per cent more people, and more visits a person, for 1 per cent on the price."""

    people: float
    visits: float


@dataclass(frozen=True, slots=True)
class Result:
    """What follows, by group (g,) and in all: people, visits, income and the subsidy left."""

    people: Reals
    visits: Reals
    income: Reals
    subsidy: float

    @property
    def reached(self) -> float:
        """People of all groups."""
        return float(self.people.sum())

    @property
    def earned(self) -> float:
        """Income of all groups."""
        return float(self.income.sum())


@dataclass(frozen=True, slots=True)
class Range:
    """The same change under the middling elasticity and under the two ends of what is thought possible."""

    middle: Result
    ends: tuple[Result, Result]


@dataclass(frozen=True, slots=True)
class Policy:
    """One price for everybody, or a lower one for groups in need, as multiples of today's price."""

    everybody: float
    in_need: float
    income: float
    reach: float
    universal: bool


def service(
    residents: ArrayLike, people: ArrayLike, visits: ArrayLike, price: ArrayLike, *,
    fixed: float, each: float = 0.0,
) -> Service:
    """Check and hold a service as it is. Errors: negative numbers, unequal lengths, more people than residents."""
    live, use = reals(residents, "Residents", low=0), reals(people, "People", low=0)
    came, paid = reals(visits, "Visits", low=0), reals(price, "Prices", low=0)
    aligned(residents=live, people=use, visits=came, price=paid)
    if any(np.isnan(one).any() for one in (live, use, came, paid)):
        raise MethodError("Every group needs its residents, people, visits and price; give 0 where there is none.")
    if (use > live).any():
        raise MethodError("A group has more people who use the service than residents: check both numbers.")
    if ((use == 0) != (came == 0)).any():
        raise MethodError("A group has visits and nobody who made them, or people who never came.")
    return Service(live, use, came, paid, fixed, each)


def as_it_is(now: Service) -> Result:
    """Today, in the terms of what is to be compared with it."""
    return _result(now, now.people, now.visits, now.price)


def priced(now: Service, price: ArrayLike, how: Elasticity) -> Result:
    """The service at other prices (g,): people x e^(ε Δp / p̄), visits a person likewise, never above residents.

    p̄ is today's mean price a visit, so that ε is the elasticity there and a free service stays defined. Errors:
    an elasticity above 0, a negative price, a service that is free for everybody today.
    Source: semi-log demand, as in Varian 1992, Microeconomic Analysis.
    """
    new = reals(price, "Prices", low=0)
    aligned(price=new, people=now.people)
    if how.people > 0 or how.visits > 0:
        raise MethodError("When the price goes up fewer come: an elasticity is 0 or below.")
    paid, came = float((now.price * now.visits).sum()), float(now.visits.sum())
    if not paid > 0:
        raise MethodError("Nobody pays today, so how people answer a price cannot be told from today's.")
    step = (new - now.price) / (paid / came)
    people = np.minimum(now.people * np.exp(how.people * step), now.residents)
    each = np.divide(now.visits, now.people, out=np.zeros_like(now.visits), where=now.people > 0)
    return _result(now, people, people * each * np.exp(how.visits * step), new)


def priced_range(
    now: Service, price: ArrayLike, *, middle: Elasticity, ends: tuple[Elasticity, Elasticity]
) -> Range:
    """`priced` under the middling elasticity and both ends; the ends are named in the order given."""
    first, last = (priced(now, price, one) for one in ends)
    return Range(priced(now, price, middle), (first, last))


def frontier(
    now: Service, *, need: ArrayLike, how: Elasticity, factors: Sequence[float], weight: ArrayLike | None = None
) -> tuple[Policy, ...]:
    """Policies that no other beats on both income and reach, from most income to most reach.

    Every pair of factors on today's price is tried: one for everybody else, one no higher for the groups marked
    in `need` (g,). Reach is people, or Σ people x `weight` where a person in need counts for more. Errors: no
    factor, a negative one. Source: Pareto's order; the trade is in view, not decided.
    """
    marked = np.asarray(need, dtype=np.bool_)
    aligned(need=marked.astype(np.float64), people=now.people)
    worth = np.ones_like(now.people) if weight is None else reals(weight, "Weights", low=0)
    tried = sorted({float(one) for one in factors})
    if not tried or tried[0] < 0:
        raise MethodError("Give at least one multiple of today's price, none of them below 0.")
    found = []
    for everybody, lower in product(tried, tried):
        if lower <= everybody:
            result = priced(now, now.price * np.where(marked, lower, everybody), how)
            reach = float(worth @ result.people)
            found.append(Policy(everybody, lower, result.earned, reach, everybody == lower))
    return _unbeaten(found)


@dataclass(frozen=True, slots=True)
class Trade:
    """One pair of prices, as multiples of today's: income and people in need under each answer to a price."""

    everybody: float
    in_need: float
    income: tuple[float, ...]
    reached: tuple[float, ...]

    @property
    def universal(self) -> bool:
        """Whether everybody pays the same multiple."""
        return self.everybody == self.in_need


def trades(
    now: Service, *, need: ArrayLike, answers: Sequence[Elasticity], factors: Sequence[float]
) -> tuple[tuple[Trade, ...], tuple[Trade, ...]]:
    """The trade between income and people in need reached: (needs-led, universal), each by rising income.

    Universal: one multiple of today's price for all. Needs-led: pairs with a lower one for groups marked in
    `need` (g,) that no other pair beats on both under the first of `answers`; income and people reached (of
    those groups) stand under every answer. Errors: no factor or answer, a negative factor.
    Source: Pareto's order; the trade is in view, not decided.
    """
    marked = np.asarray(need, dtype=np.bool_)
    aligned(need=marked.astype(np.float64), people=now.people)
    tried = sorted({float(one) for one in factors})
    if not tried or tried[0] < 0 or not answers:
        raise MethodError("Give multiples of today's price, none below 0, and at least one answer to a price.")
    found = []
    for everybody, lower in product(tried, tried):
        if lower <= everybody:
            price = now.price * np.where(marked, lower, everybody)
            results = [priced(now, price, how) for how in answers]
            found.append(Trade(everybody, lower, tuple(one.earned for one in results),
                               tuple(float(one.people[marked].sum()) for one in results)))
    led: list[Trade] = []
    for one in sorted(found, key=lambda each: (-each.income[0], -each.reached[0])):
        if not one.universal and (not led or one.reached[0] > led[-1].reached[0] * (1 + 1e-12)):
            led.append(one)
    alike = sorted((one for one in found if one.universal), key=lambda one: one.income[0])
    return tuple(reversed(led)), tuple(alike)


def _unbeaten(policies: Sequence[Policy]) -> tuple[Policy, ...]:
    """In falling order of income, each that reaches more than all before it."""
    kept: list[Policy] = []
    for one in sorted(policies, key=lambda each: (-each.income, -each.reach)):
        if not kept or one.reach > kept[-1].reach * (1 + 1e-12):
            kept.append(one)
    return tuple(kept)


def _result(now: Service, people: Reals, visits: Reals, price: Reals) -> Result:
    income = visits * price
    return Result(people, visits, income, now.fixed + now.each * float(visits.sum()) - float(income.sum()))


@dataclass(frozen=True, slots=True)
class Closed:
    """People of each area (a,) who would go on elsewhere and who would stop, and who each site gains (s,)."""

    stay: Reals
    stop: Reals
    gained: Reals


def close_sites(pairs: Pairs, *, people: ArrayLike, closing: ArrayLike, decay: Decay) -> Closed:
    """Who goes on when sites close: f(there)/f(now) of them, at most all, at the nearest site still open.

    `people` (areas, sites) who use each site today; `closing` the sites' numbers. Those with no open site in
    reach stop. Errors: a shape other than the pairs', closing a site that is not there.
    Source: the decay of use with distance; how people truly answer is not known, so show it as a scenario.
    """
    today = reals(people, "People", low=0)
    if today.shape != (pairs.areas, pairs.sites):
        raise MethodError(f"Give people for each of {pairs.areas} areas and {pairs.sites} sites.")
    shut = np.zeros(pairs.sites, dtype=np.bool_)
    numbers = np.asarray(closing, dtype=np.int64)
    if numbers.size and (numbers.min() < 0 or numbers.max() >= pairs.sites):
        raise MethodError(f"Sites are numbered from 0 to {pairs.sites - 1}.")
    shut[numbers] = True
    next_site, way = _nearest_open(pairs, shut)
    affected = np.where(shut[None, :], today, 0.0)
    now_weight = _weights(pairs, decay)
    there = np.where(next_site >= 0, decay(np.where(next_site >= 0, way, 0.0)), 0.0)
    far = np.broadcast_to(there[:, None], now_weight.shape).copy()
    ratio = np.divide(there[:, None], now_weight, out=far, where=now_weight > 0)
    going = affected * np.minimum(ratio, 1.0)
    stay = going.sum(axis=1)
    moved = next_site >= 0
    gained = np.bincount(next_site[moved], stay[moved], minlength=pairs.sites)
    return Closed(stay, affected.sum(axis=1) - stay, np.asarray(gained, dtype=np.float64))


def opened_site(
    now: ArrayLike, then: ArrayLike, *, people: ArrayLike, residents: ArrayLike, decay: Decay
) -> Reals:
    """People more of each area (a,) where a site opens nearer: r L (f(then) - f(now)), r = Σ people / Σ L f(now).

    `now` and `then` (a,) are ways to the nearest site, NaN where none is in reach; L residents. Nobody goes
    further for a new site, and no area has more people than residents. Errors: unequal lengths, negative numbers,
    nobody within reach today. Source: the same decay of use with distance as `close_sites`; show it as a scenario.
    """
    before, after = reals(now, "Ways", low=0), reals(then, "Ways", low=0)
    today, live = reals(people, "People", low=0), reals(residents, "Residents", low=0)
    aligned(now=before, then=after, people=today, residents=live)
    near, nearer = (np.where(np.isnan(way), 0.0, decay(np.nan_to_num(way))) for way in (before, after))
    reached = float((live * near).sum())
    if not reached > 0:
        raise MethodError("No site is within reach of anybody today, so how many would come cannot be told.")
    more = float(today.sum()) / reached * live * np.maximum(nearer - near, 0.0)
    return np.asarray(np.minimum(more, np.maximum(live - today, 0.0)))


def _nearest_open(pairs: Pairs, shut: NDArray[np.bool_]) -> tuple[NDArray[np.int64], Reals]:
    """The nearest open site of each area (-1 where none), and the way to it."""
    still = ~shut[pairs.site]
    area, site, cost = pairs.area[still], pairs.site[still], pairs.cost[still]
    order = np.lexsort((cost, area))
    first = np.unique(area[order], return_index=True)[1]
    found, way = np.full(pairs.areas, -1, dtype=np.int64), np.full(pairs.areas, np.inf)
    found[area[order][first]], way[area[order][first]] = site[order][first], cost[order][first]
    return found, way


def _weights(pairs: Pairs, decay: Decay) -> Reals:
    weight = np.zeros((pairs.areas, pairs.sites))
    weight[pairs.area, pairs.site] = decay(pairs.cost)
    return weight


def reaching_more(now: Service, group: int, *, people: float, cost: float) -> Result:
    """Outreach: `people` more of one group at `cost` pounds in all, who come and pay as their group does.

    Errors: a group that is not there, more people than residents are left.
    """
    if not 0 <= group < now.people.size:
        raise MethodError(f"There are {now.people.size} groups, numbered from 0.")
    if now.people[group] + people > now.residents[group]:
        raise MethodError("That is more people than this group has residents who do not come yet.")
    known = now.people[group] > 0
    often = now.visits[group] / now.people[group] if known else now.visits.sum() / now.people.sum()
    more, further = now.people.copy(), now.visits.copy()
    more[group] += people
    further[group] += people * often
    return _result(replace(now, fixed=now.fixed + cost), more, further, now.price)
