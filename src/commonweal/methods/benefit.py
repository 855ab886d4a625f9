"""Who a subsidy reaches, and what stays certain where it is not known who somebody is or where they live."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from commonweal.methods.arrays import MethodError, Reals, aligned, reals
from commonweal.methods.inequality import Concentration, concentration


@dataclass(frozen=True, slots=True)
class Between:
    """The least and the most a number can be; one number where both are the same."""

    least: float
    most: float

    @property
    def is_certain(self) -> bool:
        """Whether nothing is left open."""
        return self.least == self.most


@dataclass(frozen=True, slots=True)
class Incidence:
    """A subsidy over groups ordered from worst off to best off, one value a group where it is an array.

    `per_person` is over those who use it, `per_resident` over all who live there; NaN where nobody does.
    """

    subsidy: Reals
    per_visit: Reals
    per_person: Reals
    per_resident: Reals
    share: Reals
    need_share: Reals | None
    index: Concentration | None


@dataclass(frozen=True, slots=True)
class Curve:
    """A concentration curve: cumulative share of people (worst off first) against that of what they get."""

    people: Reals
    received: Reals


def site_subsidy(gross_cost: ArrayLike, income: ArrayLike, visits: ArrayLike) -> Reals:
    """Subsidy of a visit at each site: (gross cost - income) / visits, in the unit of the cost; NaN without any.

    Below 0 where a site earns more than it costs. Errors: negative cost or visits, unequal lengths.
    Source: Demery 2000, Benefit incidence: a practitioner's guide, World Bank.
    """
    cost, earned = reals(gross_cost, "Gross cost", low=0), reals(income, "Income")
    came = reals(visits, "Visits", low=0)
    aligned(cost=cost, income=earned, visits=came)
    return (cost - earned) / np.where(came > 0, came, np.nan)


def benefit_incidence(
    visits: ArrayLike, people: ArrayLike, residents: ArrayLike, *,
    cost_a_visit: ArrayLike, paid: ArrayLike, need: ArrayLike | None = None,
) -> Incidence:
    """Subsidy by group: visits at each site times its gross cost a visit, less what the group itself paid.

    `visits` is (g, s), groups from worst off to best off by sites; `cost_a_visit` (s,); `paid`, `people` (users),
    `residents` and `need` (g,). The index has its standard error from the number of residents, and is None where
    a group gets less than it pays, for then it is no share. It is between groups: it says nothing of inequality
    within them, and average is not marginal: who gains from more may be others.
    Errors: negative counts, unequal lengths. Source: Demery 2000; O'Donnell et al. 2008, World Bank, chapter 14.
    """
    came, unit = reals(visits, "Visits", low=0), reals(cost_a_visit, "Cost a visit", low=0)
    if came.ndim != 2 or unit.shape != came.shape[1:]:
        raise MethodError("Give visits as groups by sites, and one cost a visit for each site.")
    users, live = reals(people, "People", low=0), reals(residents, "Residents", low=0)
    own = reals(paid, "What was paid", low=0)
    aligned(people=users, residents=live, paid=own)
    if users.shape != came.shape[:1]:
        raise MethodError("Give people, residents and what was paid once for each group of visits.")
    subsidy = (came * np.where(came > 0, unit, 0.0)).sum(axis=1) - own
    needs = None if need is None else reals(need, "Need", low=0)
    if needs is not None:
        aligned(need=needs, people=users)
        needs = _shares(needs, "need")
    return Incidence(
        subsidy, _over(subsidy, came.sum(axis=1)), _over(subsidy, users), _over(subsidy, live),
        _shares(subsidy, "subsidy"), needs, _index(subsidy, live),
    )


def _over(amount: Reals, base: Reals) -> Reals:
    return np.asarray(amount / np.where(base > 0, base, np.nan))


def _shares(amount: Reals, what: str) -> Reals:
    whole = amount.sum()
    if not whole > 0:
        raise MethodError(f"There is no {what} to share out: it adds up to {whole:,.0f}.")
    return np.asarray(amount / whole)


def _index(subsidy: Reals, residents: Reals) -> Concentration | None:
    if (subsidy < 0).any() or (residents <= 0).any():
        return None
    return concentration(subsidy / residents, residents, n=float(residents.sum()))


def concentration_curve(received: ArrayLike, people: ArrayLike) -> Curve:
    """Points of the concentration curve, (g + 1,) from (0, 0) to (1, 1); groups from worst off to best off.

    Above the diagonal where it gathers among the worst off. Errors: negative amounts, nothing received, unequal
    lengths. Source: O'Donnell et al. 2008, World Bank, chapter 7.
    """
    got, base = reals(received, "What was received", low=0), reals(people, "People", low=0)
    aligned(received=got, people=base)
    start = np.zeros(1)
    shares = (np.cumsum(_shares(base, "number of people")), np.cumsum(_shares(got, "amount")))
    return Curve(*(np.concatenate((start, one)) for one in shares))


def kakwani(gini_of_income: float, concentration_of_benefit: float) -> float:
    """Kakwani's index of a subsidy: G - C, above 0 where it is spread more equally than income.

    Both must be ranked by each person's own income: the Gini coefficient of a ranking of areas is no Gini of
    income, and gives no Kakwani index. Errors: either outside its range. Source: Kakwani 1977, Econ J 87:71.
    """
    if not (0 <= gini_of_income <= 1 and -1 <= concentration_of_benefit <= 1):
        raise MethodError("A Gini coefficient lies in 0 to 1 and a concentration index in -1 to 1.")
    return gini_of_income - concentration_of_benefit


def share_of_top(amount: ArrayLike, people: ArrayLike, *, top: float = 0.1) -> float:
    """Share of the whole held by the `top` share of people who have most, from a histogram in any order.

    A bin that the line falls in is split. Errors: nobody, nothing, `top` outside (0, 1], unequal lengths.
    Source: Lorenz 1905.
    """
    each, count = reals(amount, "Amounts", low=0), reals(people, "People", low=0)
    aligned(amounts=each, people=count)
    if not 0 < top <= 1:
        raise MethodError("The top share of people is above 0 and at most 1, such as 0.1.")
    if not (count.sum() > 0 and (each * count).sum() > 0):
        raise MethodError("A share of the top needs people and something shared among them.")
    order = np.argsort(-each, kind="stable")
    up_to = np.minimum(np.cumsum(count[order]), top * count.sum())
    taken = np.diff(up_to, prepend=0.0)
    return float((taken * each[order]).sum() / (each * count).sum())


def people_across(counts: ArrayLike, *, shared: float | None = None) -> Between:
    """People behind several counts that were not linked: at least the largest, at most all of them together.

    `shared` is the most people that two counts can have in common, where a linked count tells it: there are then
    at least n1 + n2 - shared. 0 where there is no count. Errors: negative counts, `shared` without two counts.
    Source: Fréchet 1935 (bounds of a union).
    """
    each = reals(counts, "People", low=0)
    least, most = float(each.max(initial=0.0)), float(each.sum())
    if shared is None:
        return Between(least, most)
    if len(each) != 2:
        raise MethodError("What two counts share says nothing of more than two.")
    return Between(max(least, most - float(reals(shared, "Shared", low=0))), most)


def people_behind(members: float, unknown_visits: float) -> Between:
    """People behind visits of which some have no known member.

    At least the members seen (the others may be theirs too; 1 where there are only unknown visits), at most one
    person more for each unknown visit. Errors: negative numbers. Source: Manski 2003, Partial Identification.
    """
    known, unknown = (float(reals(value, "A count", low=0)) for value in (members, unknown_visits))
    return Between(max(known, min(1.0, unknown)), known + unknown)


def placed_bounds(known: ArrayLike, unknown: float) -> tuple[Reals, Reals]:
    """The least and the most of each group's count (g,) where `unknown` more belong to some group or other.

    Errors: negative counts. Source: Manski 2003, Partial Identification.
    """
    counts, more = reals(known, "Counts", low=0), float(reals(unknown, "The unknown", low=0))
    return counts.copy(), counts + more


def index_bounds(received: ArrayLike, people: ArrayLike, unknown: float) -> Between:
    """Concentration index with all the unknown in the best-off group, and in the worst-off: every other way of
    placing them lies between, for the index rises with each amount moved to a better-off group.

    Groups (g,) from worst off to best off. Errors: as `concentration`. Source: Manski 2003; Kakwani et al. 1997.
    """
    got, base = reals(received, "What was received", low=0), reals(people, "People", low=0)
    aligned(received=got, people=base)
    if (base <= 0).any():
        raise MethodError("A group has no residents to compare with: join it with another.")
    ends = []
    for at in (0, -1):
        placed = got.copy()
        placed[at] += float(reals(unknown, "The unknown", low=0))
        ends.append(concentration(placed / base, base).index)
    return Between(*ends)


def suppressed_sum(published: ArrayLike, suppressed: int, *, low: int = 1, high: int = 4) -> Between:
    """A total of published counts and of cells a publisher hid, each of which holds `low` to `high`.

    The publisher's own bounds and no others: they are never tightened from totals, which would undo what protects
    people. Errors: negative counts, bounds the wrong way round. Source: ONS 2023, disclosure control policy.
    """
    whole = float(reals(published, "Published counts", low=0).sum())
    if suppressed < 0 or not 0 <= low <= high:
        raise MethodError("Hidden cells are counted from 0, and hold between a least and a most.")
    return Between(whole + suppressed * low, whole + suppressed * high)
