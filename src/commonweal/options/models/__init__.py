"""Records of the options stage."""

from __future__ import annotations

from commonweal.options.models.bidding import Bid, BidAnswer, BidQuerySet
from commonweal.options.models.budget import Allocation, BallotBox, Completion, PublicVote, VoteProject
from commonweal.options.models.money import Costing, MoneyLine, MoneySheet, Side
from commonweal.options.models.risk import Bearer, CaseLine, CaseParty, ContractCase, Risk, SharingRule
from commonweal.options.models.scale import Comparator, ComparatorSet

__all__ = [
    "Allocation", "BallotBox", "Bearer", "Bid", "BidAnswer", "BidQuerySet", "CaseLine", "CaseParty", "Comparator",
    "ComparatorSet", "Completion", "ContractCase", "Costing", "MoneyLine", "MoneySheet", "PublicVote", "Risk",
    "SharingRule", "Side", "VoteProject",
]
