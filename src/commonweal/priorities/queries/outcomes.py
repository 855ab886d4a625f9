"""The outcomes of a partnership, with what each answers, what it leads to, and how far it should go."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from commonweal.core.errors import NotFound
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer, require
from commonweal.needs.models import NeedState
from commonweal.priorities.models import (
    Level,
    Outcome,
    OutcomeAnswers,
    OutcomeServes,
    OutcomeState,
    OutcomeTarget,
    OutcomeVersion,
)


@dataclass(frozen=True, slots=True)
class NeedRef:
    """A need that is answered: the version that was read, whether a newer one is written, whether it is agreed."""

    id: UUID
    version_id: UUID
    title: str
    number: int
    newest: bool
    agreed: bool


@dataclass(frozen=True, slots=True)
class OutcomeRef:
    """Another outcome by its name."""

    id: UUID
    title: str


@dataclass(frozen=True, slots=True)
class TargetCard:
    """A baseline and a target of one measure in one place, and the path between them."""

    id: UUID
    indicator: str
    own_measure: str
    unit: str
    place: str
    baseline: Decimal | None
    baseline_on: date | None
    baseline_source: str
    target: Decimal
    target_on: date
    minimum_change: Decimal | None
    path: tuple[tuple[date, Decimal], ...]

    @property
    def can_be_told(self) -> bool | None:
        """Whether the change asked for is as large as the measure can show; None where that is not known."""
        if self.baseline is None or self.minimum_change is None:
            return None
        return abs(self.target - self.baseline) >= self.minimum_change


@dataclass(frozen=True, slots=True)
class OutcomeCard:
    """One outcome as its newest version says it."""

    id: UUID
    version_id: UUID
    number: int
    title: str
    level: Level
    statement: str
    who: str
    where: str
    stands: bool
    needs: tuple[NeedRef, ...]
    above: tuple[OutcomeRef, ...]
    below: tuple[OutcomeRef, ...]
    targets: tuple[TargetCard, ...]

    @property
    def orphan(self) -> bool:
        """It answers no need, and nothing under it stands."""
        return not self.needs and not self.below


@dataclass(frozen=True, slots=True)
class EarlierVersion:
    """A version as it was written."""

    number: int
    title: str
    statement: str
    reason: str
    written_by: str
    written_at: datetime


def outcomes_for(viewer: Viewer, partnership: UUID) -> tuple[OutcomeCard, ...]:
    """Every outcome that stands: overarching first, then in the order they were first written."""
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    cards = _cards(viewer, partnership, _rows(viewer, partnership).filter(identity__state=OutcomeState.STANDS))
    order = list(Level)
    return tuple(sorted(cards, key=lambda card: order.index(card.level)))


def outcome_for(viewer: Viewer, partnership: UUID, outcome: UUID) -> OutcomeCard:
    """One outcome, withdrawn or not; NotFound where there is none that the viewer may see."""
    found = _cards(viewer, partnership, _rows(viewer, partnership).filter(identity=outcome))
    if not found:
        raise NotFound("There is no such outcome, or none that you may see.")
    return found[0]


def outcome_row(viewer: Viewer, partnership: UUID, outcome: UUID) -> Outcome:
    """The row itself, for an action."""
    rows = Outcome.objects.visible_to(viewer, Purpose.ASSESSMENT)
    found: Outcome | None = rows.filter(partnership=partnership, pk=outcome).first()
    if found is None:
        raise NotFound("There is no such outcome, or none that you may see.")
    return found


def target_row(viewer: Viewer, partnership: UUID, outcome: UUID, target: UUID) -> OutcomeTarget:
    """The row of a target, for an action."""
    rows = OutcomeTarget.objects.visible_to(viewer, Purpose.ASSESSMENT)
    found: OutcomeTarget | None = rows.filter(partnership=partnership, outcome=outcome, pk=target).first()
    if found is None:
        raise NotFound("There is no such target, or none that you may see.")
    return found


def earlier_versions(viewer: Viewer, partnership: UUID, outcome: UUID) -> tuple[EarlierVersion, ...]:
    """Every version of an outcome, the newest first."""
    rows = OutcomeVersion.objects.visible_to(viewer, Purpose.ASSESSMENT)
    found = rows.filter(partnership=partnership, identity=outcome).select_related("written_by").order_by("-number")
    return tuple(
        EarlierVersion(row.number, row.title, row.statement, row.reason, row.written_by.name, row.written_at)
        for row in found
    )


def _rows(viewer: Viewer, partnership: UUID) -> Any:
    rows = OutcomeVersion.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership)
    return rows.latest_each().select_related("identity").order_by("identity__created", "identity")


def _cards(viewer: Viewer, partnership: UUID, found: Any) -> tuple[OutcomeCard, ...]:
    rows = list(found)
    needs = _needs([row.pk for row in rows])
    above, below = _links(viewer, partnership)
    targets = _targets(viewer, partnership, [row.identity_id for row in rows])
    return tuple(
        OutcomeCard(
            row.identity_id, row.pk, row.number, row.title, Level(row.identity.level), row.statement, row.who,
            row.where, row.identity.state == OutcomeState.STANDS, tuple(needs[row.pk]),
            tuple(above[row.identity_id]), tuple(below[row.identity_id]), tuple(targets[row.identity_id]),
        )
        for row in rows
    )


def _needs(versions: list[UUID]) -> dict[UUID, list[NeedRef]]:
    found: dict[UUID, list[NeedRef]] = defaultdict(list)
    rows = OutcomeAnswers.objects.filter(version__in=versions).select_related("need__identity")
    rows = rows.order_by("need__identity__created", "need__identity")
    for row in rows:
        need = row.need
        found[row.version_id].append(NeedRef(
            need.identity_id, need.pk, need.identity.title, need.number,
            need.number == need.identity.next_number() - 1, need.identity.state == NeedState.AGREED,
        ))
    return found


def _links(
    viewer: Viewer, partnership: UUID
) -> tuple[dict[UUID, list[OutcomeRef]], dict[UUID, list[OutcomeRef]]]:
    """What each outcome leads to, and what leads to it; of newest versions, among outcomes that stand."""
    above: dict[UUID, list[OutcomeRef]] = defaultdict(list)
    below: dict[UUID, list[OutcomeRef]] = defaultdict(list)
    newest = _rows(viewer, partnership).filter(identity__state=OutcomeState.STANDS)
    rows = OutcomeServes.objects.filter(
        version__in=newest.order_by().values("pk"), above__state=OutcomeState.STANDS
    )
    for row in rows.select_related("version__identity", "above").order_by("version__identity__created", "created"):
        lower = row.version.identity
        above[lower.pk].append(OutcomeRef(row.above_id, row.above.title))
        below[row.above_id].append(OutcomeRef(lower.pk, lower.title))
    return above, below


def _targets(viewer: Viewer, partnership: UUID, outcomes: list[UUID]) -> dict[UUID, list[TargetCard]]:
    found: dict[UUID, list[TargetCard]] = defaultdict(list)
    rows = OutcomeTarget.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(
        partnership=partnership, outcome__in=outcomes, superseded_by=None
    )
    for row in rows.prefetch_related("trajectory").order_by("set_at", "id"):
        found[row.outcome_id].append(TargetCard(
            row.pk, row.indicator, row.own_measure, row.unit, row.place, row.baseline, row.baseline_on,
            row.baseline_source, row.target, row.target_on, row.minimum_change,
            tuple((point.on, point.value) for point in row.trajectory.all()),
        ))
    return found
