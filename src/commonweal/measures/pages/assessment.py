"""How a partnership sees itself under three heads: needs, partnerships, outcomes; with what is not known."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from uuid import UUID

from commonweal.agreements.queries.register import register_for
from commonweal.core import clock
from commonweal.core.queries.partnerships import PartnershipView
from commonweal.core.viewer import Viewer
from commonweal.measures.pages.performance import STANDS, measure_words, performance_answer, table_by, unknown
from commonweal.measures.performance_content import content, tag_of
from commonweal.measures.queries.changes import changes_in
from commonweal.measures.queries.performance import Performance, performance_of
from commonweal.needs.models import NeedState
from commonweal.needs.queries.needs import NeedCard, needs_for
from commonweal.options.pages.told import Section, Told
from commonweal.policy.frameworks import Framework, frameworks
from commonweal.present.table import Cell, DataTable, Missing, text_column
from commonweal.present.wording import listed, spoken, written
from commonweal.priorities.queries.outcomes import OutcomeCard, outcomes_for

CAN_BE_TOLD = {True: "Yes", False: "No: it is too small", None: "Not known"}


def assessment_told(viewer: Viewer, view: PartnershipView) -> Told:
    """The whole paper, as it stands today."""
    found = performance_of(viewer, view.id)
    needs = [one for one in needs_for(viewer, view.id) if one.state == NeedState.AGREED]
    served = {one.id for entry in register_for(viewer, view.id) if not entry.over for one in entry.answers}
    said = content()["assessment"]
    mark = "" if said["verification"] == "V" else " (unchecked: confirm)"
    return Told(
        said["title"], "Self-assessment", performance_answer(found),
        (_needs(needs, {one.id for one in needs} & served), _partnerships(view, found),
         *_outcomes(viewer, view, found), _frameworks(outcomes_for(viewer, view.id)), *_changed(viewer, view),
         *_first(found)),
        (*unknown(), f"{said['source']}{mark}. Nobody outside has judged any of it."),
    )


def _needs(needs: list[NeedCard], served: set[UUID]) -> Section:
    lines = [f"{one.title}: {one.statement} {'An' if one.id in served else 'No'} agreement answers it."
             for one in needs]
    head = f"The partners have agreed {len(needs)} need{'s' * (len(needs) != 1)}; agreements answer {len(served)}."
    return Section("Needs", (head, *lines))


def _partnerships(view: PartnershipView, found: Performance) -> Section:
    signing = sorted(one.name for one in view.seats if one.signs_off)
    providers = sorted({one.provider for one in found.agreements if one.provider})
    due, sent = sum(one.sent.due for one in found.agreements), sum(one.sent.sent for one in found.agreements)
    return Section("Partnerships", (
        f"{len(view.seats)} organisations take part; {listed(signing) or 'none'} sign.",
        f"{len(found.agreements)} agreements with {len(providers)} providers run, or ended within the year.",
        f"{sent} of {due} returns that were due have been sent.",
    ))


def _outcomes(viewer: Viewer, view: PartnershipView, found: Performance) -> Iterable[Section]:
    table = table_by("outcome", found, outcomes_for(viewer, view.id), view.id)
    yield Section("Outcomes", (), (table,) if table.rows else ())
    rows = tuple(_row(found, at) for at in range(len(found.measures)))
    if rows:
        heads = ("Measure", "Agreement", "Returned", "n", "To", "Should be", "Target", "Stands")
        columns = tuple(map(text_column, heads))
        yield Section("Every measure", (), (DataTable(
            f"Measures beside their targets, {clock.today():%-d %B %Y}", columns, rows,
            ("n: people who answered, or came. Intervals and method stand with each number on its page.",),
            "Returns of those who deliver", "measures"),), apart=True)


def _frameworks(outcomes: tuple[OutcomeCard, ...]) -> Section:
    """Targets by the framework their measure is from, those of the past too; others are measures of our own."""
    held = {one.key: (framework, one) for framework in frameworks() for one in framework.indicators}
    targets = [(card, one) for card in outcomes for one in card.targets]
    rows = tuple(
        (_named(held[one.indicator][0]), held[one.indicator][1].title, card.title,
         _level(one.baseline, one.unit, one.baseline_on), _level(one.target, one.unit, one.target_on),
         CAN_BE_TOLD[one.can_be_told])
        for card, one in sorted(targets, key=lambda pair: pair[1].indicator) if one.indicator in held)
    own = sum(one.indicator not in held for _, one in targets)
    words = f"{own} of {len(targets)} targets are measures of our own." if targets else "No target is set."
    heads = ("Framework", "Indicator", "Outcome", "Begun from", "Target", "Can the change be told?")
    return Section("By framework", (words,), (DataTable(
        "Targets on indicators of outcome frameworks", tuple(map(text_column, heads)), rows,
        ("Whether a change can be told: the target's distance beside the smallest change the measure can show.",),
        "Targets as set, and the frameworks as read", "frameworks"),) if rows else ())


def _named(framework: Framework) -> str:
    over = framework.end is not None and framework.end <= clock.today()
    return f"{framework.title}, until {framework.end.year}" if over and framework.end else framework.title


def _level(value: Decimal | None, unit: str, on: date | None) -> Cell:
    if value is None or on is None:
        return Missing("not measured")
    return f"{value.normalize():f} {unit}, {on:%-d %B %Y}"


def _changed(viewer: Viewer, view: PartnershipView) -> Iterable[Section]:
    """What was measured of the same people before and after, with what it carries."""
    found = [f"{one.agreement_title}: {one.title}, {one.period}. {one.told.answer}"
             for one in changes_in(viewer, view.id)]
    if found:
        yield Section("Change of the same people", tuple(found))


def _row(found: Performance, at: int) -> tuple[Cell, ...]:
    one = found.measures[at]
    stands = tag_of("stands", one.stands).title
    if one.figure is None or one.told is None:
        return (one.title, one.agreement_title, Missing("nothing returned" if one.read else "not read"),
                *(Missing("not known"),) * 4, stands)
    aim, unit = one.aim, one.figure.unit
    should = written(aim.expected, unit, 0) if aim and aim.expected is not None else Missing("no target")
    target = written(aim.target, unit, 0) if aim else Missing("no target")
    n = f"{one.figure.n:,}" if one.figure.n is not None else Missing("not people")
    return (one.title, one.agreement_title, spoken(one.figure), n, one.told.last, should, target, stands)


def _first(found: Performance) -> Iterable[Section]:
    """What needs a look, and what cannot be told yet."""
    if found.exceptions:
        yield Section("What needs a look", tuple(
            f"{tag_of('exceptions', one.kind).title}. {one.title}: {one.words}" for one in found.exceptions))
    open_ = [one for one in found.measures if one.stands == STANDS[2]]
    if open_:
        yield Section("What cannot be told yet", tuple(f"{one.title}: {measure_words(one)}" for one in open_))
