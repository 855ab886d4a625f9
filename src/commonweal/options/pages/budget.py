"""How a budget and a public vote are told: what to fund, what fairness costs, and how each project came in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from commonweal.core.figure import Unit
from commonweal.methods.equal_shares import MOST_RISES
from commonweal.options.models import Completion
from commonweal.options.pages.told import Section, Told, per_cent, pounds
from commonweal.options.pasted import written
from commonweal.options.queries.budget import AllocationView, Outcome, VoteView, Way
from commonweal.present.status import long_date
from commonweal.present.table import Cell, DataTable, Missing, number_column, text_column
from commonweal.present.wording import listed


def allocation_told(found: AllocationView) -> Told:
    """The whole page of a budget."""
    kind = f"{len(found.table.items)} options, a budget of {pounds(found.budget)}"
    sections = [_ways(found), _sets(found), _groups(found), _options(found)]
    return Told(found.title, kind, allocation_answer(found), tuple(sections), tuple(_limits(found)))


def allocation_answer(found: AllocationView) -> str:
    """What to fund, or why nothing can be."""
    floored = found.ways[1]
    if floored.chosen is None:
        return floored.problem
    if not floored.chosen.taken:
        cheapest = min(one.cost for one in found.table.items)
        return (
            f"Nothing fits: the cheapest option costs {pounds(cheapest)} and the budget is {pounds(found.budget)}."
        )
    names = listed([found.table.items[place].title for place in floored.chosen.taken])
    sure = (
        "No other set does more"
        if floored.chosen.proven
        else (f"No other set does more than {per_cent(floored.chosen.gap)} better")
    )
    return f"Fund {names}: {pounds(floored.chosen.cost)} of {pounds(found.budget)}. {sure} and keeps the floors."


def _ways(found: AllocationView) -> Section:
    rows: list[tuple[Cell, ...]] = []
    free = found.ways[0].chosen
    for one in found.ways:
        if one.chosen is None:
            rows.append((one.title, *(Missing("cannot be") for _ in range(4)), one.problem))
            continue
        total = float(one.chosen.benefit.sum())
        worst = _worst(found, one)
        gap = "proven" if one.chosen.proven else f"at most {per_cent(one.chosen.gap)} off"
        rows.append((one.title, round(one.chosen.cost), round(total, 1), worst, round(one.unequal, 2), gap))
    columns = (
        text_column("Way to choose"),
        number_column("Cost", Unit.POUNDS),
        number_column("Benefit", decimals=1),
        text_column("Group that gets least: points for 100 in need"),
        number_column("Inequality (0 to 1)", decimals=2),
        text_column("Is it the best of its kind?"),
    )
    said = [_price(free.benefit.sum(), one) for one in found.ways[1:] if one.chosen and free is not None]
    table = DataTable("Three ways to choose", columns, tuple(rows), key="ways")
    return Section("What does fairness cost?", tuple(said), (table,))


def _price(most: float, one: Way) -> str:
    assert one.chosen is not None
    got = float(one.chosen.benefit.sum())
    if not most:
        return "No option has any benefit in the table."
    lost = 1 - got / float(most)
    if lost < 0.0005:
        return f"{one.title}: nothing is lost beside the most that could be had."
    return f"{one.title}: {per_cent(got / float(most))} of the most that could be had."


def _worst(found: AllocationView, one: Way) -> str:
    assert one.chosen is not None
    per_head = [
        (got / need, name)
        for got, need, name in zip(one.chosen.benefit, found.table.need, found.table.groups, strict=True)
        if need
    ]
    least, name = min(per_head)
    return f"{name}, {100 * float(least):.3g}"


def _sets(found: AllocationView) -> Section:
    columns = (
        text_column("Option"),
        number_column("Cost", Unit.POUNDS),
        *(text_column(one.title) for one in found.ways),
    )
    rows = tuple(
        (
            f"{item.title}{' (must be)' if item.must else ''}",
            round(item.cost),
            *("fund" if one.chosen and place in one.chosen.taken else "-" for one in found.ways),
        )
        for place, item in enumerate(found.table.items)
    )
    return Section("Which options", (), (DataTable("What each way funds", columns, rows, key="sets"),))


def _groups(found: AllocationView) -> Section:
    columns = (
        text_column("Group"),
        number_column("In need"),
        number_column("Floor", decimals=1),
        *(number_column(one.title, decimals=1) for one in found.ways),
    )
    rows = tuple(
        (
            name,
            round(found.table.need[at]),
            found.table.floors[at],
            *(
                round(float(one.chosen.benefit[at]), 1) if one.chosen else Missing("cannot be")
                for one in found.ways
            ),
        )
        for at, name in enumerate(found.table.groups)
    )
    return Section(
        "What each group gets",
        (f"A point of benefit: {found.about}",),
        (DataTable("Benefit by group", columns, rows, key="groups"),),
    )


def _options(found: AllocationView) -> Section:
    columns = (
        text_column("Option"),
        number_column("Cost", Unit.POUNDS),
        *(number_column(name, decimals=1) for name in found.table.groups),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (one.title, round(one.cost), *one.benefits) for one in found.table.items
    )
    return Section(
        "The table",
        (),
        (DataTable("Benefit of each option to each group", columns, rows, key="table"),),
        apart=True,
    )


def _limits(found: AllocationView) -> Iterable[str]:
    yield "The sets are only as good as the points in the table, and points are judgements."
    yield (
        "The fairest set is the one from which no other gains some groups more, in proportion to what they get, "
        "than it takes from others (proportional fairness: the sum of the logs is largest)."
    )


def vote_told(found: VoteView) -> Told:
    """The whole page of a vote."""
    kind = f"A public vote on {pounds(found.budget)}, {len(found.projects)} projects"
    sections = [_rule(found), *_result(found), _projects(found)]
    unknown = ("Whether those who voted are like those who did not. Set it beside what the place needs.",)
    return Told(found.title, kind, vote_answer(found), tuple(sections), unknown if found.outcome else ())


def vote_answer(found: VoteView) -> str:
    """What is funded, or how far the vote is."""
    if found.outcome is not None:
        funded = sum(bool(one.how) for one in found.projects)
        return (
            f"{funded} of {len(found.projects)} projects are funded, for {pounds(found.outcome.spent)}. "
            f"{per_cent(found.outcome.served)} of {found.voters:,} voters get at least one they chose."
        )
    if found.published_at is not None:
        return "The rule is published and locked. Bring the ballots when voting has closed."
    return "Being prepared. Publish the rule before anybody votes: from then on it cannot be changed."


def _rule(found: VoteView) -> Section:
    said = [
        "Every voter has the same share of the sum. A project is bought when those who chose it can pay for it "
        "together out of their shares. First comes the one that takes least of its voters' shares for each pound "
        "of its cost. This is the method of equal shares.",
        completion_words(found),
        "A tie goes to the project with more votes, then to the one higher on the list.",
    ]
    if found.published_at is not None:
        said.append(
            f"Published on {long_date(found.published_at.date())}, before any ballot was counted. Mark of the "
            f"rule: {found.rule_hash[:16]}."
        )
    return Section("The rule", tuple(said))


def completion_words(found: VoteView) -> str:
    """What is done with money that is left over."""
    way = Completion(found.completion)
    raised = (
        f"What is left over: every share is raised by £{written(found.step)} again and again, until the next rise "
        f"would spend more than the sum; {MOST_RISES:,} times at most."
    )
    match way:
        case Completion.ADD1U:
            return f"{raised} Then projects that still fit are added by votes, most first."
        case Completion.ADD1:
            return f"{raised} What is left then is kept."
    assert_never(way)


def _result(found: VoteView) -> Iterable[Section]:
    made: Outcome | None = found.outcome
    if made is None:
        return
    said = [
        f"Each voter had {pounds(made.first_share)} at first and {pounds(made.share)} at last, after the rises.",
        f"By plain most votes {per_cent(made.served_most_votes)} of voters would have got at least one project.",
    ]
    swapped = [one.title for one in found.projects if bool(one.how) != one.most_votes]
    said.append(f"The two differ on {listed(swapped)}." if swapped else "Both would fund the same projects.")
    yield Section("What came of it", tuple(said))


def _projects(found: VoteView) -> Section:
    base = (text_column("Project"), text_column("Code"), number_column("Cost", Unit.POUNDS))
    if found.outcome is None:
        rows = tuple((one.title, one.code, round(one.cost)) for one in found.projects)
        return Section("The projects", (), (DataTable("Projects", base, rows, key="projects"),))
    columns = (
        *base,
        number_column("Votes"),
        text_column("Funded"),
        text_column("Each of its voters paid at most"),
        text_column("By plain most votes"),
    )
    ordered = sorted(found.projects, key=lambda one: (not one.how, -(one.votes or 0)))
    told = tuple(
        (
            one.title,
            one.code,
            round(one.cost),
            one.votes or 0,
            one.how or "no",
            Missing("-") if one.price is None else f"£{one.price:,.2f}",
            "yes" if one.most_votes else "no",
        )
        for one in ordered
    )
    return Section("The projects", (), (DataTable("Projects and votes", columns, told, key="projects"),))
