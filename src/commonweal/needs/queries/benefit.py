"""Who benefits: the people behind a system's visits in a year, set beside those who live there, and the money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

import numpy as np

from commonweal.core import clock
from commonweal.core.errors import NotFound
from commonweal.core.figure import SourceRef
from commonweal.core.models import Organisation
from commonweal.core.release import CountTable, release
from commonweal.core.viewer import Viewer
from commonweal.lake.visits.summary import NOT_KNOWN, Summary, SummaryStore
from commonweal.methods.arrays import Reals
from commonweal.methods.benefit import Between, index_bounds, people_behind, share_of_top
from commonweal.methods.inequality import Concentration, concentration, gini, gini_among_residents
from commonweal.methods.intervals import wilson
from commonweal.methods.representativeness import Weighting, representativeness
from commonweal.needs.content import read
from commonweal.needs.models import SiteCost, TakingPart, VisitSystem
from commonweal.needs.queries.benefit_counts import age_rows, band_rows, homes, inside_of, tenth_rows, ward_rows
from commonweal.needs.queries.benefit_money import Money, money_of
from commonweal.needs.queries.benefit_place import BenefitPlace, benefit_place
from commonweal.needs.queries.released import Register, Released, held_back, register_of, released_year
from commonweal.needs.queries.visit_store import visit_store
from commonweal.needs.queries.visits import is_mine, system_row

RULE = "place"
FEWEST = 30  # people below whom nothing is said of how visits are spread


@dataclass(frozen=True, slots=True)
class Group:
    """One group of those who live there: people who came (None where too few), and beside all who live there.

    `reach`, `low` and `high` are shares (0 to 1), `most` the share if all whose home is not known were of it.
    """

    label: str
    people: int | None
    residents: int
    reach: float | None
    low: float | None
    high: float | None
    most: float | None
    ratio: float | None
    ratio_low: float | None
    ratio_high: float | None


@dataclass(frozen=True, slots=True)
class Grouping:
    """Everybody by one characteristic; the index and its bounds where groups run from worst off to best off."""

    groups: tuple[Group, ...]
    period: str
    source: SourceRef
    unknown: int
    index: Concentration | None = None
    bounds: Between | None = None


@dataclass(frozen=True, slots=True)
class Spread:
    """How visits are spread over people; bands are label, people (None where few), share of visits."""

    mean: float
    middle: int
    gini: float
    gini_residents: float | None
    top_tenth: float
    bands: tuple[tuple[str, int | None, float | None], ...]
    histogram: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Benefit:
    """One year of one system. People are rounded counts; `here` are those known to live in the place."""

    system: VisitSystem
    mine: bool
    summary: Summary
    years: tuple[int, ...]
    source: SourceRef
    place: str
    place_code: str
    population: int | None
    members: int | None
    behind: Between
    here: int | None
    elsewhere: int | None
    homeless: int | None  # home not known
    known_share: float
    placed_share: float
    spread: Spread | None
    tenths: Grouping | None
    ages: Grouping | None
    wards: Grouping | None
    moved: tuple[tuple[str, int | None], ...]
    money: Money | None
    said_costs: bool
    taking_part: TakingPart | None = None  # how often all who live here take part, wherever it is
    released: date | None = None          # where others see it: since when
    held_back: Released | None = None     # where it is one's own: what others still see


def benefit_for(viewer: Viewer, partnership: UUID, system: UUID, year: int | None = None) -> Benefit:
    """Who benefits in a year, the latest whole one where none is asked for; NotFound where none is held."""
    row = system_row(viewer, partnership, system)
    kept, land = SummaryStore(visit_store(row)), benefit_place(partnership)
    years, inside = kept.years(), land.codes if land else frozenset()
    chosen = _chosen(kept, years, inside, year)
    if chosen is None:
        raise NotFound("No visits of this system are held. Bring an export first.")
    if is_mine(viewer, row):
        made = _benefit(row, chosen, years, land)
        return replace(made, mine=True, held_back=held_back(row, chosen, land) if row.placed else None)
    seen = released_year(row, chosen, land, today=clock.today(), to=_whose(viewer, partnership))
    return replace(_benefit(row, seen.summary, years, seen.land), released=seen.on)


def registers_for(viewer: Viewer, partnership: UUID, system: UUID) -> tuple[VisitSystem, tuple[Register, ...]]:
    """What went out of each year of one's own system, and what was kept back; NotFound where it is another's."""
    row = system_row(viewer, partnership, system)
    if not is_mine(viewer, row):
        raise NotFound("There is no such system, or it is another organisation's.")
    kept, land = SummaryStore(visit_store(row)), benefit_place(partnership)
    inside = land.codes if land else frozenset()
    held = (kept.narrowed(year, inside) for year in kept.years())
    return row, tuple(register_of(row, one, land) for one in held if one is not None)


def _whose(viewer: Viewer, partnership: UUID) -> str:
    """The name of the organisation for which somebody looks, empty where there is none."""
    mine = viewer.organisation_in(partnership)
    return Organisation.objects.get(pk=mine).name if mine else ""


def _chosen(
    kept: SummaryStore, years: tuple[int, ...], inside: frozenset[str], year: int | None
) -> Summary | None:
    """The year asked for; else the latest whole one; else the latest. No more are read than need be."""
    if year in years:
        return kept.narrowed(year, inside)
    found = (kept.narrowed(one, inside) for one in years)
    latest = next(found, None)
    return latest if latest is None or latest.whole else next((one for one in found if one and one.whole), latest)


def costs_of(system: VisitSystem, year: int) -> dict[str, SiteCost]:
    """What was said of a year's costs, by site."""
    return {one.site: one for one in SiteCost.objects.filter(system=system, year=year)}


def site_areas(system: VisitSystem, year: int) -> dict[str, str]:
    """The small area that each site is said to stand in."""
    return {site: one.area for site, one in costs_of(system, year).items() if one.area}


def taking_part_of(system: VisitSystem, year: int) -> TakingPart | None:
    """How often all who live in the place are said to take part in a year."""
    found: TakingPart | None = TakingPart.objects.filter(system=system, year=year).first()
    return found


def shown(counts: Sequence[int], *, total: bool = False) -> tuple[int | None, ...]:
    """Counts of people as they may be shown, None where too few; with their total last where asked for."""
    labels = tuple(map(str, range(len(counts))))
    cells = release(CountTable(labels, ("people",), tuple((int(one),) for one in counts)), RULE).cells
    values = tuple(line[0].value for line in cells)
    return values if total else values[:-1]


def _benefit(
    row: VisitSystem, summary: Summary, years: tuple[int, ...], land: BenefitPlace | None
) -> Benefit:
    inside = inside_of(land)
    here, elsewhere, nowhere = homes(summary, inside)
    people = shown([here, elsewhere, nowhere], total=True)
    costs = costs_of(row, summary.year)
    population = land.population if land else None
    tenths = _tenths(summary, land, nowhere)
    known = max(summary.visits, 1)
    return Benefit(
        system=row, mine=False, summary=summary, years=years, source=_source(row, summary),
        place=land.name if land else row.partnership.name, place_code=land.code if land else "",
        population=population, members=people[3],
        behind=people_behind(people[3] or 0, summary.visits - summary.known_visits),
        here=people[0], elsewhere=people[1], homeless=people[2],
        known_share=summary.known_visits / known,
        placed_share=sum(visits for _, area, _, visits, _, _ in summary.flows if area) / known,
        spread=_spread(summary, here / population if population else None),
        tenths=tenths, ages=_ages(summary, land),
        wards=_wards(summary, land, nowhere), moved=_moved(summary),
        money=money_of(summary, costs, land, inside, {one.label: one.people for one in tenths.groups})
        if costs and summary.whole and tenths else None,
        said_costs=bool(costs), taking_part=taking_part_of(row, summary.year),
    )


def _source(row: VisitSystem, summary: Summary) -> SourceRef:
    return SourceRef(
        dataset=f"visits-{row.key}", title=f"{row.title}: visits", publisher=row.organisation.name,
        licence="not published", version=f"{summary.label}, {len(summary.months)} months",
        published=summary.label, invented=row.partnership.invented,
    )


def _spread(summary: Summary, reach: float | None) -> Spread | None:
    if summary.members < FEWEST:
        return None
    each, people = (np.array([one[at] for one in summary.histogram], np.float64) for at in (0, 1))
    among = gini(each, people)
    half = int(np.searchsorted(np.cumsum(people), people.sum() / 2))
    return Spread(
        mean=float(each @ people / people.sum()), middle=int(each[half]), gini=among,
        gini_residents=gini_among_residents(among, reach) if reach is not None and 0 < reach <= 1 else None,
        top_tenth=share_of_top(each, people), bands=_bands(each, people, summary), histogram=summary.histogram,
    )


def _bands(each: Reals, people: Reals, summary: Summary) -> tuple[tuple[str, int | None, float | None], ...]:
    found = band_rows(summary)
    counts = shown([count for _, count, _ in found])
    whole = float(each @ people)
    return tuple(
        (words, count, visits / whole if count is not None else None)
        for (words, _, visits), count in zip(found, counts, strict=True)
    )


def _moved(summary: Summary) -> tuple[tuple[str, int | None], ...]:
    if not summary.movement:
        return ()
    known = [count for count in summary.movement if count != NOT_KNOWN]
    released = iter(shown(known))
    return tuple(
        (label, NOT_KNOWN if count == NOT_KNOWN else next(released))
        for label, count in zip(read("benefit")["moved"], summary.movement, strict=True)
    )


def _tenths(summary: Summary, land: BenefitPlace | None, nowhere: int) -> Grouping | None:
    """Those who live there by the tenth of deprivation of their small area, the worst off first."""
    if land is None or not land.tenths:
        return None
    return _grouping(tenth_rows(summary, land), nowhere, land.period, land.source, ordered=True)


def _ages(summary: Summary, land: BenefitPlace | None) -> Grouping | None:
    """Those who live there by band of age; people whose age is not known are in none."""
    if land is None or land.ages_source is None:
        return None
    rows, unknown = age_rows(summary, land)
    return _grouping(rows, unknown, land.ages_period, land.ages_source) if rows else None


def _wards(summary: Summary, land: BenefitPlace | None, nowhere: int) -> Grouping | None:
    """Those who live there by ward, the least reached first; nothing where wards are not known or are one."""
    rows = ward_rows(summary, land) if land is not None else []
    if land is None or len(rows) < 2:
        return None
    found = _grouping(rows, nowhere, land.period, land.source)
    if found is None:
        return None
    return replace(found, groups=tuple(sorted(found.groups, key=lambda one: (one.reach is None, one.reach or 0))))


def _grouping(
    rows: list[tuple[str, int, float]], unknown: int, period: str, source: SourceRef, *, ordered: bool = False
) -> Grouping | None:
    counts = shown([came for _, came, _ in rows])
    people = np.array([one or 0 for one in counts], np.float64)
    live = np.array([one for _, _, one in rows])
    if not people.sum() > 0:
        return None
    people = np.minimum(people, live)
    low, high = wilson(people, live)
    ratios = representativeness(people, live, weighting=Weighting.PERSON)
    share = people / live
    groups = tuple(
        _group(label, counts[at], live[at], (people[at] / live[at], low[at], high[at]), unknown,
               (ratios.ratio[at], ratios.lower[at], ratios.upper[at]))
        for at, (label, _, _) in enumerate(rows)
    )
    several = ordered and len(rows) > 1
    return Grouping(
        groups, period, source, unknown,
        concentration(share, live, n=float(live.sum()), within=share * (1 - share)) if several else None,
        index_bounds(people, live, float(unknown)) if several else None,
    )


def _group(
    label: str, people: int | None, live: float, reach: tuple[float, float, float], unknown: int,
    ratio: tuple[float, float, float],
) -> Group:
    if people is None:
        return Group(label, None, round(live), None, None, None, None, None, None, None)
    value, low, high = map(float, reach)
    return Group(
        label, people, round(live), value, low, high, min(1.0, (people + unknown) / live), *map(float, ratio)
    )


def day_of(summary: Summary) -> date:
    """The last day that the summary speaks of, or the first after it."""
    last = summary.months[-1]
    year, month = divmod(last, 100)
    return date(year + month // 12, month % 12 + 1, 1)
