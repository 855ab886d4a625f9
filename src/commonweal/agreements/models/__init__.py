"""The records of the agreements stage."""

from __future__ import annotations

from commonweal.agreements.models.answers import AgreementAnswers, Clause
from commonweal.agreements.models.examining import BreakPoint, Examination, PlanStep
from commonweal.agreements.models.measure import (
    Adds,
    Better,
    Every,
    Measure,
    MeasureKind,
    MeasureState,
    MeasureTarget,
)

__all__ = [
    "Adds", "AgreementAnswers", "Better", "BreakPoint", "Clause", "Every", "Examination", "Measure",
    "MeasureKind", "MeasureState", "MeasureTarget", "PlanStep",
]
