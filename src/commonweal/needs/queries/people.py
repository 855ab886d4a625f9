"""Who lives in a place: ages, ethnic groups, disability, households, tenure, town and country, beside England."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from commonweal.core.figure import Figure, Grade, PlaceRef, Quality, Unit
from commonweal.methods.intervals import proportion
from commonweal.needs.assessment import PeopleRow, PeopleTable
from commonweal.needs.card import Kind, Level
from commonweal.needs.content import read
from commonweal.needs.queries.evidence import Evidence
from commonweal.needs.queries.figures import Facts, Maker, graded, method_words
from commonweal.needs.queries.people_counts import Ages, small_area_ages
from commonweal.needs.queries.scope import Scope, england
from commonweal.needs.queries.small_areas import Period
from commonweal.needs.queries.values import Value, years_old
from commonweal.needs.wording import say, sentence
from commonweal.present import wording


def people_of(maker: Maker, scope: Scope) -> tuple[PeopleTable, ...]:
    """Every table that the store can fill, in the order of content/people.yaml."""
    found = [_ages(maker, scope)]
    found += [_census(maker, scope, table) for table in read("people")["tables"]]
    found.append(_rural(maker, scope))
    return tuple(table for table in found if table is not None)


def population_of(maker: Maker, scope: Scope) -> Figure:
    """Everyone in the place: the latest estimate for districts, small areas added up for smaller places."""
    held, quality = maker.held, _quality("estimate", Grade.A)
    if scope.districts:
        total = sum(held.people.total(code) for code in scope.districts)
        if total > 0:
            method = method_words("population")
            facts = Facts(held.people.period, held.people.dataset, method, quality, round(total))
            return maker.simple(total, Unit.PEOPLE, say("base.everyone"), scope.place, facts=facts)
    small = held.small
    total = float(np.nansum(small.people[scope.areas]))
    there = total > 0
    facts = Facts(small.people_period.label, small.people_dataset, method_words("rolled"), quality,
                  round(total) if there else None)
    return maker.simple(
        total if there else None, Unit.PEOPLE, say("base.everyone"), scope.place, facts=facts,
        missing="" if there else say("missing.not_held"),
    )


def ages_of(held: Evidence, scope: Scope) -> tuple[Ages, str, str] | None:
    """People by single year of age, with the period and data set; small places from small areas of 2011."""
    if scope.districts:
        found = [held.people.ages.get(code) for code in scope.districts]
        known = [each for each in found if each is not None]
        whole = len(known) == len(scope.districts)
        return (np.sum(known, axis=0), held.people.period, held.people.dataset) if whole and known else None
    codes = held.geography.areas[scope.areas].tolist()
    return held.once(("ages", scope.place.code), lambda: small_area_ages(held.store, codes))


def _ages(maker: Maker, scope: Scope) -> PeopleTable | None:
    held, content = maker.held, read("people")["ages"]
    found = ages_of(held, scope)
    whole = held.people.ages.get(held.geography.country)
    if found is None:
        return None
    ages, period, dataset = found
    facts = Facts(period, dataset, method_words("ages"), age_quality(scope))
    theirs = Facts(held.people.period, held.people.dataset, method_words("ages"), _quality("estimate", Grade.A))
    rows = []
    for band in content["bands"]:
        years = slice(band["from"], band["to"] + 1)
        beside = None
        if whole is not None:
            part = Part(content["base"], float(whole[years].sum()), float(whole.sum()))
            beside = _share(maker, england(held), part, theirs)
        part = Part(content["base"], float(ages[years].sum()), float(ages.sum()))
        rows.append(_row(maker, scope.place, band["words"], part, facts, beside))
    said = _age_sentence(ages, whole)
    if not scope.districts:
        said = f"{said} {content['small_area_note']}"
    return PeopleTable("ages", content["title"], said, tuple(rows))


def age_quality(scope: Scope) -> Quality:
    """Ages of small areas are older, and of other boundaries, than those of districts."""
    return _quality("estimate", Grade.A if scope.districts else Grade.C)


def _age_sentence(ages: Ages, whole: Ages | None) -> str:
    def share(of: Ages, first: int, last: int) -> str:
        return wording.written(100 * of[first : last + 1].sum() / of.sum(), Unit.PERCENT)

    if whole is None:
        return ""
    return say("people.ages", value=share(ages, 0, 15), older=share(ages, 65, 120), england=share(whole, 0, 15),
               england_older=share(whole, 65, 120))


def _census(maker: Maker, scope: Scope, table: Mapping[str, Any]) -> PeopleTable | None:
    counts = maker.held.small.counts.get((table["dataset"], table["indicator"]))
    if counts is None:
        return None
    whole, everywhere = float(np.nansum(counts.whole[scope.areas])), float(np.nansum(counts.whole))
    if not whole > 0:
        return None
    facts = Facts(counts.period.label, table["dataset"], method_words("share"), _counted(maker, counts.period))
    rows = []
    for group in table["groups"]:
        values = counts.of([group["category"]])
        if np.isnan(values).all():
            continue
        theirs = Part(table["base"], float(np.nansum(values)), everywhere)
        part = Part(table["base"], float(np.nansum(values[scope.areas])), whole, Unit(table["unit"]))
        beside = _share(maker, england(maker.held), theirs, facts)
        rows.append(_row(maker, scope.place, group["words"], part, facts, beside))
    return PeopleTable(table["key"], table["title"], _most_unlike(rows), tuple(rows))


def _rural(maker: Maker, scope: Scope) -> PeopleTable | None:
    held, content = maker.held, read("people")["rural"]
    counts = held.small.counts.get((content["dataset"], content["indicator"]))
    if counts is None or not {"rural", "urban"} <= set(counts.categories):
        return None
    people = np.nan_to_num(held.small.people)
    rural = counts_flag(counts.counts, counts.categories, "rural")
    here, total = float((people * rural)[scope.areas].sum()), float(people[scope.areas].sum())
    there, everyone = float((people * rural).sum()), float(people.sum())
    if not total > 0:
        return None
    made = method_words("rural", people=held.small.people_period.label, period=counts.period.label)
    facts = Facts(held.small.people_period.label, content["dataset"], made, _quality("estimate", Grade.B))
    rows = []
    for key, mine, other in (("rural", here, there), ("urban", total - here, everyone - there)):
        beside = _share(maker, england(held), Part(content["base"], other, everyone), facts)
        part = Part(content["base"], mine, total)
        rows.append(_row(maker, scope.place, say(f"people.{key}_row"), part, facts, beside))
    said = _rural_sentence(here / total, there / everyone)
    return PeopleTable(content["key"], content["title"], said, tuple(rows))


def counts_flag(values: np.ndarray, categories: Sequence[str], category: str) -> np.ndarray:
    """1 where an area is of a category, 0 where it is not: classes stand as rows without counts."""
    return np.where(np.isnan(values[:, list(categories).index(category)]), 0.0, 1.0)


def _rural_sentence(share: float, england_share: float) -> str:
    beside = wording.written(100 * england_share, Unit.PERCENT)
    if share > 0.9995:
        return say("people.rural_all", england=beside)
    if share < 0.0005:
        return say("people.urban", england=beside)
    return say("people.rural", value=wording.written(100 * share, Unit.PERCENT), england=beside)


@dataclass(frozen=True, slots=True)
class Part:
    """So many of a whole: `base` says of whom."""

    base: str
    count: float
    whole: float
    unit: Unit = Unit.PEOPLE


def _row(
    maker: Maker, place: PlaceRef, group: str, part: Part, facts: Facts, beside: Figure | None
) -> PeopleRow:
    counted = replace(facts, n=round(part.whole))
    number = maker.simple(part.count, part.unit, part.base, place, facts=counted)
    return PeopleRow(group, number, _share(maker, place, part, facts), beside)


def _share(maker: Maker, place: PlaceRef, part: Part, facts: Facts) -> Figure:
    found = proportion([min(part.count, part.whole)], [part.whole])
    plain = maker.simple(
        float(found.value[0]), Unit.PERCENT, part.base, place, facts=replace(facts, n=round(part.whole)),
        decimals=1,
    )
    return replace(plain, lower=float(found.lower[0]), upper=float(found.upper[0]), interval_method="Wilson")


def _most_unlike(rows: Sequence[PeopleRow]) -> str:
    """The group whose share is furthest from England's, named."""
    known = [row for row in rows if row.share.value is not None and row.comparator is not None
             and row.comparator.value is not None]
    if not known:
        return ""

    def gap(row: PeopleRow) -> float:
        assert row.share.value is not None
        assert row.comparator is not None
        assert row.comparator.value is not None
        return row.share.value - row.comparator.value

    first = max(known, key=lambda row: abs(gap(row)))
    assert first.comparator is not None
    if wording.bare(first.share) == wording.bare(first.comparator):
        return say("people.alike")
    return sentence(say(
        "people.unlike", group=first.group, value=wording.spoken(first.share),
        england=wording.spoken(first.comparator),
    ))


def _counted(maker: Maker, period: Period) -> Quality:
    """The grade of a count of everyone, by the rule that the measures go by."""
    value = Value(0.0, period.label, period.start, period.end)
    return graded(Kind.COUNT, True, value, years_old(value, maker.today), Level.AREA)


def _quality(reason: str, grade: Grade) -> Quality:
    return Quality(grade, (read("quality")[reason],))
