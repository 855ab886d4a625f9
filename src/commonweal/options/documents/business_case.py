"""The business case in five parts, short, with what must not be published apart in an exempt appendix."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from commonweal.core.figure import Unit
from commonweal.options.appraisal_view import AppraisalView, GateLine, OptionLine
from commonweal.options.documents.options_paper import option_lines, question_blocks
from commonweal.options.money_content import words
from commonweal.options.pages.appraisal import Worth, price_table, wins_chart
from commonweal.options.pages.money import lines_table
from commonweal.options.pages.told import pounds
from commonweal.options.queries.money import SheetView
from commonweal.present.document import (
    Block,
    BulletList,
    Document,
    FigureBlock,
    Heading,
    Paragraph,
    Status,
    Strong,
    TableBlock,
    Words,
)
from commonweal.present.table import Cell, DataTable, number_column, text_column

UNSAID = "Not written yet."
YEARS = 5


def business_case(
    view: AppraisalView, sheet: SheetView | None, worth: Worth, *, place: str, invented: bool, day: date,
    public: bool = False,
) -> Document:
    """Strategic, economic, commercial, financial and management case; `public` leaves the exempt appendix out."""
    annex = () if public else tuple(_exempt(view, worth))
    return Document(
        title=view.title, subtitle="Business case, for publication" if public else "Business case",
        status=Status.INVENTED if invented else Status.DRAFT, place=place, date=day,
        blocks=tuple(_blocks(view, sheet, worth)), summary=recommended(view), made_by=place, brief=True,
        annex=annex, annex_title="Exempt appendix: not for publication", explain=False,
    )


def recommended(view: AppraisalView) -> str:
    """The recommendation in a sentence."""
    option = view.option(view.notes.recommended)
    return f"Recommended: {option.title}." if option else "No option is recommended yet."


def _blocks(view: AppraisalView, sheet: SheetView | None, worth: Worth) -> Iterable[Block]:
    yield Paragraph((recommended(view),), lead=True)
    if view.notes.because:
        yield Paragraph((view.notes.because,))
    yield Heading("1 Strategic case: why")
    yield from question_blocks(view)
    yield Heading("2 Economic case: which option")
    yield from _economic(view, sheet, worth)
    yield Heading("3 Commercial case: how it is bought or granted")
    yield Paragraph((view.notes.bought or UNSAID,))
    yield from _vehicle(view)
    yield Heading("4 Financial case: whether it can be paid for")
    yield Paragraph((view.notes.affordable or UNSAID,))
    yield from _by_year(view, worth)
    yield Heading("5 Management case: how it is done")
    yield Paragraph((view.notes.managed or UNSAID,))
    yield Heading("Before a decision")
    yield BulletList(tuple(_gate(one) for one in view.gates))


def _economic(view: AppraisalView, sheet: SheetView | None, worth: Worth) -> Iterable[Block]:
    yield BulletList(option_lines(view))
    if view.dropped:
        names = "; ".join(f"{one.title} ({one.sift_reason.rstrip('.')})" for one in view.dropped)
        yield Paragraph((Strong("Put aside: "), f"{names}."))
    result = view.result
    if result is None:
        yield Paragraph((" ".join(view.missing),))
        return
    yield Paragraph((Strong(result.robust.answer),))
    yield FigureBlock(wins_chart(result), share=0.9)
    yield BulletList(tuple((line,) for line in (*result.robust.groups, *result.robust.more)))
    yield TableBlock(price_table(view, result, sheet, worth))
    yield Paragraph((words("appraisal", "price"),))


def _vehicle(view: AppraisalView) -> Iterable[Block]:
    option = view.option(view.notes.recommended)
    if option is None or option.vehicle is None:
        return
    row = option.vehicle
    yield BulletList(tuple(
        (Strong(f"{name}: "), f"{claim.says} ({claim.cited}.)")
        for name, claim in (("Award", row.award), ("VAT", row.vat), ("Business rates", row.rates))
    ))


def _by_year(view: AppraisalView, worth: Worth) -> Iterable[Block]:
    option = view.option(view.notes.recommended)
    shown = [one for one in view.short if one.id in worth and (one.baseline or one == option)]
    if not shown:
        yield Paragraph(("The options are not costed yet.",))
        return
    last = min(len(worth[one.id].by_year[0]) for one in shown)
    years = [*range(min(YEARS + 1, last))]
    columns = (text_column("Year"), *(number_column(f"{one.title}: cost", Unit.POUNDS) for one in shown))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (f"Year {year}", *(round(float(worth[one.id].by_year[0][year])) for one in shown)) for year in years
    )
    table = DataTable("Cost by year, the first years", columns, rows,
                      ("Year 0 is now. Not discounted; optimism added.",), key="years")
    yield TableBlock(table)
    yield BulletList(tuple(_net(one, worth) for one in shown))


def _net(one: OptionLine, worth: Worth) -> Words:
    found = worth[one.id].worth
    return (Strong(f"{one.title}: "), f"{pounds(found.costs)} of cost and {pounds(found.benefits)} of benefit in "
            f"present pounds, {pounds(found.net)} net.")


def _gate(line: GateLine) -> Words:
    if not line.met:
        said = f"not answered. {line.gate.asks}"
    elif line.not_applying:
        said = f"does not apply. {line.not_applying}"
    else:
        said = " ".join(f"{label} {answer.rstrip('.')}." for label, answer in line.lines)
    return (Strong(f"{line.gate.title} ({line.gate.law}): "), said)


def _exempt(view: AppraisalView, worth: Worth) -> Iterable[Block]:
    notes = view.notes
    if not notes.exempt:
        return
    yield Paragraph((Strong(f"Exempt: {notes.exempt_why}. "), words("appraisal", "exempt")))
    yield Paragraph((notes.exempt,))
    option = view.option(notes.recommended)
    if option is not None and option.id in worth:
        yield TableBlock(lines_table(worth[option.id]))
