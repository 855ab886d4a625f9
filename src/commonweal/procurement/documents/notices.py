"""A draft of a notice on paper: every field, what fills it, and what is still to be written."""

from __future__ import annotations

from collections.abc import Iterable

from commonweal.core import clock
from commonweal.policy.notice_fields import fields_as_at
from commonweal.present.document import (
    Block,
    BulletList,
    Callout,
    Document,
    Heading,
    Paragraph,
    Status,
    SummaryBlock,
)
from commonweal.procurement.pages.notice_drafts import Draft, Filling


def notice_document(draft: Draft, filling: Filling, *, invented: bool) -> Document:
    """One draft."""
    return Document(
        title=f"{draft.form.title} ({draft.form.code})", subtitle=f"Draft for: {filling.card.title}",
        status=Status.INVENTED if invented else Status.DRAFT, place=filling.card.place,
        date=clock.today(), blocks=tuple(_blocks(draft)), summary=draft.sentence, made_by=filling.card.buyer,
        brief=True, explain=False,
    )


def _blocks(draft: Draft) -> Iterable[Block]:
    as_at, _, statement = fields_as_at()
    yield Paragraph((draft.sentence,), lead=True)
    yield Callout("Not published by this", (statement,))
    filled = [one for one in draft.fields if one.value]
    yield SummaryBlock(tuple((one.field.label, (one.value,)) for one in filled))
    if draft.missing:
        yield Heading("Still to write")
        yield BulletList(tuple((f"{one.field.label}. {one.field.hint}".rstrip(),) for one in draft.missing))
    perhaps = [one for one in draft.fields if not one.value and one.field.when]
    if perhaps:
        yield Heading("Only where it applies")
        yield BulletList(tuple((f"{one.field.label}, {one.field.when}.",) for one in perhaps))
    unchecked = sum(not one.field.checked for one in draft.fields)
    yield Paragraph((f"Fields of {draft.form.citation}, as read on {as_at:%d %B %Y}. {unchecked} of "
                     f"{len(draft.fields)} are unchecked: confirm with your legal officer.",))
