"""Groups and areas that may be missed, named at the start so that they are carried through (promise N10)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from commonweal.core.figure import Figure, Grade, Quality, Unit
from commonweal.needs.assessment import MissedGroup, PeopleTable
from commonweal.needs.card import card
from commonweal.needs.content import read
from commonweal.needs.queries.figures import Facts, Maker, method_words
from commonweal.needs.queries.people import age_quality, ages_of
from commonweal.needs.queries.scope import Scope
from commonweal.needs.queries.values import key_of
from commonweal.needs.wording import fill, say, sentence
from commonweal.present import wording

DEPRIVED = 2  # the most deprived fifth of small areas


def missed_of(maker: Maker, scope: Scope, people: tuple[PeopleTable, ...]) -> tuple[MissedGroup, ...]:
    """Every group of content/missed.yaml, counted where it can be; those with nobody in them are left out."""
    found = []
    for group in read("missed")["groups"]:
        one = _group(maker, scope, people, group)
        if one is not None:
            found.append(one)
    return tuple(found)


def _group(
    maker: Maker, scope: Scope, people: tuple[PeopleTable, ...], group: Mapping[str, Any]
) -> MissedGroup | None:
    count = group["count"]
    if not count:
        said = fill(group["sentence"], place=scope.place.name)
        return MissedGroup(group["group"], sentence(said), None, group["why"], group["how_to_reach"])
    found = _counted(maker, scope, people, count)
    if found is None:
        said = say("missed.unknown", group=group["group"], place=scope.place.name)
        return MissedGroup(group["group"], sentence(said), None, group["why"], group["how_to_reach"])
    figure, number, beside = found
    if not figure.value or figure.value < 0.05:
        return None
    said = fill(
        group["sentence"], place=scope.place.name, people=f"{_rounded(number):,.0f}",
        value=wording.spoken(figure), england=beside,
    )
    return MissedGroup(group["group"], sentence(said), figure, group["why"], group["how_to_reach"])


def _rounded(number: float) -> float:
    return round(number, -2) if number >= 1000 else round(number, -1)


def _counted(
    maker: Maker, scope: Scope, people: tuple[PeopleTable, ...], count: Mapping[str, Any]
) -> tuple[Figure, float, str] | None:
    """The group's share as a figure, its number, and England's share in words."""
    if "card" in count:
        return _of_table(people, "disability", (card(count["card"]).name,), first=True)
    if "table" in count:
        table = next((each for each in people if each.key == count["table"]), None)
        if table is None:
            return None
        names = _names(count)
        return _of_table(people, count["table"], names, first=False)
    if "ages" in count:
        return _aged(maker, scope, *count["ages"])
    if count.get("rural"):
        return _of_table(people, "rural", (say("people.rural_row"),), first=False)
    return _hidden_income(maker, scope)


def _names(count: Mapping[str, Any]) -> tuple[str, ...]:
    """The groups' words that a count takes from its table."""
    table = next(each for each in read("people")["tables"] if each["key"] == count["table"])
    return tuple(
        group["words"] for group in table["groups"]
        if group["category"] in count.get("only", [group["category"]]) and group["category"] != count.get("except")
    )


def _of_table(
    people: tuple[PeopleTable, ...], key: str, names: tuple[str, ...], *, first: bool
) -> tuple[Figure, float, str] | None:
    table = next((each for each in people if each.key == key), None)
    if table is None:
        return None
    rows = table.rows[:1] if first else [row for row in table.rows if row.group in names]
    if not rows:
        return None
    number = sum(row.count.value or 0.0 for row in rows)
    share = sum(row.share.value or 0.0 for row in rows)
    england = sum(row.comparator.value or 0.0 for row in rows if row.comparator)
    figure = rows[0].share if len(rows) == 1 else _summed(rows[0].share, share, names)
    return figure, number, wording.written(england, Unit.PERCENT)


def _summed(figure: Figure, share: float, names: tuple[str, ...]) -> Figure:

    base = say("missed.summed", base=figure.base, names=wording.listed(list(names)))
    return replace(figure, value=share, lower=None, upper=None, interval_method="", base=base)


def _aged(maker: Maker, scope: Scope, first: int, last: int) -> tuple[Figure, float, str] | None:
    found, whole = ages_of(maker.held, scope), maker.held.people.ages.get(maker.held.geography.country)
    if found is None or whole is None:
        return None
    ages, period, dataset = found
    number, everyone = float(ages[first : last + 1].sum()), float(ages.sum())
    figure = maker.simple(
        100 * number / everyone, Unit.PERCENT, say("base.everyone"), scope.place,
        facts=Facts(period, dataset, method_words("ages"), age_quality(scope), round(everyone)),
        decimals=1,
    )
    england = wording.written(100 * float(whole[first : last + 1].sum()) / float(whole.sum()), Unit.PERCENT)
    return figure, number, england


def _hidden_income(maker: Maker, scope: Scope) -> tuple[Figure, float, str] | None:
    """People on low incomes who live outside the most deprived fifth of small areas."""
    held, income, tenth = maker.held, card("income-deprivation"), card("worst-tenth")
    rates = held.small.columns.get(key_of(income))
    deciles = held.small.columns.get(key_of(tenth))
    if rates is None or deciles is None:
        return None
    poor = np.nan_to_num(rates.values * held.small.people / 100)[scope.areas]
    outside = deciles.values[scope.areas] > DEPRIVED
    total, number = float(poor.sum()), float(poor[outside].sum())
    if not total > 0:
        return None
    figure = maker.simple(
        100 * number / total, Unit.PERCENT, say("base.low_income"), scope.place,
        facts=Facts(rates.period.label, key_of(income)[0], method_words("rolled"),
                    Quality(Grade.B, (read("quality")["derived"],)), round(total)),
    )
    return figure, number, ""


