"""The pack of a commission: which papers its tier gives, who reads each, and how many questions it puts."""

from __future__ import annotations

from dataclasses import dataclass, replace

from commonweal.policy.papers import Paper, answer_questions, papers_for, words_each
from commonweal.policy.tiers import Tier
from commonweal.procurement.documents.papers import questions_of
from commonweal.procurement.queries.commissions import CommissionCard


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One paper as the pack lists it; a form comes as Word alone. `own` are those that its tier names."""

    key: str
    name: str
    reader: str
    questions: int
    form: bool
    asks: str
    own: bool


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything a tier gives, in a sentence and a list; `elsewhere` names what is made on other pages."""

    answer: str
    lines: tuple[PaperLine, ...]
    elsewhere: tuple[str, ...]

    @property
    def own(self) -> tuple[PaperLine, ...]:
        """Those that the tier names."""
        return tuple(one for one in self.lines if one.own)

    @property
    def common(self) -> tuple[PaperLine, ...]:
        """Those that go with every tier."""
        return tuple(one for one in self.lines if not one.own)

    @property
    def named(self) -> tuple[str, ...]:
        """Every document of the tier by its name, as many as the table of tiers counts."""
        return (*(one.name for one in self.own), *self.elsewhere)


def pack_of(card: CommissionCard) -> Pack | None:
    """The pack; nothing until its tier is chosen and it is known whether it is bought, given or traded."""
    tier, deal = card.tier, card.facts.deal
    if tier is None or not deal:
        return None
    papers = papers_for(tier, deal, frozenset(card.risks))
    lines = tuple(_line(paper, card) for paper in papers)
    served = {name for paper in papers for name in paper.serves}
    words = words_each(tier)
    return Pack(
        f"Tier {tier.number} has {len(tier.documents)} documents and asks bidders {len(answer_questions(tier))} "
        f"questions, {words} words each at most. They are filled in from what is known of the commission.",
        lines, tuple(name for name in tier.documents if name not in served),
    )


def documents_of(card: CommissionCard, tier: Tier) -> tuple[str, ...]:
    """Every document of a tier by name: a grant has a grant agreement where a purchase has a contract."""
    found = pack_of(replace(card, tier=tier))
    return found.named if found else tier.documents


def paper_of(card: CommissionCard, key: str) -> Paper | None:
    """One paper of the pack."""
    if card.tier is None or not card.facts.deal:
        return None
    found = papers_for(card.tier, card.facts.deal, frozenset(card.risks))
    return next((paper for paper in found if paper.key == key), None)


def _line(paper: Paper, card: CommissionCard) -> PaperLine:
    assert card.tier is not None
    count = len(questions_of(paper, card.tier))
    asks = {0: "", 1: "One question."}.get(count, f"{count} questions.")
    return PaperLine(paper.key, paper.name, paper.reader, count, paper.form, asks, bool(paper.serves))
