"""A commission to take to a meeting: what it is for, its tier and why, and its rules."""

from __future__ import annotations

from collections.abc import Iterable

from commonweal.core import clock
from commonweal.present.document import Block, BulletList, Document, Heading, Paragraph, Status, SummaryBlock
from commonweal.present.status import long_date
from commonweal.procurement.documents.rules import rules_blocks
from commonweal.procurement.pages.commissions import sentence_of, tier_told, value_of
from commonweal.procurement.pages.papers import documents_of
from commonweal.procurement.pages.rules import rules_told
from commonweal.procurement.queries.commissions import CommissionCard


def commission_document(card: CommissionCard, *, invented: bool) -> Document:
    """One commission."""
    return Document(
        title=card.title, subtitle="What it is for, how much rigour it needs, and which rules apply",
        status=Status.INVENTED if invented else Status.DRAFT, place=card.place, date=clock.today(),
        blocks=tuple(_blocks(card)), summary=sentence_of(card), made_by=card.buyer, brief=True, explain=False,
    )


def _blocks(card: CommissionCard) -> Iterable[Block]:
    yield Paragraph((sentence_of(card),), lead=True)
    yield Paragraph((card.purpose,))
    answers = ", ".join(one.title for one in card.answers) or "Nothing yet. Why is it here?"
    rows = [("Where", (card.place,)), ("Who commissions", (card.buyer,)), ("Worth", (value_of(card),)),
            ("Answers", (answers,))]
    rows += [("Talk with suppliers", (long_date(card.engage_on),))] if card.engage_on else []
    rows += [("Starts", (long_date(card.starts_on),))] if card.starts_on else []
    yield SummaryBlock(tuple(rows))
    yield from _tier(card)
    yield Heading("Which rules apply")
    yield from rules_blocks(rules_told(card.facts, card.found))


def _tier(card: CommissionCard) -> Iterable[Block]:
    told, tier = tier_told(card), card.tier or (card.proposal.tier if card.proposal else None)
    if told is None or tier is None:
        return
    yield Heading("How much rigour")
    yield Paragraph((f"{told.chosen or told.proposed} {' '.join(told.why)} {told.heavier}".rstrip(),))
    yield SummaryBlock((("Documents", ("; ".join(documents_of(card, tier)),)),
                        ("Timetable", ("; ".join(tier.timetable),)), ("Monitoring", (tier.monitoring,))))
    yield Heading("What bidders are asked", 2)
    yield BulletList(tuple((one.words,) for one in tier.asked), numbered=True)
