"""What an appraisal says: which option wins for whom, how firmly, the price beside it, what would turn it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

import numpy as np

from commonweal.core.figure import Unit
from commonweal.methods.additive import worth_their_cost
from commonweal.methods.discounting import factors, level
from commonweal.options.appraisal_view import AppraisalView, CriterionLine, OptionLine, ScoreLine
from commonweal.options.appraised import ANYBODY, GroupFound, Result
from commonweal.options.money_content import words
from commonweal.options.pages.told import Section, Told, pounds
from commonweal.options.queries.full_runs import FullDraw
from commonweal.options.queries.money import SheetView
from commonweal.options.worth import Valued
from commonweal.present.chart import Chart, Message
from commonweal.present.charts import contributions
from commonweal.present.series import Contribution, Role
from commonweal.present.status import long_date
from commonweal.present.table import Cell, DataTable, Linked, Missing, number_column, text_column
from commonweal.present.wording import listed

Worth = dict[UUID, Valued]
MOST_PARTS = 8
SHOWN = 0.005
METHOD = ("Additive value on agreed ends; share of first places over 65,536 scrambled Sobol draws of weights and "
          "unsure scores (SMAA-2), method 1")


def appraisal_told(
    view: AppraisalView, sheet: SheetView | None, worth: Worth, full: FullDraw | None = None
) -> Told:
    """The whole page; `full` is a million weightings, where they were drawn."""
    kind = f"Options for {view.service_title.lower()}, {view.where}"
    result = view.result
    if result is None:
        return Told(view.title, kind, " ".join(view.missing), tuple(_put_aside(view)))
    sections = (
        _wins(result, full), *_firm(result), *price_section(view, result, sheet, worth), *_turning(result),
        _why(view, result), *_reversals(result), *_put_aside(view),
    )
    return Told(view.title, kind, result.robust.answer, sections, tuple(_unknown(view, result)))


def wins_chart(result: Result) -> Chart:
    """How often each option is first: a bar a group, the options as its parts."""
    rows = [*((one.title, one.first) for one in result.groups),
            (ANYBODY, tuple(map(float, result.anybody.first)))]
    most = np.max([first for _, first in rows], axis=0)
    order = sorted((at for at in range(len(result.names)) if most[at] >= SHOWN), key=lambda at: -most[at])
    shown, rest = (order, []) if len(order) <= MOST_PARTS else (order[:MOST_PARTS - 1], order[MOST_PARTS - 1:])
    parts = []
    for title, first in rows:
        total = sum(first) or 1.0        # level options share a first place
        cells = [(result.names[at], 100 * first[at] / total) for at in shown]
        if rest:
            cells.append(("Others", 100 * sum(first[at] for at in rest) / total))
        parts.append(Contribution(title, tuple(cells), Role.COMPARATOR if title == ANYBODY else Role.PLACE))
    return contributions(_message(result), tuple(parts), decimals=0, table=wins_table(result))


def _message(result: Result) -> Message:
    """The picture's title is what it shows; how to read it stands under it."""
    firsts = {one.winner for one in result.robust.standings}
    title = "The groups put different options first"
    if len(firsts) == 1:
        title = f"{result.names[firsts.pop()]} is first by the weights of each group"
    return Message(title, "Of every 100 weightings: how many put which option first.")


def wins_table(result: Result) -> DataTable:
    """Shares of first places, an option a row, a group a column."""
    columns = (text_column("Option"), *(number_column(one.title, Unit.PERCENT) for one in result.groups),
               number_column(ANYBODY, Unit.PERCENT))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (name, *(round(100 * one.first[at]) for one in result.groups),
         round(100 * float(result.anybody.first[at]))) for at, name in enumerate(result.names)
    )
    return DataTable("How often each option comes first", columns, rows, (words("appraisal", "shares"), METHOD),
                     key="first")


def price_table(view: AppraisalView, result: Result, sheet: SheetView | None, worth: Worth) -> DataTable:
    """What each option is worth to each group, and its price beside it."""
    columns = (text_column("Option"), *(number_column(f"Value: {one.title}", decimals=0) for one in result.groups),
               number_column("Cost a year, evened out", Unit.POUNDS),
               number_column("Net present value", Unit.POUNDS))
    rows = []
    for at, one in enumerate(view.short):
        valued = worth.get(one.id)
        money: tuple[Cell, Cell] = (Missing("not costed"), Missing("not costed"))
        if valued is not None and sheet is not None:
            money = (round(yearly(valued, sheet), -3), round(valued.worth.net, -3))
        rows.append((one.title, *(round(group.worth[at]) for group in result.groups), *money))
    notes = ["Value: from 0, at the worst end of every scale, to 100, at the best."]
    if sheet is not None:
        edition = sheet.terms.edition
        notes.append("Evened out: the same sum each year. Net present value: what it brings in pounds less what "
                     "it costs, in the value of today. "
                     f"Pounds: {sheet.title}, {sheet.terms.years} years, {sheet.terms.price_year} prices, "
                     f"{edition.title}{', ' + edition.warning if edition.warning else ''}.")
    return DataTable("Value to each group, and price beside it", columns, tuple(rows), tuple(notes), key="price")


def yearly(valued: Valued, sheet: SheetView) -> float:
    """The level sum a year that costs as much over the years of the sheet."""
    return level(valued.worth.costs, factors(sheet.terms.edition.standard, sheet.terms.years))


def compared(view: AppraisalView, result: Result) -> tuple[str, ...]:
    """How the options were compared, for a reader who was not there."""
    criteria = "; ".join(one.title for one in view.criteria)
    count = len(view.criteria)
    took = {one.title: f" ({one.took_part[:1].lower()}{one.took_part[1:]})" for one in view.weighed}
    return (
        f"{counted(count, 'criterion', 'criteria')}, the worst and the best end of each agreed before any score: "
        f"{criteria}.",
        *(_counts_most(one, result, took.get(one.title, "")) for one in result.groups),
        words("appraisal", "weightings"),
    )


def counted(count: int, one: str, many: str) -> str:
    """'One group', 'Four criteria'."""
    numbers = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight")
    return f"{numbers[count] if count < len(numbers) else count} {one if count == 1 else many}"


def _counts_most(group: GroupFound, result: Result, took_part: str) -> str:
    """What counts most for a group, and next."""
    order = sorted(range(len(group.weights)), key=lambda at: -group.weights[at])
    first, *rest = (f"“{result.given.criteria[at]}” ({100 * group.weights[at]:.0f}%)" for at in order)
    then = f", then {rest[0]}" if rest else ""
    return f"For {group.title}{took_part} {first} counts most{then}."


def price_section(
    view: AppraisalView, result: Result, sheet: SheetView | None, worth: Worth
) -> Iterable[Section]:
    """Price beside value, never inside it."""
    said = [words("appraisal", "price")]
    costs = [worth[one.id].worth.costs if one.id in worth else float("nan") for one in view.short]
    if all(np.isnan(costs)):
        said.append("No option is costed yet.")
    else:
        said.extend(_worth_it(view, group, costs) for group in result.groups)
    table = price_table(view, result, sheet, worth)
    yield Section("What it costs, beside what it is worth", tuple(said), (table,))


def scores_table(view: AppraisalView) -> DataTable:
    """Each option on each criterion, likely with its range."""
    columns = (text_column("Option"), *(
        text_column(f"{one.title} ({one.unit})" if one.measured else one.title) for one in view.criteria
    ))
    rows = tuple(
        (one.title, *(
            score.words if (score := one.scores.get(each.id)) is not None else Missing("not scored")
            for each in view.criteria
        )) for one in view.short
    )
    return DataTable("Scores: most likely, and from at least to at most", columns, rows,
                     ("Without a unit: from 0 at the worst end to 100 at the best.",), key="scores")


def criteria_table(view: AppraisalView, *, outcomes: bool = True) -> DataTable:
    """Criteria, their ends, and each group's share of weight."""
    columns = (text_column("Criterion"), text_column("Worst end"), text_column("Best end"),
               *((text_column("Outcome"),) if outcomes else ()),
               *(text_column(f"Weight: {one.title}") for one in view.weighed))
    totals = {one.id: sum(points for points, _ in one.points.values()) for one in view.weighed}
    rows = tuple(
        (one.title, *(said or Missing("not said") for said in one.ends),
         *((one.outcome or Missing("none by itself"),) if outcomes else ()), *(
            f"{100 * group.points[one.id][0] / totals[group.id]:.0f}%" for group in view.weighed
        )) for one in view.criteria
    )
    return DataTable("Criteria with their ends, and who weighs them how", columns, rows, key="criteria")


def evidence_table(view: AppraisalView) -> DataTable:
    """What each score rests on, and who said it."""
    columns = tuple(text_column(name) for name in ("Option", "Criterion", "Score", "Rests on", "By", "On"))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (one.title, each.title, score.words, score.evidence or Missing("no note"), score.by, score.on.date())
        for one, each, score in _scored(view)
    )
    return DataTable("What the scores rest on", columns, rows, key="evidence")


def pointed_table(view: AppraisalView) -> DataTable | None:
    """What each score points to, each with its page; None where none points to anything."""
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (one.title, each.title, Linked(ground.title, ground.href) if ground.href else Missing(ground.title),
         ground.kind, ground.detail)
        for one, each, score in _scored(view) for ground in score.grounds
    )
    names = ("Option", "Criterion", "Points to", "What it is", "Whose, or where")
    columns = tuple(map(text_column, names))
    return DataTable("Where to read it", columns, rows, key="pointed") if rows else None


def bare(view: AppraisalView) -> str:
    """How many scores rest on a note alone, in a sentence; nothing where none does."""
    scored = list(_scored(view))
    alone = sum(not score.grounds for _, _, score in scored)
    return f"{alone} of {len(scored)} scores rest on a note alone and point to no evidence." if alone else ""


def _scored(view: AppraisalView) -> Iterator[tuple[OptionLine, CriterionLine, ScoreLine]]:
    for one in view.short:
        for each in view.criteria:
            if (score := one.scores.get(each.id)) is not None:
                yield one, each, score


def aside_table(view: AppraisalView) -> DataTable:
    """Options put aside, and why."""
    columns = (text_column("Option"), text_column("Why it is put aside"))
    rows = tuple((one.title, one.sift_reason) for one in view.dropped)
    return DataTable("Put aside", columns, rows, key="aside")


def _worth_it(view: AppraisalView, group: GroupFound, costs: list[float]) -> str:
    on_line = worth_their_cost(costs, group.worth)
    off = [one.title for one, holds in zip(view.short, on_line, strict=True) if not holds]
    if not off:
        return f"By {group.title}, each option that is worth more also costs more."
    verb = "cost" if len(off) > 1 else "costs"
    return f"By {group.title}, {listed(off)} {verb} as much as or more than another that is worth no less."


def _wins(result: Result, full: FullDraw | None) -> Section:
    said, tables = list(result.robust.groups), [wins_table(result)]
    if full is not None:
        said.append(settled(result, full))
        tables.append(_full_table(full))
    return Section("Which option wins under which weights", tuple(said), tuple(tables), wins_chart(result))


def settled(result: Result, full: FullDraw) -> str:
    """By how much a million weightings differ from those the page answers from."""
    here = [*(one.first for one in result.groups), tuple(map(float, result.anybody.first))]
    there = [*(first for _, first in full.groups), full.anybody]
    most = 100 * float(np.max(np.abs(np.array(here) - np.array(there))))
    return (f"Drawn again over {full.drawn:,} weightings on {long_date(full.made_at.date())}: no share differs by "
            f"more than {most:.1f} of 100.")


def _full_table(full: FullDraw) -> DataTable:
    columns = (text_column("Option"), *(number_column(title, Unit.PERCENT, 1) for title, _ in full.groups),
               number_column(ANYBODY, Unit.PERCENT, 1))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (name, *(round(100 * first[at], 1) for _, first in full.groups), round(100 * full.anybody[at], 1))
        for at, name in enumerate(full.names)
    )
    return DataTable(f"The same over {full.drawn:,} weightings", columns, rows, key="first-in-full")


def firm_lines(result: Result) -> tuple[str, ...]:
    """What is surely beaten, what may bridge, and what would change each group's answer with the least moved."""
    return (*result.robust.more, *(f"{one.title}: {one.nearest}" for one in result.groups))


def _firm(result: Result) -> Iterable[Section]:
    yield Section("How firm is that?", firm_lines(result))
    yield Section("For whom would another be right?", result.profiles, apart=True)


def moves_table(result: Result) -> DataTable:
    """Between which ends each weight may stand while the first option stays first, a group a column."""
    columns = (text_column("Criterion"), *(
        text_column(f"{one.title}: {result.names[one.places.index(1)]} stays first from") for one in result.groups
    ))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (name, *(_span(one, at) for one in result.groups)) for at, name in enumerate(result.given.criteria)
    )
    caption = "How far one weight may move, the others keeping their proportions"
    return DataTable(caption, columns, rows, key="moves")


def _turning(result: Result) -> Iterable[Section]:
    said = tuple(f"{group.title}: {line}" for group in result.groups for line in group.turns)
    yield Section("What would change it, option by option?", said, (moves_table(result),), apart=True)


def _span(group: GroupFound, at: int) -> str:
    held = group.holds[at]
    return f"{100 * held.low:.0f}% to {100 * held.high:.0f}% (now {100 * group.weights[at]:.0f}%)"


def _why(view: AppraisalView, result: Result) -> Section:
    same = [f"{name} tells nothing apart: every option scores the same on it. Its weight changes nothing."
            for name in result.same]
    pointed = pointed_table(view)
    tables = (scores_table(view), criteria_table(view), evidence_table(view), *((pointed,) if pointed else ()))
    alone = bare(view)
    said = (*same, words("appraisal", "ends"), *((alone,) if alone else ()))
    return Section("Scores and criteria", said, tables, apart=True)


def _reversals(result: Result) -> Iterable[Section]:
    if result.reversals:
        yield Section("Would another list of options turn the order?",
                      (words("appraisal", "reversal"), *result.reversals), apart=True)


def _put_aside(view: AppraisalView) -> Iterable[Section]:
    if view.dropped:
        yield Section("What was put aside, and why", (), (aside_table(view),), apart=True)


def _unknown(view: AppraisalView, result: Result) -> Iterable[str]:
    yield words("appraisal", "scores")
    yield from view.waiting
    if not any(one.baseline for one in view.short):
        yield words("appraisal", "baseline")
    old = [one.title for one in (*view.needs, *view.outcomes) if not one.newest]
    if old:
        yield f"Written anew since: {listed(old)}. Read what changed before you decide."
    if not result.groups:
        yield "No group has given its weights."


def money_words(one: Valued) -> str:
    """An option's net in a few words."""
    return f"{pounds(one.worth.net)} net in present pounds"
