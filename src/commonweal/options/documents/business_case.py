"""The business case in five parts, short, with what must not be published apart in an exempt appendix."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from commonweal.core.figure import Unit
from commonweal.options.appraisal_view import AppraisalView, GateLine, OptionLine
from commonweal.options.documents.options_paper import option_lines, put_aside, stands_on
from commonweal.options.money_content import words
from commonweal.options.pages.appraisal import Worth, compared, firm_lines, price_table, wins_chart
from commonweal.options.pages.money import NEAR, lines_table, turned
from commonweal.options.pages.told import about
from commonweal.options.queries.choice import ChoiceView
from commonweal.options.queries.money import SheetView
from commonweal.options.worth import Valued, turns
from commonweal.policy.delivery_vehicles import Claim
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
from commonweal.present.wording import listed

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
        summary=took(decided) if decided else recommended(view),
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
    yield Paragraph((took(decided) if decided else recommended(view),), lead=True)
    if decided is not None:
        option = view.option(view.notes.recommended)
        lines = decided.marks if option else (recommended(view), *decided.marks)
        yield from (Paragraph((line,)) for line in lines)
    yield Paragraph((Strong("The question: "), view.question, "" if decided else asked_of(view)))
    if view.notes.because:
        yield Paragraph((Strong("Why: "), view.notes.because))
    yield Heading("1 Strategic case: why")
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


def _economic(view: AppraisalView, sheet: SheetView | None, worth: Worth) -> Iterable[Block]:
    yield BulletList(option_lines(view))
    yield from put_aside(view)
    result = view.result
    if result is None:
        yield Paragraph((" ".join(view.missing),))
        return
    yield BulletList(tuple((line,) for line in compared(view, result)))
    yield Paragraph((Strong(result.robust.answer),))
    yield FigureBlock(wins_chart(result), share=0.6)
    yield BulletList(tuple((line,) for line in firm_lines(result)))
    table = price_table(view, result, sheet, worth)
    yield TableBlock(replace(table, notes=(" ".join((words("appraisal", "price"), *table.notes)),)))


def _vehicle(view: AppraisalView) -> Iterable[Block]:
    option = view.option(view.notes.recommended)
    if option is None or option.vehicle is None:
        return
    row = option.vehicle
    yield BulletList(tuple(
        (Strong(f"{name}: "), f"{claim.says} {_cited(claim)}".strip())
        for name, claim in (("Award", row.award), ("VAT", row.vat), ("Business rates", row.rates))
    ))


def _by_year(view: AppraisalView, worth: Worth) -> Iterable[Block]:
    option = view.option(view.notes.recommended)
    shown = [one for one in view.short if one.id in worth and (one.baseline or one == option)]
    if not shown:
        yield Paragraph(("The options are not costed yet.",))
        return
    years = range(min(YEARS + 1, *(len(worth[one.id].by_year[0]) for one in shown)))
    columns = (text_column("Option"),
               *(number_column(f"Year {year}", Unit.POUNDS) for year in years))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (one.title, *(round(float(worth[one.id].by_year[0][year]), -3) for year in years)) for one in shown
    )
    note = "Year 0 is now. To the nearest £1,000, with an allowance for optimism, not discounted."
    table = DataTable("Cost by year, the first years", columns, rows,
                      (" ".join((note, *_counted_in(shown, worth))),), key="years")
    yield TableBlock(table)
    base = next((one for one in shown if one.baseline), None)
    lines = [_net(one, worth) for one in shown]
    if base is not None and option is not None and option != base and option.id in worth:
        lines.append((" ".join(beside(worth[option.id], worth[base.id], option.title)),))
    yield BulletList(tuple(lines))


def _counted_in(shown: list[OptionLine], worth: Worth) -> Iterable[str]:
    """Which kinds of line the sums hold, for a reader who wonders why they are more than the fee."""
    lines = [line for one in shown for line in worth[one.id].option.lines]
    for said, cost in (("Counted as cost", True), ("Counted as benefit", False)):
        kinds = dict.fromkeys(line.kind_title for line in lines if line.cost is cost)
        if kinds:
            yield f"{said}: {listed([_inside(one) for one in kinds])}."


def _inside(title: str) -> str:
    """A title within a sentence: a small letter first, but for an abbreviation."""
    return title if title[:2].isupper() else title[:1].lower() + title[1:]


def _net(one: OptionLine, worth: Worth) -> Words:
    found = worth[one.id].worth
    short = "less than it costs" if found.net < 0 else "more than it costs"
    brings = f"{about(found.benefits)} that can be put in pounds: {about(abs(found.net))} {short}"
    if not found.benefits:
        brings = "nothing that can be put in pounds"
    years = len(worth[one.id].by_year[0]) - 1
    return (Strong(f"{one.title}: "), f"over {years} years, in the value of today, it costs {about(found.costs)} "
            f"and brings {brings}.")


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
        turns_so = "That lead is gone" if gain > 0 else "The gap closes"
        yield f"{turns_so} if “{turn.line.title}” comes out {turned(turn)}, all else the same."
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
    """What was decided, when and by whom, and whether it was what was recommended."""
    as_asked = ", as recommended" if decided.recommended == decided.option else ""
    return f"Decided: {decided.option}, by {decided.body} on {long_date(decided.decided_on)}{as_asked}."


def asked_of(view: AppraisalView) -> str:
    """Who is asked to decide, where that is answered."""
    body = next((one.fields.get("body", "") for one in view.gates if one.gate.key == "authority"), "")
    return f" {body.strip()} is asked to decide." if body.strip() else ""


def _gate(line: GateLine) -> Words:
    """A gate with the first law behind it, the others being on its page, and how it was answered."""
    if not line.met:
        said = f"not answered. {line.gate.asks}"
    elif line.not_applying:
        said = f"does not apply. {line.not_applying}"
    else:
        said = line.on_paper
    return (Strong(line.gate.title), f" ({line.gate.law.split(';')[0]}): {said}")


def _cited(claim: Claim) -> str:
    """That nobody checked it, or the first place where it is written; the others are on the vehicle's page."""
    if claim.unverified:
        return f"({_begun(claim.standing)}.)"
    return f"({claim.sources[0].title.split(' (')[0].split(';')[0]}.)" if claim.sources else ""


def _begun(said: str) -> str:
    return said[:1].upper() + said[1:]


def _exempt(view: AppraisalView, worth: Worth) -> Iterable[Block]:
    notes = view.notes
    if not notes.exempt:
        return
    yield Paragraph((Strong(f"Exempt: {notes.exempt_why}. "), words("appraisal", "exempt")))
    yield Paragraph((notes.exempt,))
    option = view.option(notes.recommended)
    if option is not None and option.id in worth:
        yield TableBlock(lines_table(worth[option.id]))
