"""The records of the procurement stage."""

from __future__ import annotations

from commonweal.procurement.models.award import (
    Award,
    AwardLot,
    AwardMilestone,
    AwardSupplier,
    Basis,
    Ending,
    Payment,
    Process,
    Release,
    Stage,
)
from commonweal.procurement.models.bid import Bid, BidLink, Submission
from commonweal.procurement.models.challenge import Challenge
from commonweal.procurement.models.chances import Chance, ChanceWish
from commonweal.procurement.models.commission import Commission, CommissionAnswers, CommissionState
from commonweal.procurement.models.competition import Clarification, Competition, Extension
from commonweal.procurement.models.consortium import BriefLine, TeamBrief, TeamSearch, Willing
from commonweal.procurement.models.evaluation import (
    Decision,
    Evaluation,
    Evaluator,
    LowPrice,
    Moderated,
    Score,
)
from commonweal.procurement.models.market import MarketImport, MarketNotice, MarketSupplier
from commonweal.procurement.models.origin import CommissionOrigin
from commonweal.procurement.models.pipeline import Interest, Listing, Subscription
from commonweal.procurement.models.specification import Requirement, Specification, SpecificationVersion
from commonweal.procurement.models.standing_orders import StandingOrdersBand, StandingOrdersTable
from commonweal.procurement.models.support import SupportGiven, SupportPlan
from commonweal.procurement.models.talks import AgreedTerms, TalkNote
from commonweal.procurement.models.trade import Given, Method, Promise, Trade

__all__ = [
    "AgreedTerms", "Award", "AwardLot", "AwardMilestone", "AwardSupplier", "Basis", "Bid", "BidLink", "BriefLine",
    "Challenge", "Chance", "ChanceWish", "Clarification", "Commission", "CommissionAnswers", "CommissionOrigin",
    "CommissionState",
    "Competition", "Decision", "Ending", "Evaluation", "Evaluator", "Extension", "Given", "Interest", "Listing",
    "LowPrice", "MarketImport", "MarketNotice", "MarketSupplier", "Method", "Moderated", "Payment", "Process",
    "Promise", "Release", "Requirement", "Score", "Specification", "SpecificationVersion", "Stage",
    "StandingOrdersBand", "StandingOrdersTable", "Submission", "Subscription", "SupportGiven", "SupportPlan",
    "TalkNote", "TeamBrief", "TeamSearch", "Trade", "Willing",
]
