"""What is weighed, how each scores, both sides' weights, and the two orders that follow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from commonweal.core.errors import NotFound
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer, require
from commonweal.priorities.models import (
    OutcomeState,
    SideWeights,
    WeighedOutcome,
    Weighing,
    WeighingSide,
    WeighingVersion,
)
from commonweal.priorities.two_rankings import TwoRankings, two_rankings


@dataclass(frozen=True, slots=True)
class CandidateLine:
    """One candidate as it was scored; `stands` is false where its outcome was withdrawn since."""

    outcome: UUID
    version_id: UUID
    title: str
    scores: tuple[float, ...]
    because: str
    must: str
    stands: bool


@dataclass(frozen=True, slots=True)
class WeightsLine:
    """What one side gave."""

    side: WeighingSide
    weights: tuple[float, ...]
    reason: str
    organisation: str
    person: str
    given_at: datetime


@dataclass(frozen=True, slots=True)
class WeighingView:
    """One weighing in its newest version; `told` is empty until everything is scored and both sides weighed."""

    id: UUID
    title: str
    number: int
    criteria: tuple[str, ...]
    candidates: tuple[CandidateLine, ...]
    want: WeightsLine | None
    need: WeightsLine | None
    told: TwoRankings | None

    @property
    def scored(self) -> tuple[CandidateLine, ...]:
        """Those in the order."""
        return tuple(one for one in self.candidates if not one.must)

    @property
    def musts(self) -> tuple[CandidateLine, ...]:
        """Those done whatever the scores."""
        return tuple(one for one in self.candidates if one.must)

    @property
    def whole(self) -> bool:
        """Whether every candidate in the order has its scores, and there are two or more."""
        return len(self.scored) > 1 and all(one.scores for one in self.scored)


def weighings_for(viewer: Viewer, partnership: UUID) -> tuple[WeighingView, ...]:
    """Every weighing, the newest first."""
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    return tuple(_view(row) for row in _rows(viewer, partnership).order_by("-identity__created"))


def weighing_for(viewer: Viewer, partnership: UUID, weighing: UUID) -> WeighingView:
    """One weighing; NotFound where there is none that the viewer may see."""
    row = _rows(viewer, partnership).filter(identity=weighing).first()
    if row is None:
        raise NotFound("There is no such weighing, or none that you may see.")
    return _view(row)


def weighing_row(viewer: Viewer, partnership: UUID, weighing: UUID) -> Weighing:
    """The row itself, for an action."""
    rows = Weighing.objects.visible_to(viewer, Purpose.ASSESSMENT)
    found: Weighing | None = rows.filter(partnership=partnership, pk=weighing).first()
    if found is None:
        raise NotFound("There is no such weighing, or none that you may see.")
    return found


def _rows(viewer: Viewer, partnership: UUID) -> Any:
    rows = WeighingVersion.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership)
    return rows.latest_each().select_related("identity")


def _view(row: Any) -> WeighingView:
    criteria = tuple(row.identity.criteria)
    held = WeighedOutcome.objects.filter(version=row).select_related("outcome__identity").order_by("position")
    lines = tuple(
        CandidateLine(
            one.outcome.identity_id, one.outcome_id, one.outcome.title, tuple(one.scores), one.because, one.must,
            one.outcome.identity.state == OutcomeState.STANDS,
        )
        for one in held
    )
    want, need = _weights(row.identity, WeighingSide.WANT), _weights(row.identity, WeighingSide.NEED)
    made = WeighingView(row.identity_id, row.identity.title, row.number, criteria, lines, want, need, None)
    if not made.whole or want is None or need is None:
        return made
    told = two_rankings(
        tuple(one.title for one in made.scored), criteria, tuple(one.scores for one in made.scored),
        want.weights, need.weights,
    )
    return WeighingView(row.identity_id, row.identity.title, row.number, criteria, lines, want, need, told)


def _weights(weighing: Any, side: WeighingSide) -> WeightsLine | None:
    rows = SideWeights.objects.filter(weighing=weighing, side=side).select_related("organisation", "given_by")
    row = rows.order_by("-given_at", "-id").first()
    if row is None:
        return None
    return WeightsLine(
        side, tuple(row.weights), row.reason, row.organisation.name, row.given_by.name, row.given_at
    )
