"""What performance says: one sentence, then tables by agreement, outcome, provider, area, group and place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from uuid import UUID

from django.urls import reverse

from commonweal.core.figure import Unit
from commonweal.measures.models import PaymentRule
from commonweal.measures.performance_content import content, tag_of
from commonweal.measures.queries.performance import AgreementStands, Performance, Progress
from commonweal.methods.progress import paid_for
from commonweal.present.chart import Chart, Message
from commonweal.present.charts import trend
from commonweal.present.series import Line, Point, Role
from commonweal.present.table import Cell, DataTable, Linked, Missing, number_column, text_column
from commonweal.present.wording import listed, written
from commonweal.priorities.queries.outcomes import OutcomeCard

WAYS = {"agreement": "Agreement", "outcome": "Outcome", "provider": "Provider", "area": "Area", "group": "Group",
        "place": "Place"}
STANDS = ("on", "off", "unsure", "empty")
NOTE = "Each is a count of measures with a target. Cannot tell yet: what is known allows both."


def performance_answer(found: Performance) -> str:
    """How many agreements need a look, and why."""
    if not found.agreements:
        return "No agreement runs yet. Enter one in the register."
    look = len({one.agreement for one in found.exceptions})
    if not look:
        return f"All {len(found.agreements)} agreements are on their way, as far as returns tell."
    kinds = {"late": "late", "off": "off its way", "missing": "missing", "odd": "odd"}
    counts = [f"{n} {words}" for kind, words in kinds.items()
              if (n := sum(one.kind == kind for one in found.exceptions))]
    return f"Look first at {look} of {len(found.agreements)} agreements: {listed(counts)}."


def table_by(way: str, found: Performance, outcomes: Iterable[OutcomeCard], partnership: UUID) -> DataTable:
    """The same agreements seen one way."""
    if way in ("area", "group"):
        return _people(way, found)
    if way == "outcome":
        return _outcomes(found, outcomes, partnership)
    if way == "agreement":
        rows = tuple(_row(Linked(one.title, reverse("measures:agreement-performance", args=[partnership, one.id])),
                          [one]) for one in found.agreements)
        return _table("Agreement", rows, "Agreements, by what their returns tell")
    return _grouped(way, found)


def _grouped(way: str, found: Performance) -> DataTable:
    named: Callable[[AgreementStands], str] = (
        (lambda one: one.provider or "Nobody is named") if way == "provider"
        else (lambda one: one.place or "No place is named"))
    groups: dict[str, list[AgreementStands]] = defaultdict(list)
    for one in found.agreements:
        groups[named(one)].append(one)
    rows = tuple(_row(name, groups[name]) for name in sorted(groups))
    return _table(WAYS[way], rows, f"By {way}, by what returns tell")


def _table(first: str, rows: tuple[tuple[Cell, ...], ...], caption: str) -> DataTable:
    columns = (text_column(first), number_column("Returns due"), number_column("Sent"), number_column("In time"),
               *(number_column(tag_of("stands", key).title) for key in STANDS))
    return DataTable(caption, columns, rows, (NOTE,), "Returns of those who deliver", "performance")


def _row(name: Cell, rows: list[AgreementStands]) -> tuple[Cell, ...]:
    if not any(one.planned for one in rows):
        return (name, *(Missing("not asked"),) * (3 + len(STANDS)))
    measured = any(one.measures for one in rows)
    return (name, sum(one.sent.due for one in rows), sum(one.sent.sent for one in rows),
            sum(one.sent.on_time for one in rows),
            *(sum(one.count(key) for one in rows) if measured else Missing("no measure") for key in STANDS))


def _outcomes(found: Performance, outcomes: Iterable[OutcomeCard], partnership: UUID) -> DataTable:
    rows: list[tuple[Cell, ...]] = []
    for one in outcomes:
        mine = [each for each in found.measures if each.outcome and each.outcome.id == one.id]
        name = Linked(one.title, reverse("priorities:outcome", args=[partnership, one.id]))
        serving = len({each.agreement for each in mine})
        rows.append((name, serving, *(sum(each.stands == key for each in mine) if mine else Missing("no measure")
                                      for key in STANDS)))
    loose = [each for each in found.measures if each.outcome is None]
    if loose:
        rows.append(("No outcome", len({each.agreement for each in loose}),
                     *(sum(each.stands == key for each in loose) for key in STANDS)))
    columns = (text_column("Outcome"), number_column("Agreements"),
               *(number_column(tag_of("stands", key).title) for key in STANDS))
    return DataTable("Outcomes, by the measures that answer them", columns, tuple(rows), (NOTE,),
                     "Returns of those who deliver", "performance-outcomes")


def _people(way: str, found: Performance) -> DataTable:
    """At least the most of any one agreement, at most all added up: never a sum of people."""
    spans: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for row in found.agreements:
        for kind, title, told in row.parts:
            if kind == f"{way}s":
                spans[title].append(told.bounds)
    rows = tuple((title, len(all_of), max(low for low, _ in all_of), sum(high for _, high in all_of))
                 for title, all_of in sorted(spans.items()))
    first = "Neighbourhood" if way == "area" else "Group who may be missed"
    columns = (text_column(first), number_column("Agreements that told"), number_column("People, at least"),
               number_column("People, at most"))
    notes = ("Different people in the last year returned. One person may be in several agreements and periods.",)
    return DataTable(f"People reached, by {way}", columns, rows, notes, "Returns of those who deliver",
                     f"performance-{way}s")


def measure_words(one: Progress) -> str:
    """Where one measure stands, in a sentence."""
    if not one.read:
        return "Nobody has said which answer of the returns tells this."
    if one.before is not None and one.aim is not None:
        return (f"Nothing is returned yet of {one.aim.first:%-d %B %Y} to {one.aim.last:%-d %B %Y}. This is what "
                f"was told before, to {one.before.last:%-d %B %Y}.")
    if one.told is None or one.figure is None:
        return "No return has told it yet."
    if one.aim is None or one.aim.expected is None:
        return "There is no target to set it beside."
    unit = one.figure.unit
    target, should = (written(value, unit, 0) for value in (one.aim.target, one.aim.expected))
    low, high = one.told.bounds
    between = f" It may be {low:,.0f} to {high:,.0f}." if high > low else ""
    return (f"By {one.told.last:%-d %B %Y} it should be {should}, on the way to {target} by "
            f"{one.aim.last:%-d %B %Y}.{between}")


def trajectory(one: Progress) -> Chart | None:
    """What was returned beside what should be there, period by period; nothing for very few."""
    if one.told is None or one.aim is None or one.aim.expected is None:
        return None
    share = one.told.figure.unit is Unit.PERCENT
    added = one.told.figure.method.startswith("Added")
    if len(one.told.periods) < (2 if added else 3):
        return None
    values, total = [], 0.0
    for _, value, _ in one.told.periods:
        total += value
        values.append(total if added else value)
    step = one.aim.expected / len(values) if added else 0.0
    should = [step * (at + 1) if added else one.aim.expected for at in range(len(values))]
    labels = [label for label, _, _ in one.told.periods]
    told = tuple(Point(*pair, Role.PLACE) for pair in zip(labels, values, strict=True))
    lines = (Line("Returned", told, Role.PLACE),
             Line("Should be", tuple(map(Point, labels, should))))
    title = f"{one.title}: {tag_of('stands', one.stands).title.lower()}"
    return trend(Message(title, measure_words(one)), lines, unit=Unit.PERCENT if share else one.told.figure.unit,
                       decimals=0)


def payment_lines(one: Progress, rule: PaymentRule) -> tuple[str, ...]:
    """How what is paid is worked out, a line each step."""
    if one.told is None or one.figure is None or one.figure.value is None or one.aim is None:
        return ("Nothing is worked out: no return tells this measure yet.",)
    share = {"nothing_at": rule.nothing_at / 100, "all_at": rule.all_at / 100}
    pounds, target, unit = float(rule.pounds), one.aim.target, one.figure.unit
    found = paid_for(one.figure.value, target, pounds, **share)
    lines = [
        f"The target is {written(target, unit, 0)} by {one.aim.last:%-d %B %Y}; returned so far: "
        f"{written(one.figure.value, unit, one.figure.decimals)}. That is {100 * found.reached:.1f}% of it.",
        f"Nothing is paid up to {rule.nothing_at}%, all £{pounds:,.2f} from {rule.all_at}%, in a straight line "
        f"between ({rule.agreed_in}).",
        f"({100 * found.reached:.1f} − {rule.nothing_at}) of {rule.all_at - rule.nothing_at} points is "
        f"{100 * found.share:.1f}%: £{found.pounds:,.2f}.",
    ]
    low, high = one.told.bounds
    if high > low:
        ends = [paid_for(end, target, pounds, **share).pounds for end in (low, high)]
        lines.append(f"What is returned leaves open £{ends[0]:,.2f} to £{ends[1]:,.2f}. Talk before money moves.")
    if not one.aim.whole:
        lines.append("Not every period of the target has been returned: this is how it stands, not what is due.")
    return tuple(lines)


def unknown() -> tuple[str, ...]:
    """What performance cannot tell."""
    return tuple(content()["unknown"])
