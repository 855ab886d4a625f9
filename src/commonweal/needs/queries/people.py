"""Who lives in a place: ages, ethnic groups, disability, households, tenure, town and country, beside England."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from commonweal.core.figure import Figure, Grade, PlaceRef, Quality, Unit
from commonweal.methods.intervals import proportion
from commonweal.needs.assessment import PeopleRow, PeopleTable
from commonweal.needs.content import read
from commonweal.needs.queries.evidence import Evidence
from commonweal.needs.queries.figures import Maker, method_words
from commonweal.needs.queries.people_counts import Ages, small_area_ages
from commonweal.needs.queries.scope import Scope, england
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
    held = maker.held
    base = say("base.everyone")
    if scope.districts:
        total = sum(held.people.total(code) for code in scope.districts)
        if total > 0:
            return maker.simple(
                total, Unit.PEOPLE, base, scope.place, period=held.people.period, dataset=held.people.dataset,
                method=method_words("population"), quality=_quality("estimate", Grade.A), n=round(total),
            )
    small = held.small
    total = float(np.nansum(small.people[scope.areas]))
    there = total > 0
    return maker.simple(
        total if there else None, Unit.PEOPLE, base, scope.place, period=small.people_period.label,
        dataset=small.people_dataset, method=method_words("rolled"), quality=_quality("estimate", Grade.A),
        n=round(total) if there else None, missing="" if there else say("missing.not_held"),
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
    quality = _quality("estimate", Grade.A if scope.districts else Grade.C)
    rows = tuple(
        _row(
            maker, scope.place, band["words"], content["base"], ages[band["from"] : band["to"] + 1].sum(),
            ages.sum(), period=period, dataset=dataset, quality=quality,
            beside=None if whole is None else _england_share(
                maker, content["base"], whole[band["from"] : band["to"] + 1].sum(), whole.sum(),
                period=held.people.period, dataset=held.people.dataset, quality=_quality("estimate", Grade.A),
            ),
        )
        for band in content["bands"]
    )
    said = _age_sentence(ages, whole)
    if not scope.districts:
        said = f"{said} {content['small_area_note']}"
    return PeopleTable("ages", content["title"], said, rows)


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
    unit = Unit(table["unit"])
    whole, everywhere = np.nansum(counts.whole[scope.areas]), np.nansum(counts.whole)
    if not whole > 0:
        return None
    rows = []
    for group in table["groups"]:
        values = counts.of([group["category"]])
        if np.isnan(values).all():
            continue
        beside = _england_share(
            maker, table["base"], np.nansum(values), everywhere, period=counts.period.label,
            dataset=table["dataset"], quality=_quality("census", Grade.B),
        )
        rows.append(_row(
            maker, scope.place, group["words"], table["base"], np.nansum(values[scope.areas]), whole,
            period=counts.period.label, dataset=table["dataset"], quality=_quality("census", Grade.B),
            beside=beside, unit=unit,
        ))
    return PeopleTable(table["key"], table["title"], _most_unlike(rows), tuple(rows))


def _rural(maker: Maker, scope: Scope) -> PeopleTable | None:
    held, content = maker.held, read("people")["rural"]
    counts = held.small.counts.get((content["dataset"], content["indicator"]))
    if counts is None or not {"rural", "urban"} <= set(counts.categories):
        return None
    people = held.small.people
    rural = np.nan_to_num(counts_flag(counts.counts, counts.categories, "rural"))
    here, total = float(np.nansum(people[scope.areas] * rural[scope.areas])), float(np.nansum(people[scope.areas]))
    there, everyone = float(np.nansum(people * rural)), float(np.nansum(people))
    if not total > 0:
        return None
    rows = tuple(
        _row(
            maker, scope.place, say(f"people.{key}_row"), content["base"], part, total, period=counts.period.label,
            dataset=content["dataset"], quality=_quality("census", Grade.B),
            beside=_england_share(
                maker, content["base"], other, everyone, period=counts.period.label, dataset=content["dataset"],
                quality=_quality("census", Grade.B),
            ),
        )
        for key, part, other in (("rural", here, there), ("urban", total - here, everyone - there))
    )
    return PeopleTable(content["key"], content["title"], _rural_sentence(here / total, there / everyone), rows)


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


def _row(
    maker: Maker, place: PlaceRef, group: str, base: str, count: float, whole: float, *, period: str, dataset: str,
    quality: Quality, beside: Figure | None, unit: Unit = Unit.PEOPLE,
) -> PeopleRow:
    number = maker.simple(
        float(count), unit, base, place, period=period, dataset=dataset, method=method_words("share"),
        quality=quality, n=round(float(whole)),
    )
    share = _share(maker, base, place, float(count), float(whole), period=period, dataset=dataset, quality=quality)
    return PeopleRow(group, number, share, beside)


def _england_share(
    maker: Maker, base: str, count: float, whole: float, *, period: str, dataset: str, quality: Quality
) -> Figure:
    return _share(maker, base, england(maker.held), float(count), float(whole), period=period, dataset=dataset,
                  quality=quality)


def _share(
    maker: Maker, base: str, place: PlaceRef, count: float, whole: float, *, period: str, dataset: str,
    quality: Quality
) -> Figure:
    found = proportion([min(count, whole)], [whole])
    plain = maker.simple(
        float(found.value[0]), Unit.PERCENT, base, place, period=period, dataset=dataset,
        method=method_words("share"), quality=quality, n=round(whole), decimals=1,
    )
    from dataclasses import replace

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
    return sentence(say(
        "people.unlike", group=first.group[:1].lower() + first.group[1:], value=wording.spoken(first.share),
        england=wording.spoken(first.comparator),
    ))


def _quality(reason: str, grade: Grade) -> Quality:
    return Quality(grade, (read("quality")[reason],))
