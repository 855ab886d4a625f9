"""The business case in five parts, short, with what must not be published apart in an exempt appendix."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from commonweal.core.figure import Unit
from commonweal.options.appraisal_view import AppraisalView, GateLine, OptionLine
from commonweal.options.documents.options_paper import option_lines, stands_on
from commonweal.options.money_content import words
from commonweal.options.pages.appraisal import Worth, compared, counted, price_table, wins_chart
from commonweal.options.pages.money import NEAR, lines_table, turned
from commonweal.options.pages.told import about
from commonweal.options.queries.choice import ChoiceView
from commonweal.options.queries.money import SheetView
from commonweal.options.worth import Valued, turns
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
from commonweal.present.status import long_date
from commonweal.present.table import Cell, DataTable, number_column, text_column

UNSAID = "Not written yet."
YEARS = 3


def business_case(
    view: AppraisalView, money: tuple[SheetView | None, Worth], *, place: str, invented: bool, day: date,
    public: bool = False, risk: tuple[str, ...] = (), decided: ChoiceView | None = None,
) -> Document:
    """Strategic, economic, commercial, financial and management case; `public` leaves the exempt appendix out.

    `money` is the sheet beside it with what each option is worth. `risk` says in sentences what
    the draws of the recommended option's contract came to; `decided` is the newest decision, where one was taken.
    """
    sheet, worth = money
    annex = () if public else tuple(_exempt(view, worth))
    return Document(
        title=view.title, subtitle="Business case, for publication" if public else "Business case",
        status=Status.INVENTED if invented else Status.DRAFT, place=place, date=day,
        blocks=tuple(_blocks(view, sheet, worth, risk, decided)),
        summary=f"{took(decided)} {recommended(view)}" if decided else recommended(view),
        made_by=place, brief=True,
        annex=annex, annex_title="Exempt appendix: not for publication", explain=False,
    )


def recommended(view: AppraisalView) -> str:
    """The recommendation in a sentence."""
    option = view.option(view.notes.recommended)
    return f"Recommended: {option.title}." if option else "No option is recommended yet."


def _blocks(
    view: AppraisalView, sheet: SheetView | None, worth: Worth, risk: tuple[str, ...],
    decided: ChoiceView | None,
) -> Iterable[Block]:
    if decided is not None:
        yield Paragraph((took(decided),), lead=True)
        yield from (Paragraph((line,)) for line in decided.marks)
    yield Paragraph((recommended(view),), lead=decided is None)
    yield Paragraph((Strong("The question: "), view.question, "" if decided else asked_of(view)))
    if view.notes.because:
        yield Paragraph((Strong("Why: "), view.notes.because))
    yield Heading("1 Strategic case: why")
    yield Paragraph((words("appraisal", "answers"),))
    yield BulletList(stands_on(view))
    yield Heading("2 Economic case: which option")
    yield from _economic(view, sheet, worth)
    yield Heading("3 Commercial case: how it is bought or granted")
    yield Paragraph((view.notes.bought or UNSAID,))
    yield from _vehicle(view)
    yield Heading("4 Financial case: whether it can be paid for")
    yield Paragraph((view.notes.affordable or UNSAID,))
    yield from _by_year(view, worth)
    if risk:
        yield Paragraph((Strong("If it goes otherwise than planned. "), " ".join(risk)))
    yield Heading("5 Management case: how it is done")
    yield Paragraph((view.notes.managed or UNSAID,))
    yield Heading("What was answered before the decision")
    yield BulletList(tuple(_gate(one) for one in view.gates))
    yield from _sources(view)


def _economic(view: AppraisalView, sheet: SheetView | None, worth: Worth) -> Iterable[Block]:
    yield Paragraph((f"{counted(len(view.short), 'option was', 'options were')} compared:",))
    yield BulletList(option_lines(view))
    if view.dropped:
        names = "; ".join(f"{one.title} ({one.sift_reason.rstrip('.')})" for one in view.dropped)
        yield Paragraph((Strong("Put aside: "), f"{names}."))
    result = view.result
    if result is None:
        yield Paragraph((" ".join(view.missing),))
        return
    yield Paragraph((Strong("How they were compared"),))
    yield BulletList(tuple((line,) for line in compared(view, result)))
    yield Paragraph((Strong(result.robust.answer),))
    yield FigureBlock(wins_chart(result), share=0.7)
    yield BulletList(tuple((line,) for line in (*result.robust.groups, *result.robust.more)))
    table = price_table(view, result, sheet, worth)
    yield TableBlock(replace(table, notes=(words("appraisal", "price"), *table.notes)))


def _vehicle(view: AppraisalView) -> Iterable[Block]:
    option = view.option(view.notes.recommended)
    if option is None or option.vehicle is None:
        return
    row = option.vehicle
    yield BulletList(tuple(
        (Strong(f"{name}: "), f"{claim.says} ({claim.standing[:1].upper()}{claim.standing[1:]}.)")
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
        (f"Year {year}", *(round(float(worth[one.id].by_year[0][year]), -3) for one in shown)) for year in years
    )
    table = DataTable("Cost by year, the first years", columns, rows,
                      ("Year 0 is now. To the nearest £1,000, with an allowance for optimism, not discounted.",),
                      key="years")
    yield TableBlock(table)
    base = next((one for one in shown if one.baseline), None)
    lines = [_net(one, worth) for one in shown]
    if base is not None and option is not None and option != base and option.id in worth:
        lines.append((" ".join(beside(worth[option.id], worth[base.id], option.title)),))
    yield BulletList(tuple(lines))


def _net(one: OptionLine, worth: Worth) -> Words:
    found = worth[one.id].worth
    short = "less than it costs" if found.net < 0 else "more than it costs"
    return (Strong(f"{one.title}: "), f"in the value of today it costs {about(found.costs)} and brings "
            f"{about(found.benefits)} that can be put in pounds, {about(abs(found.net))} {short}.")


def beside(one: Valued, base: Valued, title: str) -> Iterable[str]:
    """How an option stands to no change, how little would turn that, and how far the figures reach."""
    gain = one.worth.net - base.worth.net
    if abs(gain) < 500:
        yield f"{title} comes to the same as if nothing is changed."
        return
    way = "better" if gain > 0 else "worse"
    near = gain < NEAR * max(one.worth.costs, base.worth.costs) if gain > 0 else False
    yield (f"{title} is {about(abs(gain))} {way} than if nothing is changed"
           f"{', which is too close to call' if near else ''}.")
    turn = next((each for each in turns(one, gain) if abs(each.share) <= 1), None)
    if turn is not None:
        yield f"That is gone if “{turn.line.title}” comes out {turned(turn)}, all else the same."
    yield _ranges(one, base)


def _ranges(one: Valued, base: Valued) -> str:
    """The net of both from the low to the high value of wellbeing."""
    (low, high), (base_low, base_high) = sorted(one.ends), sorted(base.ends)
    if high - low < 1 and base_high - base_low < 1:
        return "No line of either is given as a range, so how far off the figure may be is not known."
    meet = "these ranges overlap" if low <= base_high and base_low <= high else "these ranges do not overlap"
    return (f"From the low to the high value of wellbeing it nets {about(low)} to {about(high)}, no change "
            f"{about(base_low)} to {about(base_high)}: {meet}.")


def took(decided: ChoiceView) -> str:
    """What was decided, when and by whom."""
    return f"Decided: {decided.option}, by {decided.body} on {long_date(decided.decided_on)}."


def asked_of(view: AppraisalView) -> str:
    """Who is asked to decide, where that is answered."""
    body = next((one.fields.get("body", "") for one in view.gates if one.gate.key == "authority"), "")
    return f" {body.strip()} is asked to decide." if body.strip() else ""


def _gate(line: GateLine) -> Words:
    if not line.met:
        said = f"not answered. {line.gate.asks}"
    elif line.not_applying:
        said = f"does not apply. {line.not_applying}"
    else:
        said = line.on_paper
    return (Strong(f"{line.gate.title} ({line.gate.law}): "), said)


def _sources(view: AppraisalView) -> Iterable[Block]:
    """Where the sayings of the commercial case are written."""
    option = view.option(view.notes.recommended)
    if option is None or option.vehicle is None:
        return
    row = option.vehicle
    claims = (row.award, row.vat, row.rates)
    titles = dict.fromkeys(one.title.split(" (")[0] for claim in claims for one in claim.sources)
    if titles:
        yield Paragraph((Strong("Where section 3 is written: "), "; ".join(titles), "."))


def _exempt(view: AppraisalView, worth: Worth) -> Iterable[Block]:
    notes = view.notes
    if not notes.exempt:
        return
    yield Paragraph((Strong(f"Exempt: {notes.exempt_why}. "), words("appraisal", "exempt")))
    yield Paragraph((notes.exempt,))
    option = view.option(notes.recommended)
    if option is not None and option.id in worth:
        yield TableBlock(lines_table(worth[option.id]))
