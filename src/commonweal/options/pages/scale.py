"""How size is told: whether it matters, how surely, and what joining may save."""

from __future__ import annotations

from collections.abc import Iterable

from commonweal.core.figure import Unit
from commonweal.methods.scale import FEWEST, Verdict
from commonweal.options.pages.told import Section, Told, per_cent, pounds
from commonweal.options.queries.scale import JoinView, SetView
from commonweal.present.chart import Message
from commonweal.present.charts import comparison
from commonweal.present.series import Point
from commonweal.present.table import DataTable, number_column, text_column
from commonweal.present.wording import listed


def scale_told(found: SetView, asked: JoinView | None = None) -> Told:
    """The whole page."""
    kind = f"{len(found.bodies)} comparators, {found.price_year} prices. {found.source}"
    sections = [*_sizes(found), *_best(found)]
    if asked is not None:
        sections.insert(0, _joined(asked))
    sections.append(_bodies(found))
    return Told(found.title, kind, answer(found), tuple(sections), tuple(_unknown()))


def answer(found: SetView) -> str:
    """Does size matter? In a sentence, or that it cannot be told."""
    held = found.fit
    if len(found.bodies) < FEWEST:
        return (
            f"{len(found.bodies)} comparators cannot tell whether size matters: at least {FEWEST} are needed, "
            "of different sizes."
        )
    twice, ends = _twice(held.slope), sorted((_twice(held.low), _twice(held.high)))
    span = f"somewhere between {_change(ends[0])} and {_change(ends[1])}"
    if held.verdict is Verdict.CHEAPER:
        return (
            f"Larger bodies spend less on each of their {found.counts}: twice the size, {_change(twice)} ({span})."
        )
    if held.verdict is Verdict.DEARER:
        return (
            f"Larger bodies spend more on each of their {found.counts}: twice the size, {_change(twice)} ({span})."
        )
    if held.verdict is Verdict.NO_MATTER:
        return f"Size makes little difference to what is spent on each of the {found.counts}."
    return (
        f"These comparators cannot tell whether size matters: a body twice the size may spend {span} on each of "
        "its "
        f"{found.counts}."
    )


def _twice(slope: float) -> float:
    """By what share cost a unit differs at twice the size."""
    return float(2 ** (slope - 1) - 1)


def _change(share: float) -> str:
    return f"{abs(100 * share):.0f}% {'more' if share > 0 else 'less'}"


def _sizes(found: SetView) -> Iterable[Section]:
    if not found.foreseen:
        return
    points = tuple(
        Point(
            f"{one.size:,g} {found.counts}", round(one.middle / 1000),
            lower=round(one.body[0] / 1000), upper=round(one.body[1] / 1000),
        )
        for one in found.foreseen
    )
    message = Message(
        f"Cost of each of the {found.counts}, by size, in thousands of pounds",
        "A dot is the middle; 19 in 20 single bodies of that size would lie within the band.",
    )
    rows = tuple(
        (
            f"{one.size:,g}",
            round(one.middle),
            f"{pounds(one.line[0])} to {pounds(one.line[1])}",
            f"{pounds(one.body[0])} to {pounds(one.body[1])}",
        )
        for one in found.foreseen
    )
    columns = (
        text_column(f"Size ({found.counts})"),
        number_column("Middle cost of each", Unit.POUNDS),
        text_column("Doubt about the middle"),
        text_column("Where a single body may lie"),
    )
    held = found.fit
    note = (
        f"Least squares of the logarithms of cost and size, n = {held.n}, 95% bands; slope {held.slope:.2f} "
        f"({held.low:.2f} to {held.high:.2f}): below 1, larger is cheaper.",
    )
    said = ("The band of single bodies is wide because much besides size decides cost.",)
    table = DataTable("Cost of each by size", columns, rows, note, found.source, "by size")
    yield Section(
        "What size does to cost", said, (table,), comparison(message, points, unit=Unit.POUNDS, decimals=0)
    )


def _best(found: SetView) -> Iterable[Section]:
    best = found.optimum
    if best is None:
        return
    if best.size is None:
        yield Section(
            "Is there a best size?",
            (
                f"No best size can be told from these {found.fit.n}. In {per_cent(best.found)} of 999 repeats "
                "with comparators drawn anew was there one at all. Distrust anybody who names one.",
            ),
        )
        return
    low, high = best.plateau
    yield Section(
        "Is there a best size?",
        (
            f"Cost of each is least at about {best.size:,.0f} {found.counts}, but from {low:,.0f} to {high:,.0f} "
            f"it is within 5% of that. The true best may lie from {best.low:,.0f} to {best.high:,.0f}.",
            "Size matters less than what is done with it within that range.",
        ),
    )


def _joined(view: JoinView) -> Section:
    if view.joined is None:
        return Section("If some did it together", (view.problem,))
    made, asked = view.joined, view.asked
    names = listed([one.name for one in view.bodies])
    worst, best = made.ends
    said = [
        f"{names} spend {pounds(made.apart)} a year apart. Doing {per_cent(asked.share)} of it as one may mean "
        f"{_saving(made.saving)} a year: somewhere from {_saving(worst)} to {_saving(best)}."
    ]
    if worst <= 0 < best:
        said.append("So it cannot be told whether it would save at all.")
    if asked.once:
        said.append(_paid(made.payback, made.payback_ends, asked.once))
    said.append(
        "Comparators are different bodies, not the same before and after: joining rarely saves as they suggest."
    )
    columns = (text_column("Body"), number_column("Size"), number_column("Cost a year", Unit.POUNDS))
    rows = tuple((one.name, one.size, round(one.cost)) for one in view.bodies)
    return Section(
        "If some did it together", tuple(said), (DataTable("Bodies that would join", columns, rows, key="join"),)
    )


def _saving(amount: float) -> str:
    return f"a saving of {pounds(amount)}" if amount > 0 else f"{pounds(-amount)} more"


def _paid(middle: float | None, ends: tuple[float | None, float | None], once: float) -> str:
    if middle is None:
        return f"The {pounds(once)} of changing over would not be paid back."
    soonest = f"{ends[0]:.1f}" if ends[0] is not None else ""
    latest = f"after {ends[1]:.1f} years at the latest" if ends[1] is not None else "or never"
    return f"The {pounds(once)} of changing over is paid back in {middle:.1f} years: {soonest} at best, {latest}."


def _bodies(found: SetView) -> Section:
    columns = (
        text_column("Body"),
        number_column(f"Size ({found.counts})", decimals=0),
        number_column("Cost a year", Unit.POUNDS),
        number_column("Cost of each", Unit.POUNDS),
    )
    rows = tuple((one.name, one.size, round(one.cost), round(one.cost / one.size)) for one in found.bodies)
    return Section(
        "The comparators",
        (),
        (DataTable("Comparators", columns, rows, (), found.source, "comparators"),),
        apart=True,
    )


def _unknown() -> Iterable[str]:
    yield (
        "Whether bodies differ in what they do, how well, for whom, and in what they count. Local knowledge and "
        "travel are not in it."
    )
    yield "Being larger goes with other things: these figures do not show that growing would change cost."
