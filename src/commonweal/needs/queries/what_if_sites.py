"""What if a site opened, moved or closed, or more people were reached where they are: people, income, subsidy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from commonweal.methods.arrays import MethodError
from commonweal.methods.benefit import Between
from commonweal.methods.catchments import Decay, Pairs, gaussian, pairs_within, stepped
from commonweal.methods.whatif import close_sites, opened_site, reaching_more, service
from commonweal.needs.content import read
from commonweal.needs.queries.benefit import Benefit
from commonweal.needs.queries.benefit_place import BenefitPlace, HomeArea
from commonweal.needs.queries.reach import Way, ways
from commonweal.needs.queries.what_if import Totals

Reals = NDArray[np.float64]
DECAYS: tuple[Callable[[float], Decay], ...] = (stepped, gaussian)
MOST = 10**9


@dataclass(frozen=True, slots=True)
class SiteAsked:
    """One change of a site: `change` is close, move or open; `where` a small area; pounds more a year."""

    change: str
    site: str
    where: str
    way: Way
    cost: int


@dataclass(frozen=True, slots=True)
class OutreachAsked:
    """So many more people of one tenth of deprivation, at so many pounds in all."""

    tenth: int
    people: int
    cost: int


@dataclass(frozen=True, slots=True)
class SiteWhatIf:
    """Today, the change under the middling assumptions, and under every one that is tried."""

    now: Totals
    middle: Totals
    every: tuple[Totals, ...]

    def between(self, name: str) -> Between:
        """The least and the most of one total over the assumptions."""
        values = [getattr(one, name) for one in self.every]
        return Between(min(values), max(values))


@dataclass(frozen=True, slots=True)
class Known:
    """The place's small areas with people who come (a,), visits by area and site (a, s), and price a visit (a,).

    `sites` are those whose place is known, `at` where each stands (s, 2). Totals of everybody else are `visits`
    and `paid`; `elsewhere` are visits to each site by people who live elsewhere or nobody knows where.
    """

    areas: tuple[HomeArea, ...]
    points: Reals
    people: Reals
    used: Reals
    all_visits: Reals
    price: Reals
    sites: tuple[str, ...]
    at: Reals
    elsewhere: Reals
    rest_visits: float
    rest_price: float
    gross: Mapping[str, float]

    @property
    def need(self) -> NDArray[np.bool_]:
        """Which areas are in the most deprived tenths."""
        most = read("what_if")["first"]["tenths"]
        return np.array([0 < one.tenth <= most for one in self.areas])

    @property
    def each(self) -> Reals:
        """Visits a person of each area."""
        mean = self.all_visits.sum() / max(self.people.sum(), 1.0)
        return np.divide(self.all_visits, self.people, out=np.full(len(self.areas), mean), where=self.people > 0)


def site_asked(known: Known, given: Mapping[str, str]) -> SiteAsked:
    """What was asked, or what is asked first where it makes no sense."""
    codes = [one.code for one in known.areas]
    every = ways()
    way = next((one for one in every if one.key == given.get("way")), every[-1])
    change = given.get("change", "")
    site, where = given.get("site", ""), given.get("where", "")
    return SiteAsked(
        change if change in ("close", "move", "open") else "close",
        site if site in known.sites else known.sites[-1],
        where if where in codes else _barest(known), way, whole(given.get("cost", ""), 0),
    )


def outreach_asked(given: Mapping[str, str]) -> OutreachAsked:
    """The same of outreach."""
    first = read("what_if")["outreach"]
    tenth = whole(given.get("tenth", ""), first["tenth"])
    return OutreachAsked(min(max(tenth, 1), 10), whole(given.get("people", ""), first["people"]),
                         whole(given.get("outreach_cost", ""), first["cost"]))


def whole(text: str, first: int) -> int:
    """A whole number of 0 or more as people write it, else the first asked."""
    bare = text.replace(",", "").replace("£", "").strip()
    return min(int(bare), MOST) if bare.isascii() and bare.isdigit() and len(bare) < 13 else first


def known_of(found: Benefit, land: BenefitPlace | None, places: Mapping[str, str]) -> Known | None:
    """What can be moved about; nothing where costs, homes, or the places of at least one site are not known.

    People of a tenth are shared out to its small areas as their visits are: no count of a small area's people is
    used, so none can be told from what comes out.
    """
    money, tenths = found.money, found.tenths
    if money is None or tenths is None or land is None or found.spread is None:
        return None
    areas = tuple(one for one in land.areas if one.x is not None and one.tenth)
    index = {one.code: at for at, one in enumerate(areas)}
    costed = [one.site for one in money.sites]
    sites = tuple(site for site in costed if places.get(site) in index)
    if not sites:
        return None
    used, elsewhere = _flows(found, index, costed)
    all_visits = used.sum(axis=1)
    tenth = np.array([one.tenth for one in areas])
    by_tenth = np.bincount(tenth, all_visits, minlength=11)
    came = np.array([0.0, *(float(one or 0) for one in _people(found))])
    share = np.divide(all_visits, by_tenth[tenth], out=np.zeros(len(areas)), where=by_tenth[tenth] > 0)
    paid = np.array([0.0, *money.paid[:10]])
    price = np.divide(paid, by_tenth, out=np.zeros(11), where=by_tenth > 0)[tenth]
    there = [costed.index(site) for site in sites]
    rest, rest_paid = float(elsewhere.sum()), sum(money.paid) - float((price * all_visits).sum())
    return Known(
        areas, np.array([[one.x, one.y] for one in areas], np.float64), came[tenth] * share, used[:, there],
        all_visits, price, sites, np.array([_place(areas[index[places[site]]]) for site in sites]),
        elsewhere[there], rest, rest_paid / rest if rest > 0 else 0.0,
        {one.site: float(one.gross) for one in money.sites},
    )


def site_what_if(known: Known, asked: SiteAsked) -> SiteWhatIf | None:
    """What the change comes to: ways long or short, use falling in steps or smoothly, few or all newcomers."""
    rule = read("reach")["detour"]
    try:
        every = [
            _changed(known, asked, detour, decay, strength)
            for detour, decay, strength in product(
                (rule["middle"], rule["low"], rule["high"]), DECAYS, read("what_if")["newcomers"])
        ]
    except MethodError:
        return None
    return SiteWhatIf(_today(known), every[0], tuple(every))


def outreach_what_if(known: Known, asked: OutreachAsked) -> SiteWhatIf | None:
    """More people of one tenth, some or all of whom go on coming; nothing where there are not so many."""
    tenth = np.array([one.tenth for one in known.areas])
    inside = tenth == asked.tenth
    if not inside.any():
        return None
    live = np.array([one.people for one in known.areas])
    residents, people, visits_now = (
        np.array([float(one[inside].sum()), float(one[~inside].sum())])
        for one in (live, known.people, known.all_visits))
    paid = known.price * known.all_visits
    price = np.array([_ratio(paid[one], known.all_visits[one]) for one in (inside, ~inside)])
    now, every = _today(known), []
    try:
        held = service(np.maximum(residents, people), people, visits_now, price, fixed=0.0)
        for keep in read("what_if")["kept"]:
            made = reaching_more(held, 0, people=keep * asked.people, cost=asked.cost)
            more, visits = keep * asked.people, float(made.visits.sum() - visits_now.sum())
            income = visits * float(price[0])
            in_need = more if asked.tenth <= read("what_if")["first"]["tenths"] else 0.0
            every.append(Totals(now.people + more, now.in_need + in_need, now.visits + visits, now.income + income,
                                now.subsidy + asked.cost - income))
    except MethodError:
        return None
    return SiteWhatIf(now, every[0], tuple(every))


def _changed(
    known: Known, asked: SiteAsked, detour: float, decay_of: Callable[[float], Decay], strength: float
) -> Totals:
    reach, site, count = asked.way.reach, known.sites.index(asked.site), len(known.sites)
    decay, live = decay_of(reach), np.array([one.people for one in known.areas])
    opening, closing = asked.change in ("open", "move"), asked.change in ("close", "move")
    at = np.vstack((known.at, _where(known, asked))) if opening else known.at
    pairs = pairs_within(known.points, at, reach=reach, detour=detour)
    lost, gone = np.zeros(len(known.areas)), 0.0
    share = np.divide(known.used, known.all_visits[:, None], out=np.zeros_like(known.used),
                      where=known.all_visits[:, None] > 0)
    if closing:
        people = np.zeros((pairs.areas, pairs.sites))
        people[:, :count] = known.people[:, None] * share
        lost = close_sites(pairs, people=people, closing=[site], decay=decay).stop
        if opening:  # whoever comes from further than is assumed does not stop where the way grows no longer
            lost = np.where(_far(known, at[-1]) <= _far(known, at[site]), 0.0, lost)
        gone = _ratio(lost, people[:, site]) * float(known.elsewhere[site])
    more = np.zeros(len(known.areas))
    if opening:
        number = np.arange(pairs.sites)
        before, after = (_nearest(pairs, there) for there in (number < count, (number != site) | (not closing)))
        more = strength * opened_site(before, after, people=known.people, residents=live, decay=decay)
    saved = known.gross[asked.site] if asked.change == "close" else 0.0
    return _totals(known, known.people - lost + more, gone, asked.cost - saved)


def _today(known: Known) -> Totals:
    return _totals(known, known.people, 0.0, 0.0)


def _totals(known: Known, people: Reals, gone: float, further: float) -> Totals:
    visits = people * known.each
    rest = known.rest_visits - gone
    income = float((visits * known.price).sum()) + rest * known.rest_price
    return Totals(
        float(people.sum()), float(people[known.need].sum()), float(visits.sum()) + rest, income,
        sum(known.gross.values()) + further - income,
    )


def _nearest(pairs: Pairs, there: NDArray[np.bool_]) -> Reals:
    found = np.full(pairs.areas, np.inf)
    kept = there[pairs.site]
    np.minimum.at(found, pairs.area[kept], pairs.cost[kept])
    return np.where(np.isinf(found), np.nan, found)


def _far(known: Known, point: Reals) -> Reals:
    return np.asarray(np.hypot(*(known.points - point).T))


def _where(known: Known, asked: SiteAsked) -> Reals:
    return known.points[[one.code for one in known.areas].index(asked.where)]


def _barest(known: Known) -> str:
    """The small area furthest from every site, weighed by its people."""
    far = np.hypot(*(known.points[:, None, axis] - known.at[None, :, axis] for axis in (0, 1))).min(axis=1)
    return known.areas[int(np.argmax(far * np.array([one.people for one in known.areas])))].code


def _people(found: Benefit) -> list[int | None]:
    by = {one.label: one.people for one in found.tenths.groups} if found.tenths else {}
    return [by.get(str(tenth)) for tenth in range(1, 11)]


def _flows(found: Benefit, index: Mapping[str, int], sites: list[str]) -> tuple[Reals, Reals]:
    used, elsewhere = np.zeros((len(index), len(sites))), np.zeros(len(sites))
    column = {site: at for at, site in enumerate(sites)}
    for site, area, _, visits, _, _ in found.summary.flows:
        if site in column and area in index:
            used[index[area], column[site]] += visits
        elif site in column:
            elsewhere[column[site]] += visits
    return used, elsewhere


def _place(area: HomeArea) -> tuple[float, float]:
    assert area.x is not None
    assert area.y is not None
    return area.x, area.y


def _ratio(above: Reals, below: Reals) -> float:
    whole_of = float(below.sum())
    return float(above.sum()) / whole_of if whole_of > 0 else 0.0
