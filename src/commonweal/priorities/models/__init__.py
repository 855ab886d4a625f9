"""The records of the priorities stage."""

from __future__ import annotations

from commonweal.priorities.models.outcome import (
    Level,
    Outcome,
    OutcomeAnswers,
    OutcomeServes,
    OutcomeState,
    OutcomeTarget,
    OutcomeVersion,
    TrajectoryPoint,
)

__all__ = [
    "Level", "Outcome", "OutcomeAnswers", "OutcomeServes", "OutcomeState", "OutcomeTarget", "OutcomeVersion",
    "TrajectoryPoint",
]
