"""How a bid is told to the board: bid or not, on what conditions, and what the worst years would take."""

from __future__ import annotations

from collections.abc import Iterable
from math import inf

from commonweal.core.figure import Unit
from commonweal.options.carrying import RUNS
from commonweal.options.money_content import content, named, title_of, words
from commonweal.options.pages.told import Section, Told, per_cent, pounds
from commonweal.options.queries.bidding import BidView
from commonweal.present.table import DataTable, Missing, number_column, text_column
from commonweal.present.wording import listed

CAREFUL = 0.05  # running out more often than in one draw in twenty is too often


def bid_told(found: BidView) -> Told:
    """The whole page; on one sheet it is the board's summary."""
    kind = f"Bid or no bid. {found.whose}, for {found.buyer}, {found.plan.years} years"
    sections = (_why(found), _money(found), _price(found), _routes(found), *_checklist(found))
    return Told(found.title, kind, answer(found), sections, tuple(_unknown()))


def answer(found: BidView) -> str:
    """Bid, bid on conditions, or do not, in a sentence."""
    if found.answered("no", stops=True):
        return "Do not bid: your objects, your powers or whose money is at risk stand against it."
    unsure = [one for one in found.checks if one.question.stops and one.answer != "yes"]
    if unsure:
        return f"Do not bid yet: {len(unsure)} of the questions that decide it have no sure answer."
    bears = found.drawing.contract
    if found.plan.result < 0:
        return f"Do not bid at this price: as planned it loses {pounds(-found.plan.result)} a year."
    if not bears.survives:
        return "Do not bid alone: your reserves could not bear the worst year in twenty."
    if bears.runs_out > CAREFUL:
        return f"Bid only if the risk is shared: alone, reserves run out in {per_cent(bears.runs_out)} of draws."
    conditions = found.answered("no", stops=False) + found.answered("unknown") + found.answered("", stops=False)
    if conditions:
        return f"Bid on conditions: {len(conditions)} points are to be settled first."
    return "Bid: objects, money and people allow it."


def _why(found: BidView) -> Section:
    against = found.answered("no")
    open_ones = found.answered("unknown") + found.answered("")
    said = [f"{one.question.ask} No. {one.note or one.question.why}" for one in against]
    if open_ones:
        first = listed([one.question.ask.rstrip("?").lower() for one in open_ones[:3]])
        said.append(f"Not settled ({len(open_ones)}): {first}.")
    if not said:
        said = ["Every question of the checklist is answered with yes."]
    return Section("What stands against it", tuple(said))


def _money(found: BidView) -> Section:
    plan, bears = found.plan, found.drawing.contract
    survives = "could" if bears.survives else "could not"
    said = [
        f"As planned it leaves {pounds(plan.result)} a year. It makes a loss over the years in "
        f"{per_cent(found.drawing.chance_of_loss)} of draws.",
        f"With the rest of the trust at {pounds(plan.home)} a year, the worst year in twenty is "
        f"{pounds(bears.bad_year)}. Reserves of {pounds(plan.reserves)} {survives} bear it and keep "
        f"{pounds(plan.least)}.",
        f"Reserves run out in {per_cent(bears.runs_out)} of draws; it would then take {pounds(bears.subsidy)} in "
        "the mean to mend. Ask whose money that would be.",
    ]
    rows = tuple(
        (
            one.title,
            round(one.yearly),
            round(one.whole),
            Missing("never") if one.runs_out is None else f"year {one.runs_out}",
            round(one.subsidy),
        )
        for one in found.scenarios
    )
    columns = (
        text_column("If it goes"),
        number_column("Result a year", Unit.POUNDS),
        number_column("Over the years", Unit.POUNDS),
        text_column("Reserves run out"),
        number_column("Subsidy needed", Unit.POUNDS),
    )
    note = (f"{RUNS:,} draws, seed {plan.seed}.", content("bidding")["scenario_note"])
    return Section(
        "What if it loses money?",
        tuple(said),
        (DataTable("How the plan may go", columns, rows, note, key="scenarios"),),
    )


def _price(found: BidView) -> Section:
    edge = found.price
    if edge is None:
        return Section(
            "Price against quality",
            ("Give your own and the other bid's quality, and its price, to see what price would still win.",),
        )
    split = f"At {found.weight}% for quality"
    if edge.highest is None:
        said = f"{split} no price would win against it: they lead too far on quality."
    elif edge.highest == inf:
        said = f"{split} any price would win against it: you lead that far on quality."
    else:
        side = "below" if edge.asked <= edge.highest else "above"
        gap = pounds(abs(edge.highest - edge.asked))
        said = (
            f"{split} you would still win at up to {pounds(edge.highest)} a year against "
            f"{pounds(edge.rival)}. You ask {pounds(edge.asked)}, {gap} {side} that."
        )
    lowest = found.plan.staff + found.plan.other - found.plan.income
    even = f"You break even at {pounds(lowest)} a year." if lowest > 0 else "You break even at no fee at all."
    return Section("Price against quality", (said, even, words("bidding", "price")))


def _routes(found: BidView) -> Section:
    columns = (text_column("Way"), text_column("Suits where"), text_column("What it costs you"))
    rows = tuple((one["title"], one["suits"], one["costs"]) for one in content("bidding")["routes"])
    chosen = title_of("bidding", "routes", found.route).lower()
    table = DataTable("Partner or compete", columns, rows, key="routes")
    return Section("Partner or compete?", (f"Chosen for now: {chosen}.",), (table,), apart=True)


def _checklist(found: BidView) -> Iterable[Section]:
    columns = (text_column("Question"), text_column("Answer"), text_column("Why it is asked"), text_column("Note"))
    titles = {one.key: one.title for one in named("bidding", "answers")}
    tables = tuple(
        DataTable(
            part.title,
            columns,
            tuple(
                (one.question.ask, titles.get(one.answer, "Not yet answered"), one.question.why, one.note)
                for one in found.checks
                if one.question.part == part.key
            ),
            key=part.key,
        )
        for part in named("bidding", "parts")
    )
    check = str(content("bidding")["verification"]).capitalize()
    yield Section("The checklist", (f"{check}.",), tables, apart=True)


def _unknown() -> Iterable[str]:
    yield words("bidding", "limits")
    yield "The staff list, the state of the buildings and the pension rate decide more than any formula."
