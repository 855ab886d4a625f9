"""An agreement against today's needs: what in it answers them, what the law allows, and what is planned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from commonweal.agreements.models import (
    AgreementDay,
    Clause,
    DayKind,
    Examination,
    Measure,
    MeasureState,
    PlanStep,
)
from commonweal.agreements.queries.register import Answered, Entry, entry_for
from commonweal.core import clock
from commonweal.core.errors import NotFound
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer
from commonweal.needs.models import NeedState
from commonweal.needs.queries.needs import needs_for
from commonweal.options.queries.agreements import agreement_for
from commonweal.policy.changing import Allowed, Way, may_change, ways
from commonweal.priorities.models import OutcomeState
from commonweal.priorities.queries.outcomes import outcomes_for

NEAR = timedelta(days=548)      # a year and a half: time to commission anew


@dataclass(frozen=True, slots=True)
class Checked:
    """A clause or a measure, and whether what it answers still stands."""

    id: UUID
    words: str
    answers: tuple[Answered, ...]
    standing: str       # "answers", "older" (written anew since), "gone" (withdrawn), "nothing"

    @property
    def goes(self) -> bool:
        """Whether it answers nothing that stands."""
        return self.standing in ("gone", "nothing")


@dataclass(frozen=True, slots=True)
class BreakCard:
    """A day on which it can be broken; its end is one of them."""

    day: date
    notice_by: date | None
    words: str
    past: bool
    notice_past: bool


@dataclass(frozen=True, slots=True)
class StepCard:
    """One step of the plan."""

    id: UUID
    words: str
    due_on: date
    done_on: date | None
    late: bool
    turn: bool      # the first that is not done


@dataclass(frozen=True, slots=True)
class Examined:
    """Everything an examination shows."""

    entry: Entry
    clauses: tuple[Checked, ...]
    measures: tuple[Checked, ...]
    served: tuple[Answered, ...]        # agreed needs that something in it answers
    unserved: tuple[tuple[UUID, str], ...]
    breaks: tuple[BreakCard, ...]
    change: str
    told: dict[str, bool | Decimal | None]
    allowed: Allowed
    proposed: Way
    why: str
    way: Way | None
    because: str
    decided_on: date | None
    turns_on: date | None
    steps: tuple[StepCard, ...]

    @property
    def next_break(self) -> BreakCard | None:
        """The next day on which it can be broken with notice still to be given in time."""
        return next((one for one in self.breaks if not one.past and not one.notice_past), None)


def examined(viewer: Viewer, partnership: UUID, agreement: UUID) -> Examined:
    """One agreement, examined as it stands today."""
    entry = entry_for(viewer, partnership, agreement)
    card = agreement_for(viewer, partnership, agreement)
    today = clock.today()
    clauses = tuple(_checked(row, str(row)) for row in _rows(Clause, viewer, partnership, agreement).filter(
        removed=False).order_by("position", "created"))
    measures = tuple(_checked(row, row.title) for row in _rows(Measure, viewer, partnership, agreement).filter(
        state=MeasureState.STANDS).order_by("position", "created"))
    needs = [one for one in needs_for(viewer, partnership) if one.state == NeedState.AGREED]
    answered = {one.id for part in (*clauses, *measures) for one in part.answers} | {
        one.id for one in entry.answers}
    answered |= {need.id for one in outcomes_for(viewer, partnership) if one.id in answered for need in one.needs}
    row = Examination.objects.visible_to(viewer, Purpose.PLANNING).filter(agreement=agreement).first()
    told = _told(row)
    allowed = may_change(form=card.form, regime=card.regime, told=told, on=today)
    breaks = _breaks(viewer, partnership, agreement, card.ends, today)
    proposed, why = proposal(clauses, measures, tuple(breaks), allowed, today)
    return Examined(
        entry=entry, clauses=clauses, measures=measures, breaks=breaks, told=told, allowed=allowed,
        served=tuple(Answered("need", one.id, one.title) for one in needs if one.id in answered),
        unserved=tuple((one.id, one.title) for one in needs if one.id not in answered),
        proposed=proposed, why=why, way=next((one for one in ways() if row and one.key == row.way), None),
        change=row.change if row else "", because=row.because if row else "",
        decided_on=row.decided_on if row else None, turns_on=row.turns_on if row else None,
        steps=_steps(row, today))


def proposal(
    clauses: tuple[Checked, ...], measures: tuple[Checked, ...], breaks: tuple[BreakCard, ...], allowed: Allowed,
    today: date,
) -> tuple[Way, str]:
    """The lightest thing that would mend it, and why; nobody is bound by it."""
    by = {one.key: one for one in ways()}
    loose, idle = [one for one in clauses if one.goes], [one for one in measures if one.goes]
    if not clauses and not measures:
        return by["keep"], "Nothing of what it asks is entered yet. Enter its clauses before anything is decided."
    if not loose and not idle:
        return by["keep"], "Everything in it that is entered answers something agreed."
    said = f"{len(loose)} of {len(clauses)} clauses and {len(idle)} of {len(measures)} measures answer nothing"
    ahead = next((one for one in breaks if not one.past and not one.notice_past), None)
    if ahead is not None and ahead.day <= today + NEAR:
        if len(loose) == len(clauses) and len(idle) == len(measures):
            return by["lapse"], f"{said}, and it can end on {ahead.day:%-d %B %Y}."
        return by["renegotiate"], f"{said}; it can be broken on {ahead.day:%-d %B %Y}."
    if allowed.holds:
        return by["vary"], f"{said}, and the law allows the change that was told."
    if not loose:
        return by["vary"], f"{said}: dropping measures is a small change. Tell it, and see what the law says."
    if ahead is not None:
        return by["renegotiate"], f"{said}; the next day on which it can be broken is {ahead.day:%-d %B %Y}."
    return by["vary"], f"{said}, and it has no break to come. Tell what should change, and see what is allowed."


def clause_row(viewer: Viewer, partnership: UUID, clause: UUID) -> Clause:
    """The row itself, for an action."""
    return _one(Clause, viewer, partnership, clause, "There is no such clause, or none that you may see.")


def step_row(viewer: Viewer, partnership: UUID, step: UUID) -> PlanStep:
    """The row itself, for an action."""
    return _one(PlanStep, viewer, partnership, step, "There is no such step, or none that you may see.")


def _one(model: Any, viewer: Viewer, partnership: UUID, key: UUID, none: str) -> Any:
    rows = model.objects.visible_to(viewer, Purpose.PLANNING).filter(partnership=partnership, pk=key)
    found = rows.first()
    if found is None:
        raise NotFound(none)
    return found


def _rows(model: Any, viewer: Viewer, partnership: UUID, agreement: UUID) -> Any:
    rows = model.objects.visible_to(viewer, Purpose.PLANNING).filter(partnership=partnership, agreement=agreement)
    return rows.select_related("need__identity", "outcome__identity")


def _checked(row: Any, words: str) -> Checked:
    """A clause or measure with what it answers: standing, written anew since, withdrawn, or nothing."""
    answers, newest, stands = [], True, False
    if row.need is not None:
        there = row.need.identity
        answers.append(Answered("need", there.pk, there.title))
        stands = stands or there.state != NeedState.WITHDRAWN
        newest = newest and row.need.number == there.next_number() - 1
    if row.outcome is not None:
        there = row.outcome.identity
        answers.append(Answered("outcome", there.pk, there.title))
        stands = stands or there.state == OutcomeState.STANDS
        newest = newest and row.outcome.number == there.next_number() - 1
    standing = "nothing" if not answers else "gone" if not stands else "answers" if newest else "older"
    return Checked(row.pk, words, tuple(answers), standing)


def _told(row: Examination | None) -> dict[str, bool | Decimal | None]:
    held = row.told if row else {}
    return {key: value if isinstance(value, bool) else Decimal(value) for key, value in held.items()}


def _breaks(
    viewer: Viewer, partnership: UUID, agreement: UUID, ends: date | None, today: date
) -> tuple[BreakCard, ...]:
    rows = list(AgreementDay.objects.visible_to(viewer, Purpose.PLANNING).filter(
        partnership=partnership, agreement=agreement, done_on=None, kind__in=(DayKind.BREAK, DayKind.NOTICE)))
    notices = [row.day for row in rows if row.kind == DayKind.NOTICE]
    found = []
    for row in (one for one in rows if one.kind == DayKind.BREAK):
        notice = max((day for day in notices if day <= row.day), default=None)
        found.append(BreakCard(row.day, notice, row.words or str(DayKind.BREAK.label), row.day < today,
                               notice is not None and notice < today))
    if ends is not None:
        found.append(BreakCard(ends, None, "It ends", ends < today, False))
    return tuple(sorted(found, key=lambda one: one.day))


def _steps(row: Examination | None, today: date) -> tuple[StepCard, ...]:
    if row is None:
        return ()
    rows = list(row.steps.order_by("position"))
    turn = next((one.pk for one in rows if one.done_on is None), None)
    return tuple(StepCard(one.pk, one.words, one.due_on, one.done_on, one.done_on is None and one.due_on < today,
                          one.pk == turn) for one in rows)
