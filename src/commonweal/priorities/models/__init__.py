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
from commonweal.priorities.models.theory import (
    LinkEvidence,
    LinkEvidenceKind,
    LinkReview,
    LinkReviewAnswer,
    ReviewVerdict,
    StepKind,
    TheoryLink,
    TheoryStep,
)
from commonweal.priorities.models.weighing import (
    SideWeights,
    WeighedOutcome,
    Weighing,
    WeighingSide,
    WeighingVersion,
)

__all__ = [
    "DecidedOutcome", "Decision", "DecisionTaker", "DecisionVersion", "Level", "LinkEvidence", "LinkEvidenceKind",
    "LinkReview", "LinkReviewAnswer", "Outcome", "OutcomeAnswers", "OutcomeServes", "OutcomeState",
    "OutcomeTarget", "OutcomeVersion", "ReviewVerdict", "SideWeights", "StepKind", "TheoryLink", "TheoryStep",
    "TrajectoryPoint", "WeighedOutcome", "Weighing", "WeighingSide", "WeighingVersion",
]
