"""The records of the common language, gathered so that Django finds them."""

from commonweal.knowledge.models.imports import WordImport
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
    "AgreedAction", "Agreement", "CommentKind", "LanguageRule", "Pairing", "PrivateScore", "Rule", "ScoreRound",
    "Side", "Term", "TermComment", "TermSignature", "TermState", "TermVersion", "WordImport",
]
