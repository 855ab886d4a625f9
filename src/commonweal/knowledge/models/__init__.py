"""The records of the common language, gathered so that Django finds them."""

from commonweal.knowledge.models.imports import WordImport
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
    "Agreement", "CommentKind", "LanguageRule", "Rule", "Term", "TermComment", "TermSignature", "TermState",
    "TermVersion", "WordImport",
]
