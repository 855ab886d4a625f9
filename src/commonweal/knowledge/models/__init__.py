"""The records of the common language and of shared know-how, gathered so that Django finds them."""

from commonweal.knowledge.models.cases import CaseAgreed, CaseStudy, CaseText, PeerOffer, SeenBy
from commonweal.knowledge.models.events import (
    Booking,
    BookingState,
    Feedback,
    Gathering,
    GatheringKind,
    GatheringState,
)
from commonweal.knowledge.models.imports import WordImport
from commonweal.knowledge.models.networks import Among, PeerAnswer, PeerMember, PeerNetwork, PeerQuestion
from commonweal.knowledge.models.relationship import AgreedAction, Pairing, PrivateScore, ScoreRound, Side
from commonweal.knowledge.models.terms import (
    Agreement,
    CommentKind,
    LanguageRule,
    Rule,
    Term,
    TermComment,
    TermSignature,
    TermState,
    TermVersion,
)

__all__ = [
    "AgreedAction", "Agreement", "Among", "Booking", "BookingState", "CaseAgreed", "CaseStudy", "CaseText",
    "CommentKind", "Feedback", "Gathering", "GatheringKind", "GatheringState", "LanguageRule", "Pairing",
    "PeerAnswer", "PeerMember", "PeerNetwork", "PeerOffer", "PeerQuestion", "PrivateScore",
    "Rule", "ScoreRound", "SeenBy", "Side", "Term", "TermComment", "TermSignature", "TermState",
    "TermVersion", "WordImport",
]
