"""How a sheet of options in pounds is told: which comes out ahead, by how much, and what would turn it."""

from __future__ import annotations

from collections.abc import Iterable

from commonweal.core.figure import Unit
from commonweal.options.money_content import words
from commonweal.options.pages.told import Section, Told, per_cent, pounds
from commonweal.options.queries.money import SheetView
from commonweal.options.worth import NEED_SHARE, Line, Turn, Valued, alike, tests, turns, wellbeing_value
from commonweal.policy.green_book import green_book
from commonweal.present.chart import Message
from commonweal.present.charts import comparison
from commonweal.present.series import Point, Role
from commonweal.present.table import Cell, DataTable, Missing, number_column, text_column
from commonweal.present.wording import listed

NEAR = 0.05  # of the costs: within this, no option is told as ahead
CHECKED = {
    "seen": "Seen in an official text.", "second-hand": "Known from others' account of it only.",
    "unchecked": "Unchecked: confirm with your finance officer.",
}
METHOD = "Green Book discounting, method 1"


def money_told(sheet: SheetView) -> Told:
    """The whole page."""
    kind = f"Costs and benefits over {sheet.terms.years} years, {sheet.terms.price_year} prices"
    if not sheet.valued:
        return Told(sheet.title, kind, words("money", "empty"), ())
    sections = (_worth(sheet), *_firm(sheet), *_who(sheet), *_years(sheet))
    return Told(sheet.title, kind, answer(sheet), sections, tuple(_unknown(sheet)))


def answer(sheet: SheetView) -> str:
    """Which option comes out ahead, or that none clearly does."""
    ranked = sheet.ranked
    first = ranked[0]
    if len(ranked) == 1:
        verdict = "brings more than it costs" if first.worth.net > 0 else "costs more than it brings in pounds"
        return f"{first.option.title} {verdict}: {pounds(first.worth.net)} in present pounds."
    second, gap = ranked[1], first.worth.net - ranked[1].worth.net
    if gap < NEAR * max(first.worth.costs, second.worth.costs):
        return (f"In pounds {first.option.title} and {second.option.title} are too close to call: "
                f"{pounds(gap)} apart over {sheet.terms.years} years.")
    return (f"{first.option.title} comes out ahead in pounds: {pounds(gap)} better than {second.option.title} "
            f"over {sheet.terms.years} years.")


def worth_table(sheet: SheetView) -> DataTable:
    """Each option in present pounds."""
    base = next((one for one in sheet.valued if one.option.baseline), None)
    columns = [text_column("Option"), *(
        number_column(name, Unit.POUNDS)
        for name in ("Costs", "Benefits", "Net present value", "The same as a level sum a year")
    ), number_column("Benefits for each £1 of cost", decimals=2)]
    if base is not None:
        columns.append(number_column("Net beyond no change", Unit.POUNDS))
    rows = [_worth_row(one, base) for one in sheet.ranked]
    edition = sheet.terms.edition
    notes = ["Year 0 is now. A pound of a later year counts for less.",
             f"{METHOD}, {edition.title}, {100 * edition.standard[0][1]:.1f}% a year."]
    if edition.warning:
        notes.append(f"Rates: {edition.warning}.")
    title = "Options in present pounds"
    return DataTable(title, tuple(columns), tuple(rows), tuple(notes), edition.source, "worth")


def _worth_row(one: Valued, base: Valued | None) -> tuple[Cell, ...]:
    found = one.worth
    ratio: Cell = Missing("no cost") if found.ratio is None else round(found.ratio, 2)
    sums = (found.costs, found.benefits, found.net, found.yearly)
    row: tuple[Cell, ...] = (one.option.title, *(round(value) for value in sums), ratio)
    return row if base is None else (*row, round(found.net - base.worth.net))


def _worth(sheet: SheetView) -> Section:
    first = sheet.ranked[0]
    bare = [f"{one.title} has no line yet and is left out." for one in sheet.bare]
    points = tuple(
        Point(one.option.title, round(one.worth.net / 1000), Role.PLACE if one is first else Role.COMPARATOR,
              *_span(one)) for one in sheet.ranked
    )
    message = Message("What each option is worth, in thousands of pounds", answer(sheet))
    chart = comparison(message, points, unit=Unit.POUNDS, decimals=0) if len(points) > 1 else None
    spread = [words("money", "wellbeing"), _holds(sheet)] if any(
        _span(one)[0] is not None for one in sheet.valued) else []
    return Section("What each is worth", (*spread, *bare), (worth_table(sheet),), chart)


def _holds(sheet: SheetView) -> str:
    """Whether the same option is ahead at the low and at the high value of wellbeing."""
    first = sheet.ranked[0]
    ahead = [max(sheet.valued, key=lambda one: one.ends[at]) for at in (0, 1)]
    if all(one is first for one in ahead):
        return f"{first.option.title} is ahead at either value."
    other = next(one for one in ahead if one is not first)
    value = "low" if ahead[0] is other else "high"
    return f"At the {value} value {other.option.title} is ahead instead: the answer hangs on it."


def _span(one: Valued) -> tuple[float | None, float | None]:
    low, high = one.ends
    return (round(low / 1000), round(high / 1000)) if high - low > 1 else (None, None)


def _firm(sheet: SheetView) -> Iterable[Section]:
    same = alike(sheet.terms)
    said = [words("money", "rates")]
    if same:
        said.append(f"{listed([one.title for one in same])} give the same answer: their rates are the same for "
                    f"{sheet.terms.years} years.")
    said.extend(f"{one.title}: {one.says} {CHECKED[one.verification]}" for one in tests(sheet.terms))
    yield Section("Does it hang on the rate?", tuple(said), (_rates(sheet),))
    ranked = sheet.ranked
    if len(ranked) > 1:
        margin, against = ranked[0].worth.net - ranked[1].worth.net, f"{ranked[1].option.title} is as good"
    else:
        margin, against = ranked[0].worth.net, "it breaks even"
    table = _turning(turns(ranked[0], margin), against, ranked[0].option.title)
    yield Section("What would turn the answer?", (words("money", "switching"),), (table,))


def _rates(sheet: SheetView) -> DataTable:
    named = {one.key: one.title for one in tests(sheet.terms)} | {"none": "Not discounted"}
    if any("health" in one.tests for one in sheet.valued):
        named["health"] = "Wellbeing at the rate for health"
    columns = (text_column("Option"), number_column(sheet.terms.edition.title, Unit.POUNDS),
               *(number_column(title, Unit.POUNDS) for title in named.values()))
    rows = tuple(
        (one.option.title, round(one.worth.net), *(
            Missing("no wellbeing") if (value := one.tests.get(key)) is None else round(value) for key in named
        )) for one in sheet.ranked
    )
    note = () if "health" not in named else (green_book().wellbeing.rate_note,)
    return DataTable("Net present value at other rates", columns, rows, note, key="rates")


def _turning(found: tuple[Turn, ...], against: str, best: str) -> DataTable:
    columns = (text_column("Line"), number_column("Present pounds", Unit.POUNDS), text_column(f"Until {against}"))
    rows = tuple((one.line.title, round(one.present), turned(one)) for one in found[:8])
    return DataTable(f"How wrong a line of {best} could be", columns, rows, key="switching")


def turned(one: Turn) -> str:
    """By how much a line would have to change, in words."""
    if abs(one.share) < 0.005:
        return "hardly at all"
    if abs(one.share) > 10:
        return "more than ten times over"
    way = "higher" if one.share > 0 else "lower"
    if one.share < -1:
        return "not even if it fell to nothing"
    return f"{100 * abs(one.share):.0f}% {way}"


def _who(sheet: SheetView) -> Iterable[Section]:
    if not any(one.gain.of for one in sheet.valued):
        return
    rows = []
    for one in sheet.ranked:
        gain = one.gain
        share: Cell = per_cent(gain.in_need / gain.of) if gain.of and not gain.unsaid else Missing("not said")
        weighted: Cell = Missing("not known") if gain.weighted is None else round(gain.weighted)
        rows.append((one.option.title, round(gain.of), round(gain.in_need), share, weighted))
    columns = (text_column("Option"), number_column("Benefits to people", Unit.POUNDS),
               number_column("Of it where need is greatest", Unit.POUNDS), text_column("Share"),
               number_column("Weighted by income", Unit.POUNDS))
    said = [words("money", "distribution"),
            f"One person in five lives in the fifth of neighbourhoods where need is greatest: beside "
            f"{per_cent(NEED_SHARE)}, a larger share leans towards need."]
    if sheet.terms.incomes is None:
        said.append("Incomes are not given for this sheet, so nothing is weighted.")
    yield Section("Who gains?", tuple(said), (DataTable("Benefits by need", columns, tuple(rows), key="need"),))


def _years(sheet: SheetView) -> Iterable[Section]:
    columns = (text_column("Year"), *(
        number_column(f"{one.option.title}: {side}", Unit.POUNDS)
        for one in sheet.ranked for side in ("cost", "benefit")
    ))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (f"Year {year}", *(round(float(side[year])) for one in sheet.ranked for side in one.by_year))
        for year in range(sheet.terms.years + 1)
    )
    table = DataTable("Costs and benefits by year", columns, rows,
                      ("Not discounted; optimism added.",), key="years")
    yield Section("Year by year", (), (table,), apart=True)
    yield Section("Every line", (), tuple(lines_table(one) for one in sheet.ranked), apart=True)


def lines_table(one: Valued) -> DataTable:
    """The lines of an option with where each is from."""
    columns = (text_column("Line"), text_column("Kind"), text_column("Years"), text_column("Pounds a year"),
               text_column("VAT"), text_column("Optimism"), text_column("Where it is from"))
    rows = tuple(
        (line.title, line.kind_title, f"{line.first} to {line.last}", _yearly(line), line.vat,
         _optimism(line), line.source) for line in one.option.lines
    )
    return DataTable(f"Lines of {one.option.title}", columns, rows, key=f"lines {one.option.title}"[:40])


def _yearly(line: Line) -> str:
    if line.wellbeing:
        return f"{line.points:+g} points for {line.people:,} people"
    return ("−" if line.cost else "") + pounds(line.pounds)


def _optimism(line: Line) -> str:
    if line.optimism == "none":
        return "none"
    found = green_book().allowance(line.optimism)
    return f"{found.upper:g}%, {line.mitigated}% of it put right"


def _unknown(sheet: SheetView) -> Iterable[str]:
    yield words("money", "limits")
    used = {line.optimism for one in sheet.options for line in one.lines} - {"none"}
    if any(green_book().allowance(key).verification != "seen" for key in used):
        yield f"Allowances for optimism: {green_book().optimism_source}; confirm with your finance officer."
    if any(line.wellbeing for one in sheet.options for line in one.lines):
        worth = green_book().wellbeing
        low, middle, high = wellbeing_value(sheet.terms.price_year)
        last = max(green_book().deflators)
        late = f", in {last} prices, the last that can be had" if sheet.terms.price_year > last else ""
        yield (f"A point of life satisfaction counts {pounds(middle)}, {pounds(low)} to {pounds(high)}{late}. "
               f"{worth.source}. {CHECKED[worth.verification]}")
