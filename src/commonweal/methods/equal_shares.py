"""The method of equal shares: every voter has the same to spend of a public budget; and its completion."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from commonweal.methods.arrays import MethodError, Reals, reals

MOST_RISES = 20_000
SAME = 1e-10
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Election:
    """Costs of projects (p,); by project, which kinds of ballot approve it; `voters` of each kind (k,).

    Voters with the same ballot always have the same left, so they are counted and not listed.
    """

    cost: Reals
    budget: float
    supporters: tuple[Places, ...]
    voters: Reals

    @property
    def votes(self) -> Reals:
        """Votes of each project (p,)."""
        return np.array([self.voters[who].sum() for who in self.supporters])


@dataclass(frozen=True, slots=True)
class Won:
    """Projects in the order in which they were bought, what each of its voters paid at most, and what is left.

    `share` is what each voter had to spend; `filled` the projects added with what was left over, by votes.
    """

    projects: tuple[int, ...]
    price: tuple[float, ...]
    spent: float
    share: float
    filled: tuple[int, ...] = ()

    @property
    def all(self) -> tuple[int, ...]:
        """Everything that is funded."""
        return self.projects + self.filled


def election(
    cost: ArrayLike, ballots: Sequence[Sequence[int]], *, budget: float, counts: ArrayLike | None = None
) -> Election:
    """Check and hold an election: ballots as places of projects, each cast by `counts` voters (1 if none).

    Errors: no project, a cost of 0 or below, a ballot naming a project that is not there, a budget below 0.
    """
    sizes = np.fromiter((len(one) for one in ballots), dtype=np.int64, count=len(ballots))
    named = np.fromiter((place for one in ballots for place in one), dtype=np.int64, count=int(sizes.sum()))
    kinds = np.repeat(np.arange(len(ballots)), sizes)
    many = np.ones(len(ballots)) if counts is None else reals(counts, "Counts", low=0)
    return election_of(cost, kinds, named, budget=budget, voters=many)


def election_of(cost: ArrayLike, kinds: Places, named: Places, *, budget: float, voters: Reals) -> Election:
    """The same from pairs: kind of ballot, and project it approves (both (v,)); `voters` (k,) of each kind."""
    pounds = reals(cost, "Costs")
    if not pounds.size or np.isnan(pounds).any() or (pounds <= 0).any():
        raise MethodError("Every project needs a cost above 0, and there must be one at least.")
    if not (np.isfinite(budget) and budget >= 0):
        raise MethodError("A budget is 0 or more.")
    if named.size and (named.min() < 0 or named.max() >= pounds.size):
        raise MethodError("A ballot names a project that is not on the list.")
    order = np.lexsort((kinds, named))
    project, who = named[order], kinds[order]
    fresh = np.ones(project.size, dtype=np.bool_)
    fresh[1:] = (project[1:] != project[:-1]) | (who[1:] != who[:-1])
    project, who = project[fresh], who[fresh]
    starts = np.searchsorted(project, np.arange(pounds.size + 1))
    supporters = tuple(who[first:last] for first, last in pairwise(starts))
    return Election(pounds, float(budget), supporters, voters)


def equal_shares(given: Election, *, share: float | None = None) -> Won:
    """Buy the project whose voters pay least for a pound of it, again and again, until none can be paid.

    Each voter begins with budget / voters. A project of cost c is paid when Σ min(left(i), x) = c over its voters
    for some x; the least x / c goes first (cost utilities), then the more votes, then the place on the list.
    Errors: nobody voted. Source: Peters, Pierczyński and Skowron 2021, Proportional Participatory Budgeting with
    Additive Utilities; ties as stated here.
    """
    people = float(given.voters.sum())
    if people <= 0:
        raise MethodError("Nobody voted, so nothing can be shared.")
    each = given.budget / people if share is None else share
    left = np.full(given.voters.size, each)
    votes = given.votes
    waiting = [
        (1 / votes[place], -votes[place], place) for place in range(given.cost.size) if votes[place] > 0
    ]
    heapq.heapify(waiting)
    bought: list[int] = []
    prices: list[float] = []
    while waiting:
        _, ranked, place = heapq.heappop(waiting)
        price = _price(left[given.supporters[place]], given.voters[given.supporters[place]], given.cost[place])
        if price is None:
            continue
        rate = price / float(given.cost[place])
        if waiting and (_told(rate), ranked, place) > (_told(waiting[0][0]), *waiting[0][1:]):
            heapq.heappush(waiting, (rate, ranked, place))
            continue
        who = given.supporters[place]
        left[who] = np.maximum(left[who] - price, 0.0)
        bought.append(place)
        prices.append(price)
    return Won(tuple(bought), tuple(prices), float(given.cost[bought].sum()), each)


def completed(given: Election, *, step: float = 1.0, fill: bool = True, most: int = MOST_RISES) -> Won:
    """Equal shares, each voter's share raised by `step` pounds at a time until the next rise would overspend.

    The last outcome within the budget stands ("Add1"). With `fill`, projects that still fit are added by votes,
    most first ("Add1U"). Stops also where everything with a vote is funded, and after `most` rises.
    Errors: a step of 0 or below.
    Source: the completion used in Wieliczka 2023, as told at equalshares.net.
    """
    if not step > 0:
        raise MethodError("Raise shares by a step above 0 pounds.")
    base = given.budget / max(float(given.voters.sum()), 1.0)
    stands = equal_shares(given)
    wanted = float(given.cost[given.votes > 0].sum())
    for turn in range(1, most + 1):
        if stands.spent >= wanted:
            break
        tried = equal_shares(given, share=base + turn * step)
        if tried.spent > given.budget * (1 + SAME):
            break
        stands = tried
    if not fill:
        return stands
    more = most_votes(given, taken=stands.projects)
    spent = stands.spent + float(given.cost[list(more)].sum())
    return Won(stands.projects, stands.price, spent, stands.share, more)


def most_votes(given: Election, *, taken: Sequence[int] = ()) -> tuple[int, ...]:
    """Projects that fit in what is left of the budget, taken by votes, most first, then by place on the list."""
    votes = given.votes
    room = given.budget * (1 + SAME) - float(given.cost[list(taken)].sum())
    added: list[int] = []
    for place in sorted(range(given.cost.size), key=lambda one: (-votes[one], one)):
        if place not in taken and votes[place] > 0 and given.cost[place] <= room:
            added.append(place)
            room -= float(given.cost[place])
    return tuple(added)


def served(given: Election, projects: Sequence[int]) -> float:
    """The share of voters with at least one of their projects among these. Errors: nobody voted."""
    people = float(given.voters.sum())
    if people <= 0:
        raise MethodError("Nobody voted, so nobody was served or left out.")
    reached = np.zeros(given.voters.size, dtype=np.bool_)
    for place in projects:
        reached[given.supporters[place]] = True
    return float(given.voters[reached].sum()) / people


def _price(left: Reals, many: Reals, cost: float) -> float | None:
    """The x for which Σ many min(left, x) = cost; None where all they have is less than the cost."""
    held = float(left @ many)
    if held < cost * (1 - SAME):
        return None
    even = cost / float(many.sum())
    if even <= left.min() * (1 + SAME):
        return even
    order = np.argsort(left)
    rising, mass = left[order], many[order]
    before = np.concatenate(([0.0], np.cumsum(rising * mass)[:-1]))
    behind = np.cumsum(mass[::-1])[::-1]
    tried = (cost - before) / behind
    fits = np.flatnonzero(tried <= rising * (1 + SAME))
    return float(tried[fits[0]]) if fits.size else float(rising[-1])


def _told(rate: float) -> float:
    """A rate to ten figures, so that a tie is a tie however it was added up."""
    return float(f"{rate:.9e}")
