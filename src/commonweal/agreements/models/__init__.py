"""The records of the agreements stage."""

from __future__ import annotations

from commonweal.agreements.models.answers import AgreementAnswers, Clause
from commonweal.agreements.models.carried import AgreementCarried
from commonweal.agreements.models.examining import Examination, PlanStep
from commonweal.agreements.models.funding import (
    FundingKind,
    FundingLine,
    FundingRole,
    Means,
    Notice,
    PathStep,
    Reward,
)
from commonweal.agreements.models.joint import JointMember, JointProposal
from commonweal.agreements.models.measure import (
    Adds,
    Better,
    Every,
    Measure,
    MeasureKind,
    MeasureState,
    MeasureTarget,
)
from commonweal.agreements.models.origin import AgreementOrigin
from commonweal.agreements.models.register_draft import RegisterDraft
from commonweal.agreements.models.terms import (
    AgreementContact,
    AgreementDay,
    AgreementPaper,
    AgreementVariation,
    DayKind,
    Of,
    RiskShare,
    RiskYear,
)

__all__ = [
    "Adds", "AgreementAnswers", "AgreementCarried", "AgreementContact", "AgreementDay", "AgreementOrigin",
    "AgreementPaper", "AgreementVariation",
    "Better", "Clause", "DayKind", "Every", "Examination", "JointMember",
    "JointProposal", "Measure", "MeasureKind",
    "MeasureState", "MeasureTarget", "Of", "PlanStep", "RegisterDraft", "RiskShare", "RiskYear",
]

__all__ += ["FundingKind", "FundingLine", "FundingRole", "Means", "Notice", "PathStep", "Reward"]
