"""The register with its thread: what each agreement answers, how it is known to work, and when it ends."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from commonweal.agreements.models import AgreementAnswers, Measure, MeasureState
from commonweal.core import clock
from commonweal.core.asked_once import asked_once
from commonweal.core.errors import NotFound
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer
from commonweal.options.queries.agreements import AgreementCard, agreement_for, agreements_for

SOON = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Answered:
    """A need or an outcome that is answered."""

    kind: str
    id: UUID
    title: str


@dataclass(frozen=True, slots=True)
class MeasureCard:
    """One measure: what it counts, what it answers, and its targets as (first day, last day, target)."""

    id: UUID
    title: str
    what: str
    unit: str
    kind: str
    adds: str
    every: str
    answers: tuple[Answered, ...]
    targets: tuple[tuple[date, date, Decimal], ...]
    stands: bool
    dropped_on: date | None
    dropped_because: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One agreement as the register lists it."""

    card: AgreementCard
    answers: tuple[Answered, ...]
    measures: tuple[MeasureCard, ...]
    over: bool
    ends_soon: bool

    @property
    def orphan(self) -> bool:
        """Whether it answers nothing that was agreed."""
        return not self.answers

    @property
    def loose(self) -> tuple[MeasureCard, ...]:
        """Measures that are still asked for and answer nothing."""
        return tuple(one for one in self.measures if one.stands and not one.answers)


@asked_once
def register_for(viewer: Viewer, partnership: UUID) -> tuple[Entry, ...]:
    """Every agreement: those that run, the first to end first; then those that are over."""
    cards = agreements_for(viewer, partnership)
    answers, measures = _answers(viewer, partnership), _measures(viewer, partnership)
    today = clock.today()
    entries = (
        Entry(one, tuple(answers[one.id]), tuple(measures[one.id]), bool(one.ends and one.ends < today),
              bool(one.ends and today <= one.ends <= today + SOON)) for one in cards
    )
    return tuple(sorted(entries, key=lambda one: (one.over, one.card.ends or date.max, one.card.title)))


def entry_for(viewer: Viewer, partnership: UUID, agreement: UUID) -> Entry:
    """One; NotFound where there is none that the viewer may see."""
    found = agreement_for(viewer, partnership, agreement)
    return next(one for one in register_for(viewer, partnership) if one.card.id == found.id)


def measure_row(viewer: Viewer, partnership: UUID, measure: UUID) -> Measure:
    """The row itself, for an action."""
    rows = Measure.objects.visible_to(viewer, Purpose.PLANNING).filter(partnership=partnership, pk=measure)
    found: Measure | None = rows.select_related("agreement", "need", "outcome").first()
    if found is None:
        raise NotFound("There is no such measure, or none that you may see.")
    return found


def _answers(viewer: Viewer, partnership: UUID) -> dict[UUID, list[Answered]]:
    found: dict[UUID, list[Answered]] = defaultdict(list)
    rows = AgreementAnswers.objects.visible_to(viewer, Purpose.PLANNING)
    rows = rows.filter(partnership=partnership, removed=False)
    for row in rows.select_related("need__identity", "outcome__identity").order_by("created", "id"):
        found[row.agreement_id].extend(_answered(row))
    return found


def _measures(viewer: Viewer, partnership: UUID) -> dict[UUID, list[MeasureCard]]:
    found: dict[UUID, list[MeasureCard]] = defaultdict(list)
    rows = Measure.objects.visible_to(viewer, Purpose.PLANNING).filter(partnership=partnership)
    for row in rows.select_related("need__identity", "outcome__identity").prefetch_related("targets"):
        targets = tuple((one.start, one.end - timedelta(days=1), one.target) for one in row.targets.all())
        found[row.agreement_id].append(MeasureCard(
            row.pk, row.title, row.what, row.unit, row.get_kind_display(), row.get_adds_display(),
            row.get_every_display(), _answered(row), targets, row.state == MeasureState.STANDS,
            row.dropped_on, row.dropped_because,
        ))
    return found


def _answered(row: Any) -> tuple[Answered, ...]:
    return tuple(
        Answered(kind, version.identity_id, version.identity.title)
        for kind, version in (("need", row.need), ("outcome", row.outcome)) if version is not None
    )
