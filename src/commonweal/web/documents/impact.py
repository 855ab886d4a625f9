"""The impact assessment of a sharing agreement as a document for data protection officers."""

from __future__ import annotations

from collections.abc import Iterable

from commonweal.core import clock
from commonweal.core.queries.sharing_impact import ImpactView
from commonweal.policy.sharing_words import sharing_words
from commonweal.present.document import Block, Callout, Document, Paragraph, Status
from commonweal.web.documents.impact_blocks import draft_blocks, said


def impact_document(found: ImpactView, *, partnership: str, invented: bool) -> Document:
    """Always a draft: the parties and their officers complete it."""
    words, card = sharing_words("impact_assessment"), found.agreement.card
    return Document(
        title=words["title"].format(title=card.title), subtitle=f"Version {card.number}", place=partnership,
        status=Status.INVENTED if invented else Status.DRAFT, date=clock.today(), blocks=tuple(_blocks(found)),
        made_by=f"{card.giver}, {card.taker}", brief=True, explain=False,
    )


def advice_lines(found: ImpactView) -> tuple[str, ...]:
    """What is recorded of the newest version, newest first, in sentences."""
    return tuple(said(one, sharing_words("impact_assessment")) for one in found.current)


def _blocks(found: ImpactView) -> Iterable[Block]:
    words, draft = sharing_words("impact_assessment"), found.draft
    yield Callout("DRAFT", (f"{words['draft']} {'' if words['verification'] == 'V' else words['unchecked']}",))
    if not draft.personal:
        yield Paragraph((words["not_personal"],), lead=True)
    none = words["advice"]["none"].format(number=found.agreement.latest.number)
    yield from draft_blocks(draft, words, advice_lines(found) or (none,))
