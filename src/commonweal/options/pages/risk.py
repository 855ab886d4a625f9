"""How shared risk is told: who could survive the worst year in twenty, and what share each can carry."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from commonweal.core.figure import Unit
from commonweal.options.carrying import Party, Stand
from commonweal.options.money_content import content, words
from commonweal.options.pages.told import Section, Told, about, per_cent, pounds
from commonweal.options.queries.risk import CaseView
from commonweal.present.chart import Chart, Message
from commonweal.present.charts import comparison
from commonweal.present.series import Point, Role
from commonweal.present.table import Cell, DataTable, Missing, number_column, text_column
from commonweal.present.wording import listed

# by vehicle: the kind of party that runs it
RUNS_IT = {
    "trust-existing": "trust", "trust-new": "trust", "multi-trust": "trust", "contractor": "contractor",
    "asset-transfer": "community", "community-library": "community",
}


def risk_told(case: CaseView) -> Told:
    """The whole page."""
    sections = (_stand(case), _share(case), *_subsidy(case), _rule(case), _register(case), _plan(case))
    kind = f"A contract of {case.spec.years} years, {case.rule_title.lower()}"
    return Told(case.title, kind, answer(case), sections, tuple(_unknown(case)))


def answer(case: CaseView) -> str:
    """Who could survive the worst year in twenty, and who could not."""
    return _answered(case, case.carried.stands, pounds)


def _answered(case: CaseView, stands: tuple[Stand, ...], said_as: Callable[[float], str]) -> str:
    if not stands:
        return "Nobody is named who might run it. Say what each has put by."
    could = [_who(one) for one in stands if one.bears.survives]
    not_so = [_who(one) for one in stands if not one.bears.survives]
    bad = said_as(case.carried.operator_bad_year)
    if len(stands) == 1 and not could:
        return _begun(f"{_who(stands[0])} could not survive the worst year in twenty, a result of {bad}.")
    if not could:
        return f"Nobody named could survive the worst year in twenty: whoever runs it would be left with {bad}."
    said = f"{listed(could)} could survive the worst year in twenty, a result of {bad}"
    often = [one for one in stands if one.bears.survives and one.bears.runs_out > case.spec.limit]
    later = "".join(
        f" But year upon year {_who(one)} runs out in {per_cent(one.bears.runs_out)} of draws." for one in often
    )
    return _begun(f"{said}; {listed(not_so)} could not." if not_so else f"{said}.") + later


def in_short(case: CaseView, *, runs_it: str = "", years: int | None = None) -> tuple[str, ...]:
    """What the draws say, for a paper on something wider.

    `runs_it` is the kind of party that would run it, where only that one's risk is told; `years` those of the
    costs that stand beside.
    """
    found = case.carried
    stands = tuple(one for one in found.stands if one.party.kind == runs_it) or found.stands
    fee = sum(one.pounds for one in case.lines if one.kind == "fee")
    at_fee = f" at a fee of {about(fee)} a year" if fee > 0 else ""
    apart = ""
    if years is not None and years != case.spec.years:
        apart = f" It is not the {years} years of the costs above, so the sums do not add to them."
    return (
        f"{case.runs:,} ways in which a contract of {case.spec.years} years{at_fee} might go were drawn by chance "
        f"(“{case.title}”).{apart}",
        _answered(case, stands, about),
        f"By its rule ({case.rule_title.lower()}) the council pays {about(found.council_typical)} "
        f"beyond plan over the years in the middle draw, and {about(found.council_high)} in one draw in twenty.",
    )


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]


def _who(one: Stand) -> str:
    return f"the {one.party.title.lower()}"


def _stand(case: CaseView) -> Section:
    rows = tuple(
        (
            one.party.title,
            round(one.party.reserves),
            round(one.bears.typical),
            round(one.bears.low),
            round(one.bears.bad_year),
            "yes" if one.bears.survives else "no",
            per_cent(one.bears.runs_out),
        )
        for one in case.carried.stands
    )
    columns = (
        text_column("Who runs it"),
        number_column("Put by", Unit.POUNDS),
        number_column("Result over the years", Unit.POUNDS),
        number_column("In the worst twentieth", Unit.POUNDS),
        number_column("Worst year in twenty", Unit.POUNDS),
        text_column("Survives it"),
        text_column("Runs out in some year"),
    )
    held = [
        f"The {one.party.title.lower()} must keep {pounds(one.party.least)}."
        for one in case.carried.stands
        if one.party.least
    ]
    note = (
        f"{case.runs:,} draws of {case.spec.years} years, seed {case.spec.seed}: the same draws for each.",
        *held,
    )
    table = DataTable("Money at stake against what is put by", columns, rows, note, key="stand")
    return Section("Who could carry it?", (), (table,), _chart(case))


def _chart(case: CaseView) -> Chart | None:
    points = tuple(
        Point(
            one.party.title,
            round(100 * one.bears.runs_out, 1),
            Role.PLACE if one.bears.runs_out > case.spec.limit else Role.COMPARATOR,
        )
        for one in case.carried.stands
    )
    if len(points) < 2:
        return None
    most = max(case.carried.stands, key=lambda one: one.bears.runs_out)
    says = f"The {most.party.title.lower()} runs out in {per_cent(most.bears.runs_out)} of draws."
    message = Message("How often each would run out of reserves", says)
    return comparison(message, points, unit=Unit.PERCENT)


def _share(case: CaseView) -> Section:
    spec = case.spec
    said = [
        f"You said that running out may happen in {per_cent(spec.limit)} of draws at most. The share below is the "
        "largest part of a loss, and of a gain, with which each keeps to that; the council carries the rest.",
    ]
    if spec.rule == "bands" and spec.collar:
        said.append(f"The first {pounds(spec.collar)} a year either way stays with whoever runs it.")
    said.extend(proposal(one, spec.limit) for one in case.carried.stands)
    rows: list[tuple[Cell, ...]] = [
        (
            one.party.title,
            Missing("none") if one.largest is None else f"{100 * one.largest:.0f}%",
            _now(case, one.party),
        )
        for one in case.carried.stands
    ]
    columns = (
        text_column("Who runs it"),
        text_column("Largest share it can carry"),
        text_column("Under this rule"),
    )
    table = DataTable("A proportionate share of risk", columns, tuple(rows), key="share")
    return Section("What share is proportionate?", tuple(said), (table,))


def proposal(one: Stand, limit: float) -> str:
    """The share proposed for a party, and why, in a sentence."""
    who = f"The {one.party.title.lower()}"
    has = f"with {pounds(one.party.reserves)} put by"
    if one.largest is None:
        return f"{who}, {has}, can carry no share: even without one it runs out too often. Pay it what it costs."
    if one.largest >= 1:
        return f"{who}, {has}, could carry all of it and run out in at most {per_cent(limit)} of draws."
    if one.largest < 0.05:
        return (
            f"{who}, {has}, can carry next to nothing: {100 * one.largest:.0f}%. Grant it, or pay what it costs."
        )
    return f"{who}, {has}, can carry up to {100 * one.largest:.0f}%. More than that would be its end too often."


def _now(case: CaseView, _party: Party) -> str:
    spec = case.spec
    return {
        "fixed": "100%", "open": "0%", "cap": f"100% of a loss up to {pounds(spec.cap)}",
        "collar": f"100% up to {pounds(spec.collar)}, then 0%", "passed": "100% of what is not passed through",
    }.get(spec.rule, f"{100 * spec.shared:.0f}% up to {pounds(spec.cap)}")


def _subsidy(case: CaseView) -> Iterable[Section]:
    rows = []
    for one in case.carried.stands:
        bears = one.bears
        rows.append((one.party.title, per_cent(bears.runs_out), round(bears.subsidy), round(bears.subsidy_high)))
    columns = (
        text_column("Who runs it"),
        text_column("Must be helped in"),
        number_column("Help then, in the mean", Unit.POUNDS),
        number_column("Help in one draw in twenty, at least", Unit.POUNDS),
    )
    table = DataTable("If the contract loses money and must be subsidised", columns, tuple(rows), key="subsidy")
    found = case.carried
    said = [
        f"By the rule alone the council pays {about(found.council_typical)} beyond plan over the years in the "
        f"middle draw, and {about(found.council_high)} in one draw in twenty.",
        f"In its worst year in twenty it pays {pounds(found.council_bad_year)} more.",
        words("risks", "subsidy"),
    ]
    if found.council is not None and found.council_party is not None:
        fate = "could" if found.council.survives else "could not"
        said.insert(2, f"With {pounds(found.council_party.reserves)} put by it {fate} bear that.")
    yield Section("What if it loses money?", tuple(said), (table,))


def _rule(case: CaseView) -> Section:
    spec = case.spec
    says = next(one["says"] for one in content("risks")["rules"] if one["key"] == spec.rule)
    said = [says]
    if spec.rule == "bands":
        said = [
            f"Up to {pounds(spec.collar)} a year either way is the operator's.",
            f"From there to {pounds(spec.cap)} the operator has {per_cent(spec.shared)}, the council the rest.",
            f"Past that the operator has {per_cent(spec.beyond)}.",
        ]
        if spec.gains is not None:
            said.append(f"Of a gain past the first part the operator keeps {per_cent(spec.gains)}.")
    elif spec.rule in ("cap", "collar"):
        said.append(f"So much a year: {pounds(spec.cap)}.")
    if spec.margin:
        said.append(f"The operator's margin is {pounds(spec.margin)} a year.")
    passed = [one.title.lower() for one in case.lines if one.passed]
    if passed:
        said.append(f"Passed through to the council whole: {listed(passed)}.")
    return Section("The rule", tuple(said))


def _register(case: CaseView) -> Section:
    if not case.risks:
        return Section("What may go wrong", ("Nothing is on the register yet, so nothing of it is drawn.",))
    odd = [one for one in case.risks if not one.fits]
    said = [
        f"{one.title} is placed with: {one.bearer.lower()}. As a rule better: {one.best.lower()}. {one.why_best} "
        f"The reason given: {one.why}"
        for one in odd
    ]
    rows = tuple(
        (
            one.title,
            one.kind,
            one.bearer,
            one.best,
            f"{one.chance:g}%",
            round(one.costs[1]),
            round(one.expected),
            one.control,
            one.watches,
        )
        for one in sorted(case.risks, key=lambda each: -each.expected)
    )
    columns = (
        text_column("Risk"),
        text_column("Kind"),
        text_column("Carried by"),
        text_column("As a rule best"),
        text_column("Chance a year"),
        number_column("Likely cost", Unit.POUNDS),
        number_column("In the mean a year", Unit.POUNDS),
        text_column("What is done"),
        text_column("Who watches"),
    )
    note = (str(content("risks")["verification"]).capitalize() + ".",)
    return Section(
        "What may go wrong", tuple(said), (DataTable("Register of risks", columns, rows, note, key="register"),)
    )


def _plan(case: CaseView) -> Section:
    rows = tuple(
        (
            one.title,
            round(one.pounds),
            f"{one.yearly:g}%",
            f"{one.off:+g}%" if one.off else "as planned",
            "council" if one.passed else "by the rule",
        )
        for one in case.lines
    )
    columns = (
        text_column("Line"),
        number_column("A year", Unit.POUNDS),
        text_column("Spread"),
        text_column("Thought to be off by"),
        text_column("Carried"),
    )
    table = DataTable("The contract as planned", columns, rows, key="plan")
    return Section("The plan", (str(content("risks")["spreads_say"]),), (table,), apart=True)


def _unknown(case: CaseView) -> Iterable[str]:
    yield words("risks", "limits")
    yield words("risks", "double")
    yield "Lines are drawn so that they go wrong together a little (a correlation of 0.2)."
