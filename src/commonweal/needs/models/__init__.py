"""The records of the needs stage, gathered so that Django finds them."""

from commonweal.needs.models.advocate import Advocate, Reach
from commonweal.needs.models.ambition import Ambition, AmbitionReading, AmbitionState, AmbitionVersion, Bearing
from commonweal.needs.models.briefing import Briefing, BriefingVersion, Poll
from commonweal.needs.models.capacity import CapacityAnswer, CapacityRound, CapacitySheet, PlanStep
from commonweal.needs.models.evidence import AskedBy, Chosen, Covers, EvidenceItem, EvidenceKind, Perspective
from commonweal.needs.models.guidance import StepTick
from commonweal.needs.models.joint_statement import JointAnswer, JointStatement, JointStatementVersion
from commonweal.needs.models.keeping import KeptAssessment, KeptAssessmentVersion
from commonweal.needs.models.missed import MissedAnswer, MissedVerdict, NamedGroup
from commonweal.needs.models.need import (
    FrozenEvidence,
    Need,
    NeedEvidence,
    NeedState,
    NeedVersion,
    Side,
    SignOff,
    Verdict,
)
from commonweal.needs.models.objection import Objection
from commonweal.needs.models.priority import PartnerPriority, PartnerPriorityVersion, PriorityState
from commonweal.needs.models.ranking import PoolingRule, RankedNeed, Ranking, RankingRound, RankingVersion
from commonweal.needs.models.relationships import ContactLine, ContactNudge, Relationship
from commonweal.needs.models.service import Answers, Service, ServiceKind, ServiceNeed, WhyItRuns
from commonweal.needs.models.skills import HelpRequest, Reply, ShownAs, SkillOffer
from commonweal.needs.models.survey import Survey, SurveyState
from commonweal.needs.models.visits import SiteCost, TakingPart, VisitFile, VisitFileState, VisitSystem

__all__ = [
    "Advocate", "Ambition", "AmbitionReading", "AmbitionState", "AmbitionVersion", "Answers", "AskedBy",
    "Bearing", "Briefing", "BriefingVersion", "CapacityAnswer", "CapacityRound", "CapacitySheet", "Chosen",
    "ContactLine", "ContactNudge", "Covers", "EvidenceItem", "EvidenceKind", "FrozenEvidence", "HelpRequest",
    "JointAnswer", "JointStatement", "JointStatementVersion", "KeptAssessment", "KeptAssessmentVersion",
    "MissedAnswer", "MissedVerdict", "NamedGroup", "Need", "NeedEvidence", "NeedState", "NeedVersion", "Objection",
    "PartnerPriority", "PartnerPriorityVersion", "Perspective", "PlanStep", "Poll", "PoolingRule",
    "PriorityState", "RankedNeed", "Ranking", "RankingRound", "RankingVersion", "Reach", "Relationship",
    "Reply", "Service", "ServiceKind", "ServiceNeed", "ShownAs", "Side", "SignOff", "SiteCost", "SkillOffer",
    "StepTick", "Survey", "SurveyState", "TakingPart", "Verdict", "VisitFile", "VisitFileState", "VisitSystem",
    "WhyItRuns",
]
