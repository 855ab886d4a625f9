"""How who benefits is set out: the answer, people, reach and money, what is certain, and every table and chart."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from commonweal.core.figure import Figure, Grade, PlaceRef, Quality, Release, Unit
from commonweal.methods.benefit import Between
from commonweal.methods.inequality import Concentration
from commonweal.needs.content import read
from commonweal.needs.pages.benefit_tables import (
    ages_table,
    bands_table,
    money_table,
    moved_table,
    percent,
    sites_table,
    tenths_table,
    wards_table,
)
from commonweal.needs.pages.overview import Labelled
from commonweal.needs.queries.benefit import Benefit, day_of
from commonweal.needs.queries.benefit_money import Money
from commonweal.needs.wording import fill
from commonweal.present import charts, wording
from commonweal.present.chart import Chart, Message
from commonweal.present.provenance import short_citation
from commonweal.present.series import Point, Role
from commonweal.present.table import DataTable

METHOD_VERSION = "1"


@dataclass(frozen=True, slots=True)
class BenefitView:
    """The whole page; `sure` is one paragraph, `method` the small print."""

    answer: str
    figures: tuple[Labelled, ...]
    people: tuple[str, ...]
    spread: Chart | None
    moved: DataTable | None
    reach: tuple[str, ...]
    reached: Chart | None
    ages: DataTable | None
    wards: DataTable | None
    money: tuple[str, ...]
    money_figures: tuple[Labelled, ...]
    curve: Chart | None
    tenths: DataTable | None
    sites: DataTable | None
    sure: str
    method: tuple[str, ...]


def benefit_view(found: Benefit) -> BenefitView:
    """Everything the page shows."""
    money = found.money
    return BenefitView(
        answer=_answer(found), figures=figures_of(found), people=_people(found), spread=_spread_chart(found),
        moved=moved_table(found), reach=_reach(found), reached=_reach_chart(found), ages=ages_table(found),
        wards=wards_table(found), money=_money(found), money_figures=money_figures(found),
        curve=_money_chart(found, money) if money else None, tenths=money_table(found, money) if money else None,
        sites=sites_table(found, money) if money else None, sure=" ".join(_sure(found)), method=_method(found),
    )


def tables_of(found: Benefit) -> tuple[DataTable, ...]:
    """Every table of the page, for one file."""
    money = found.money
    every = (bands_table(found), moved_table(found), tenths_table(found), ages_table(found),
             wards_table(found), money_table(found, money) if money else None,
             sites_table(found, money) if money else None)
    return tuple(table for table in every if table is not None)


def _say(key: str, **given: object) -> str:
    return fill(read("benefit")["words"][key], **given)


def figures_of(found: Benefit) -> tuple[Labelled, ...]:
    """The numbers that come first, each a figure."""
    words = read("benefit")["figures"]
    shown = [
        Labelled(_figure(found, found.summary.visits, Unit.COUNT, "base_visits"), words["visits"]),
        Labelled(_figure(found, found.members, Unit.PEOPLE, "base_people"), words["people"]),
    ]
    if found.spread:
        shown.append(Labelled(
            _figure(found, found.spread.mean, Unit.RATIO, "base_people", decimals=1), words["mean"]))
        top = _figure(found, 100 * found.spread.top_tenth, Unit.PERCENT, "base_people")
        shown.append(Labelled(top, words["top"]))
    if found.here is not None and found.population:
        share = _figure(found, 100 * found.here / found.population, Unit.PERCENT, "base_here", decimals=1)
        shown.append(Labelled(replace(share, n=found.population), words["reach"]))
    if found.taking_part:
        part = _figure(found, 100 * found.summary.visits / found.taking_part.times, Unit.PERCENT, "base_part")
        shown.append(Labelled(replace(part, n=found.taking_part.times), words["part"]))
    return tuple(shown)


def money_figures(found: Benefit) -> tuple[Labelled, ...]:
    """Pounds a visit and a person; nothing where no costs were said."""
    money, words = found.money, read("benefit")["figures"]
    if money is None:
        return ()
    each = _figure(found, money.per_visit, Unit.POUNDS, "base_money", decimals=2)
    shown = [Labelled(replace(each, n=money.visits), words["per_visit"])]
    if found.members:
        person = _figure(found, float(money.subsidy) / found.members, Unit.POUNDS, "base_people", decimals=2)
        shown.append(Labelled(person, words["per_person"]))
    return tuple(shown)


def _figure(found: Benefit, value: float | None, unit: Unit, base: str, *, decimals: int = 0) -> Figure:
    whole = found.system.partnership
    place = PlaceRef("district", found.place_code, found.place, found.summary.year, whole.invented)
    hidden = value is None
    return Figure(
        value=None if hidden else float(value or 0), unit=unit, base=_say(base, place=found.place), place=place,
        period=found.summary.label, source=found.source, method=_say("method_people"),
        method_version=METHOD_VERSION, quality=_quality(found), decimals=decimals,
        n=found.summary.visits if base == "base_visits" else found.members, period_end=day_of(found.summary),
        release=Release.SUPPRESSED if hidden else Release.RELEASED, missing=_say("few") if hidden else "",
    )


def _quality(found: Benefit) -> Quality:
    """A to D by how much is not known of cards and homes."""
    unknown = 1 - min(found.known_share, found.placed_share)
    grade = next(grade for most, grade in ((0.05, Grade.A), (0.2, Grade.B), (0.4, Grade.C), (1.1, Grade.D))
                 if unknown <= most)
    return Quality(grade, (_say("quality_good"), _say("quality_unknown", share=percent(unknown))))


def _answer(found: Benefit) -> str:
    reach = ""
    if found.here is not None and found.population:
        share = percent(found.here / found.population)
        reach = _say("answer_reach", here=f"{found.here:,}", share=share, place=found.place)
    people = f"{found.members:,}" if found.members is not None else _say("few")
    said = _say("answer", year=found.summary.label, visits=f"{found.summary.visits:,}", people=people, reach=reach)
    if not found.summary.whole:
        said += " " + _say("part", months=len(found.summary.months), year=found.summary.label)
    return said


def _people(found: Benefit) -> tuple[str, ...]:
    behind = _say("behind_sure") if found.behind.is_certain else _say(
        "behind", least=f"{found.behind.least:,.0f}", most=f"{found.behind.most:,.0f}")
    part = found.taking_part
    of_all = () if part is None else (_say(
        "part_of", share=percent(found.summary.visits / part.times), times=f"{part.times:,}", place=found.place,
        source=part.source),)
    if found.spread is None:
        return (behind, _say("too_few"), *of_all)
    return (_say("spread", middle=found.spread.middle, top=percent(found.spread.top_tenth)), behind, *of_all)


def _spread_chart(found: Benefit) -> Chart | None:
    table = bands_table(found)
    if found.spread is None or table is None:
        return None
    each, people = (np.array([one[at] for one in found.spread.histogram], float) for at in (0, 1))
    along = np.concatenate(([0.0], np.cumsum(people) / people.sum()))
    up = np.concatenate(([0.0], np.cumsum(each * people) / (each @ people)))
    marks = np.linspace(0, 1, 51)
    points = tuple(zip(marks.round(4).tolist(), np.interp(marks, along, up).round(4).tolist(), strict=True))
    message = Message(_say("chart_spread"), _say("chart_spread_said", top=percent(found.spread.top_tenth)),
                      source=short_citation(found.source))
    words = charts.CurveWords(*read("benefit")["axes"]["spread"])
    return charts.curve(message, points, words, table)


def _reach(found: Benefit) -> tuple[str, ...]:
    if found.tenths is None:
        return (_say("no_place"),)
    known = [one for one in found.tenths.groups if one.reach is not None]
    lines = []
    if len(known) > 1:
        low, high = known[0], known[-1]
        lines.append(_say(
            "tenth", low=percent(low.reach or 0), high=percent(high.reach or 0),
            low_tenth=wording.ordinal(int(low.label)), high_tenth=wording.ordinal(int(high.label))))
    leans = _leans(found.tenths.bounds, found.tenths.index)
    lines.append(_say({-1: "leans_poor", 0: "leans_none", 1: "leans_rich"}[leans]))
    wards = [one for one in found.wards.groups if one.reach is not None] if found.wards else []
    if len(wards) > 1:
        low, high = wards[0], wards[-1]
        lines.append(_say("wards", low=low.label, low_share=percent(low.reach or 0), high=high.label,
                          high_share=percent(high.reach or 0)))
    return tuple(lines)


def _reach_chart(found: Benefit) -> Chart | None:
    table = tenths_table(found)
    if found.tenths is None or table is None:
        return None
    points = tuple(
        Point(_tenth(one.label), _hundred(one.reach), Role.PLACE, _hundred(one.low), _hundred(one.high),
              _say("few"))
        for one in found.tenths.groups
    )
    message = Message(_say("chart_reach"), " ".join(_reach(found)), source=short_citation(found.source))
    chart = charts.comparison(message, points, unit=Unit.PERCENT, decimals=1)
    return replace(chart, table=table)


def _tenth(label: str) -> str:
    return {"1": "1, most deprived", "10": "10, least deprived"}.get(label, label)


def _hundred(value: float | None) -> float | None:
    return None if value is None else 100 * value


def _money(found: Benefit) -> tuple[str, ...]:
    money, summary = found.money, found.summary
    if money is None:
        part = found.said_costs and not summary.whole
        return (_say("costs_part" if part else "costs_none", year=summary.label, months=len(summary.months)),)
    lines = []
    if found.members:
        each = f"{float(money.subsidy) / found.members:,.2f}"
        lines.append(_say("money", subsidy=f"{money.subsidy:,.0f}", per_visit=f"{money.per_visit:,.2f}",
                          per_person=each))
        if not found.behind.is_certain and found.behind.least > 0:
            lines.append(_say("money_person", least=f"{float(money.subsidy) / found.behind.most:,.2f}",
                              most=f"{float(money.subsidy) / found.behind.least:,.2f}"))
    lines.append(_half(money) if money.curve else _say("surplus"))
    lines += _progress(money)
    lines.append(_say("elsewhere", outside=percent(money.outside), unknown=percent(money.unknown)))
    if money.missing:
        lines.append(_say("costs_missing", sites=wording.listed(list(money.missing))))
    return tuple(lines)


def _half(money: Money) -> str:
    key = {-1: "money_poor", 0: "money_even", 1: "money_rich"}[_leans(money.bounds, money.index)]
    return _say(key, half=percent(half_of(money)))


def _progress(money: Money) -> list[str]:
    """The subsidy against low incomes, and what is paid against use, each in a sentence with its interval."""
    lines = []
    if (need := money.against_need) is not None and money.bounds is not None:
        half = (need.upper or 0.0) - need.index
        least, most = need.against - money.bounds.most - half, need.against - money.bounds.least + half
        end = "poor" if least > 0 else "rich" if most < 0 else "even"
        lines.append(_say(f"need_{end}", value=_index(need.index), low=_index(least), high=_index(most)))
    if (paid := money.payment) is not None:
        end = {1: "rich", 0: "even", -1: "poor"}[paid.leans]
        low, high = _index(paid.lower or 0.0), _index(paid.upper or 0.0)
        lines.append(_say(f"paid_{end}", value=_index(paid.index), low=low, high=high))
    return lines


def half_of(money: Money) -> float:
    """What the worse-off half of residents receive of what residents receive."""
    return float(np.interp(0.5, money.curve.people, money.curve.received)) if money.curve else float("nan")


def _leans(bounds: Between | None, index: Concentration | None) -> int:
    """-1 towards deprived areas for certain, 1 away from them, 0 where it cannot be told.

    Certain is what stays so wherever the unknown live, and beyond the doubt of the numbers themselves.
    """
    if bounds is None or index is None:
        return 0
    doubt = _doubt(index)
    return -1 if bounds.most + doubt < 0 else 1 if bounds.least - doubt > 0 else 0


def _doubt(index: Concentration) -> float:
    """Half the width of the 95% interval."""
    return 0.0 if index.upper is None else index.upper - index.index


def _money_chart(found: Benefit, money: Money) -> Chart | None:
    table = money_table(found, money)
    if money.curve is None or table is None:
        return None
    points = tuple(zip(money.curve.people.round(4).tolist(), money.curve.received.round(4).tolist(), strict=True))
    leans = _leans(money.bounds, money.index)
    key = {-1: "chart_money_poor", 0: "chart_money_even", 1: "chart_money_rich"}[leans]
    message = Message(_say(key), _say("chart_money_said", half=percent(half_of(money))),
                      source="; ".join((short_citation(found.source), *money.sources)))
    words = charts.CurveWords(*read("benefit")["axes"]["money"])
    return charts.curve(message, points, words, table)


def _sure(found: Benefit) -> list[str]:
    lines = [_say("sure_people", known=percent(found.known_share), placed=percent(found.placed_share))]
    if found.tenths:
        lines += _certain("sure", found.tenths.bounds, found.tenths.index)
    if found.money:
        lines += _certain("sure_money", found.money.bounds, found.money.index)
    lines.append(_say("mind"))
    return lines


def _certain(key: str, bounds: Between | None, index: Concentration | None) -> list[str]:
    if bounds is None or index is None:
        return []
    end = "yes" if _leans(bounds, index) else "no"
    doubt = f"{_doubt(index):.2f}"
    return [_say(f"{key}_{end}", least=_index(bounds.least), most=_index(bounds.most), doubt=doubt)]


def _method(found: Benefit) -> tuple[str, ...]:
    lines = [_say("method_people"), _say("release")]
    if found.spread:
        residents = found.spread.gini_residents
        more = "" if residents is None else _say("method_residents", value=f"{residents:.2f}")
        lines.append(_say("method_spread", gini=f"{found.spread.gini:.2f}", residents=more))
    if found.tenths and found.tenths.index and found.tenths.index.lower is not None:
        one = found.tenths.index
        low, high = _index(one.lower or 0), _index(one.upper or 0)
        lines.append(_say("index", value=_index(one.index), low=low, high=high))
    if found.money:
        lines += [_say("method_money"), _say("kakwani")]
    return tuple(lines)


def _index(value: float) -> str:
    return f"{value:.2f}".replace("-", "−")
