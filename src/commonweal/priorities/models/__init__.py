"""The records of the priorities stage."""

from __future__ import annotations

from commonweal.priorities.models.decision import DecidedOutcome, Decision, DecisionTaker, DecisionVersion
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
from commonweal.priorities.models.weighing import (
    SideWeights,
    WeighedOutcome,
    Weighing,
    WeighingSide,
    WeighingVersion,
)

__all__ = [
    "DecidedOutcome", "Decision", "DecisionTaker", "DecisionVersion", "Level", "Outcome", "OutcomeAnswers",
    "OutcomeServes", "OutcomeState", "OutcomeTarget", "OutcomeVersion", "SideWeights", "TrajectoryPoint",
    "WeighedOutcome", "Weighing", "WeighingSide", "WeighingVersion",
]
