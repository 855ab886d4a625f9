"""Whom the subsidy reaches: what each site cost less what it earned, by site and by tenth of deprivation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from commonweal.core.release import CountTable, release
from commonweal.lake.visits.summary import Summary
from commonweal.methods.arrays import MethodError, Reals
from commonweal.methods.benefit import (
    Between,
    Curve,
    Incidence,
    benefit_incidence,
    concentration_curve,
    index_bounds,
)
from commonweal.methods.inequality import Concentration, concentration
from commonweal.methods.progressivity import Inside, Progressivity, progressivity
from commonweal.needs.models import SiteCost
from commonweal.needs.queries.benefit_place import BenefitPlace

PRICED = 0.9  # share of a site's visits with a price from which its own prices say who paid
OUTSIDE, UNKNOWN = 10, 11  # rows after the ten tenths


@dataclass(frozen=True, slots=True)
class SiteMoney:
    """One site: its visits, its people (None where few), pounds in and out; a subsidy below 0 is a surplus."""

    site: str
    visits: int
    people: int | None
    gross: Decimal
    income: Decimal
    per_visit: float | None
    source: str

    @property
    def subsidy(self) -> Decimal:
        """Gross cost less income."""
        return self.gross - self.income


@dataclass(frozen=True, slots=True)
class TenthMoney:
    """What those who live in one tenth of deprivation get; `need` is its share of people on low incomes."""

    label: str
    subsidy: float
    share: float
    residents: float
    need: float | None
    per_visit: float | None
    per_person: float | None
    per_resident: float | None


@dataclass(frozen=True, slots=True)
class Money:
    """A year of the sites whose costs were said. `outside` and `unknown` are shares of the subsidy."""

    subsidy: Decimal
    visits: int
    per_visit: float
    sites: tuple[SiteMoney, ...]
    missing: tuple[str, ...]  # sites with visits and no costs
    tenths: tuple[TenthMoney, ...]
    outside: float
    unknown: float
    index: Concentration | None
    bounds: Between | None
    curve: Curve | None
    sources: tuple[str, ...]
    against_need: Progressivity | None  # the subsidy against people on low incomes; above 0 more to the worse off
    payment: Progressivity | None  # what is paid against use; above 0 where the better off pay more than they use
    came: tuple[float, ...]  # visits by the ten tenths, elsewhere and not known
    paid: tuple[float, ...]  # pounds paid by the same


def money_of(
    summary: Summary, costs: Mapping[str, SiteCost], land: BenefitPlace | None, inside: frozenset[str],
    people: Mapping[str, int | None],
) -> Money | None:
    """The year's money; nothing where no site with costs had visits."""
    sites = _sites(summary, costs)
    if not sites or land is None:
        return None
    came, paid = _flows(summary, [one.site for one in sites], inside, land.tenths)
    paid, by_price = _scaled(came, paid, sites, summary)
    unit = np.array([float(one.gross) for one in sites]) / came.sum(axis=0)
    each = came @ unit - paid.sum(axis=1)
    whole = float(each.sum())
    subsidy = sum((one.subsidy for one in sites), Decimal(0))
    visits = sum(one.visits for one in sites)
    live, need = land.by_tenth(), land.by_tenth(poor=True) if land.knows_poor else None
    there = np.flatnonzero(live > 0)
    people_in = np.array([people.get(str(at + 1)) or 0 for at in there], np.float64)
    shares = _incidence(came, paid, unit, there, live, need, people_in)
    return Money(
        subsidy=subsidy, visits=visits, per_visit=float(subsidy) / visits, sites=sites,
        missing=tuple(site for site, _ in summary.sites if site and site not in {one.site for one in sites}),
        tenths=_tenths(shares, there, live, people) if shares else (),
        outside=each[OUTSIDE] / whole if whole > 0 else 0.0, unknown=each[UNKNOWN] / whole if whole > 0 else 0.0,
        index=_index(each[there], live[there], people_in, summary) if shares and shares.index else None,
        bounds=_bounds(each, there, live), curve=_curve(each, there, live),
        sources=tuple(dict.fromkeys(one.source for one in sites)),
        against_need=_against_need(each, need, there, live, _unequal(summary, live[there], people_in)),
        payment=_payment(came @ unit, paid.sum(axis=1), there, live, _unequal(summary, live[there], people_in))
        if by_price else None,
        came=tuple(came.sum(axis=1).tolist()), paid=tuple(paid.sum(axis=1).tolist()),
    )


def _sites(summary: Summary, costs: Mapping[str, SiteCost]) -> tuple[SiteMoney, ...]:
    visits: dict[str, int] = {}
    for site, _, _, count, _, _ in summary.flows:
        visits[site] = visits.get(site, 0) + count
    named = [site for site in costs if visits.get(site)]
    if not named:
        return ()
    people: dict[str, int] = dict(summary.sites)
    table = CountTable(tuple(named), ("people",), tuple((people.get(site, 0),) for site in named))
    released = [line[0].value for line in release(table, "place").cells]
    return tuple(
        SiteMoney(site, visits[site], count, costs[site].gross, costs[site].income,
                  float(costs[site].gross - costs[site].income) / visits[site], costs[site].source)
        for site, count in zip(named, released[:-1], strict=True)
    )


def _flows(
    summary: Summary, sites: list[str], inside: frozenset[str], deciles: Mapping[str, int]
) -> tuple[Reals, Reals]:
    """Visits and pounds paid by the ten tenths, elsewhere and not known, (12, sites)."""
    column = {site: at for at, site in enumerate(sites)}
    came, paid = np.zeros((12, len(sites))), np.zeros((12, len(sites)))
    for site, area, _, visits, _, pence in summary.flows:
        if site not in column:
            continue
        tenth = deciles.get(area, 0) if area in inside else 0
        row = tenth - 1 if tenth else OUTSIDE if area and area not in inside else UNKNOWN
        came[row, column[site]] += visits
        paid[row, column[site]] += pence / 100
    return came, paid


def _scaled(
    came: Reals, paid: Reals, sites: tuple[SiteMoney, ...], summary: Summary
) -> tuple[Reals, bool]:
    """What each group paid, adding up to the income said: by prices where they are known, else by visit; and
    whether prices are known of every site."""
    priced: dict[str, int] = {}
    for site, _, _, _, count, _ in summary.flows:
        priced[site] = priced.get(site, 0) + count
    income = np.array([float(one.income) for one in sites])
    by_price = np.array([priced[one.site] >= PRICED * one.visits for one in sites]) & (paid.sum(axis=0) > 0)
    basis = np.where(by_price, paid, came)
    return np.asarray(basis * income / basis.sum(axis=0)), bool(by_price.all())


def _incidence(
    came: Reals, paid: Reals, unit: Reals, there: np.ndarray, live: Reals, need: Reals | None,
    users: Reals,
) -> Incidence | None:
    try:
        return benefit_incidence(
            came[there], users, live[there], cost_a_visit=unit, paid=paid[there].sum(axis=1),
            need=None if need is None else need[there],
        )
    except MethodError:
        return None


def _index(subsidy: Reals, live: Reals, users: Reals, summary: Summary) -> Concentration:
    """The index with its doubt: inside a tenth most have nothing, and users as unequally as they come."""
    mean = subsidy / live
    within = mean**2 * _unequal(summary, live, users)
    return concentration(mean, live, n=float(live.sum()), within=within)


def _unequal(summary: Summary, live: Reals, users: Reals) -> Reals:
    """Variance between residents of a tenth over their mean squared; users of all come as unequally as they do."""
    each, people = (np.array([one[at] for one in summary.histogram], np.float64) for at in (0, 1))
    squared = float(each**2 @ people) * float(people.sum()) / float(each @ people) ** 2
    reach = np.where(users > 0, np.minimum(users / live, 1.0), 1.0)
    return np.asarray(np.maximum(squared / reach - 1, 0.0))


def _against_need(
    each: Reals, need: Reals | None, there: np.ndarray, live: Reals, unequal: Reals
) -> Progressivity | None:
    """The subsidy against people on low incomes; nothing where a tenth gets less than it pays."""
    got, base = each[there], live[there]
    if need is None or (got < 0).any() or not got.sum() > 0:
        return None
    share = np.minimum(need[there] / base, 1.0)
    inside = Inside((got / base) ** 2 * unequal, share * (1 - share))
    return progressivity(got, need[there], base, n=float(base.sum()), inside=inside)


def _payment(
    used: Reals, paid: Reals, there: np.ndarray, live: Reals, unequal: Reals
) -> Progressivity | None:
    """What is paid against use at cost; both of one person rise with how often they come."""
    base = live[there]
    if not (used[there].sum() > 0 and paid[there].sum() > 0):
        return None
    of_use, of_pay = ((one[there] / base) ** 2 * unequal for one in (used, paid))
    inside = Inside(of_use, of_pay, together=True)
    return progressivity(used[there], paid[there], base, n=float(base.sum()), inside=inside)


def _tenths(
    found: Incidence, there: np.ndarray, live: Reals, people: Mapping[str, int | None]
) -> tuple[TenthMoney, ...]:
    rows = []
    for at, tenth in enumerate(there.tolist()):
        label = str(tenth + 1)
        if people.get(label) is None:
            continue
        rows.append(TenthMoney(
            label, float(found.subsidy[at]), float(found.share[at]), float(live[tenth] / live.sum()),
            None if found.need_share is None else float(found.need_share[at]),
            _known(found.per_visit[at]), _known(found.per_person[at]), _known(found.per_resident[at]),
        ))
    return tuple(rows)


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _bounds(each: Reals, there: np.ndarray, live: Reals) -> Between | None:
    got = each[there]
    if (got < 0).any() or not got.sum() > 0 or each[UNKNOWN] < 0:
        return None
    return index_bounds(got, live[there], float(each[UNKNOWN]))


def _curve(each: Reals, there: np.ndarray, live: Reals) -> Curve | None:
    got = each[there]
    return None if (got < 0).any() or not got.sum() > 0 else concentration_curve(got, live[there])
