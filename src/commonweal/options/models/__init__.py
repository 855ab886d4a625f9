"""Records of the options stage."""

from __future__ import annotations

from commonweal.options.models.agreement import (
    Agreement,
    AgreementParty,
    AgreementPassing,
    AgreementYear,
    PartyPart,
)
from commonweal.options.models.appraisal import (
    Appraisal,
    AppraisalNeed,
    AppraisalOutcome,
    Criterion,
    Option,
    Score,
    Sift,
    StakeholderGroup,
    WeightSet,
)
from commonweal.options.models.bidding import Bid, BidAnswer, BidQuerySet
from commonweal.options.models.budget import Allocation, BallotBox, Completion, PublicVote, VoteProject
from commonweal.options.models.choice import CaseNotes, Choice, ChoiceTaker, ChoiceVersion, GateAnswer
from commonweal.options.models.full_run import FullKind, FullRun
from commonweal.options.models.grounds import Ground, GroundKind
from commonweal.options.models.money import Costing, MoneyLine, MoneySheet, Side
from commonweal.options.models.risk import Bearer, CaseLine, CaseParty, ContractCase, Risk, SharingRule
from commonweal.options.models.scale import Comparator, ComparatorSet

__all__ = [
    "Agreement", "AgreementParty", "AgreementPassing", "AgreementYear", "Allocation", "Appraisal", "AppraisalNeed",
    "AppraisalOutcome", "BallotBox", "Bearer", "Bid", "BidAnswer", "BidQuerySet", "CaseLine", "CaseNotes",
    "CaseParty", "Choice", "ChoiceTaker", "ChoiceVersion", "Comparator", "ComparatorSet", "Completion",
    "ContractCase", "Costing", "Criterion", "FullKind", "FullRun", "GateAnswer", "Ground", "GroundKind",
    "MoneyLine", "MoneySheet", "Option", "PartyPart", "PublicVote", "Risk", "Score", "SharingRule", "Side",
    "Sift", "StakeholderGroup", "VoteProject", "WeightSet",
]
