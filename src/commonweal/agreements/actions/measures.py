"""Measures of an agreement are set, put right and dropped, each tied to what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from uuid import UUID

from django.db import models, transaction

from commonweal.agreements.answering import latest_need, latest_outcome
from commonweal.agreements.models import Clause, Measure, MeasureState, MeasureTarget
from commonweal.core import clock
from commonweal.core.actions.recording import record_event, saved
from commonweal.core.errors import NotFound, Refused
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.options.models import Agreement

MOST = 60
MOST_TARGETS = 60


class Verb(models.TextChoices):
    """The deeds of measures."""

    SET = "measure.set"
    CHANGED = "measure.changed"
    DROPPED = "measure.dropped"
    KEPT = "measure.kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetSaid:
    """What it should come to from `start` up to, not including, `end`."""

    start: date
    end: date
    target: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureSaid:
    """What a measure says; `need`, `outcome` and `clause` are identities, or nothing."""

    title: str
    what: str
    unit: str
    kind: str
    adds: str
    every: str
    better: str = "more"
    need: UUID | None = None
    outcome: UUID | None = None
    clause: UUID | None = None
    baseline: Decimal | None = None
    baseline_on: date | None = None
    baseline_source: str = ""
    targets: tuple[TargetSaid, ...] = ()


@transaction.atomic
def set_measure(*, by: Viewer, agreement: Agreement, said: MeasureSaid) -> Measure:
    """A measure more."""
    require(by, Permission.RECORD_EVIDENCE, agreement.partnership_id)
    count = Measure.objects.filter(agreement=agreement).count()
    if count >= MOST:
        raise Refused(f"An agreement has {MOST} measures at most here. Which of them answer a need?")
    row = _written(by, Measure(partnership_id=agreement.partnership_id, agreement=agreement, position=count), said)
    record_event(by=by, verb=Verb.SET, subject=row, partnership=row.partnership_id)
    return row


@transaction.atomic
def change_measure(*, by: Viewer, measure: Measure, said: MeasureSaid) -> Measure:
    """Put a measure right, with its targets; what it was is in its history."""
    row = _held(by, measure)
    if row.state == MeasureState.DROPPED:
        raise Refused("This measure was dropped. Take it up again first.")
    _written(by, row, said)
    record_event(by=by, verb=Verb.CHANGED, subject=row, partnership=row.partnership_id)
    return row


@transaction.atomic
def drop_measure(*, by: Viewer, measure: Measure, because: str) -> Measure:
    """It is asked for no more, for a reason; what was returned against it stays."""
    row = _held(by, measure)
    row.state, row.dropped_on, row.dropped_because = MeasureState.DROPPED, clock.today(), because.strip()
    saved(row)
    record_event(by=by, verb=Verb.DROPPED, subject=row, partnership=row.partnership_id)
    return row


@transaction.atomic
def take_up_measure(*, by: Viewer, measure: Measure) -> Measure:
    """Ask for it again."""
    row = _held(by, measure)
    row.state, row.dropped_on, row.dropped_because = MeasureState.STANDS, None, ""
    saved(row)
    record_event(by=by, verb=Verb.KEPT, subject=row, partnership=row.partnership_id)
    return row


@transaction.atomic
def answer_with(*, by: Viewer, measure: Measure, need: UUID | None, outcome: UUID | None) -> Measure:
    """Say which need and outcome a measure answers, in their newest versions."""
    row = _held(by, measure)
    _answer(by, row, need, outcome)
    saved(row)
    record_event(by=by, verb=Verb.CHANGED, subject=row, partnership=row.partnership_id)
    return row


def _held(by: Viewer, measure: Measure) -> Measure:
    require(by, Permission.RECORD_EVIDENCE, measure.partnership_id)
    row: Measure = Measure.objects.select_for_update().get(pk=measure.pk)
    return row


def _written(by: Viewer, row: Measure, said: MeasureSaid) -> Measure:
    row.title, row.what, row.unit = said.title.strip(), said.what.strip(), said.unit.strip()
    row.kind, row.better, row.adds, row.every = said.kind, said.better, said.adds, said.every
    row.baseline, row.baseline_on = said.baseline, said.baseline_on
    row.baseline_source = said.baseline_source.strip()
    row.clause = _clause(row, said.clause)
    _answer(by, row, said.need, said.outcome)
    saved(row)
    _aim(row, said.targets)
    return row


def _answer(by: Viewer, row: Measure, need: UUID | None, outcome: UUID | None) -> None:
    """The newest version, unless the one it has is of the same need: what was agreed is not moved by the way."""
    if need != (row.need.identity_id if row.need else None):
        row.need = latest_need(by, row.partnership_id, need) if need else None
    if outcome != (row.outcome.identity_id if row.outcome else None):
        row.outcome = latest_outcome(by, row.partnership_id, outcome) if outcome else None


def _clause(row: Measure, asked: UUID | None) -> Clause | None:
    if asked is None:
        return None
    found: Clause | None = Clause.objects.filter(agreement=row.agreement_id, removed=False, pk=asked).first()
    if found is None:
        raise NotFound("This agreement has no such clause any more. Choose again.")
    return found


def _aim(row: Measure, targets: tuple[TargetSaid, ...]) -> None:
    if len(targets) > MOST_TARGETS:
        raise Refused(f"A measure has {MOST_TARGETS} targets at most here.")
    held: dict[date, MeasureTarget] = {one.start: one for one in row.targets.all()}
    ordered = sorted(targets, key=lambda one: one.start)
    for before, after in pairwise(ordered):
        if after.start < before.end:
            raise Refused(f"Two targets overlap at {after.start:%d %B %Y}. Give one for each period.")
    for start in held.keys() - {one.start for one in targets}:
        held.pop(start).delete()
    for one in ordered:
        aim = held.get(one.start) or MeasureTarget(partnership_id=row.partnership_id, measure=row, start=one.start)
        if (aim.end, aim.target) != (one.end, one.target):
            aim.end, aim.target = one.end, one.target
            saved(aim)
