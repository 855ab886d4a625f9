"""One sheet for an organisation's board: what it delivers and pays for, what ends, what waits, what is coming."""

from __future__ import annotations

from collections.abc import Iterable

from commonweal.core import clock
from commonweal.present.document import Block, BulletList, Document, Heading, Paragraph, Status, TableBlock
from commonweal.present.status import long_date
from commonweal.present.wording import listed
from commonweal.web.own_page import OwnPage

MOST = 5


def board_paper(page: OwnPage, *, partnership: str, invented: bool) -> Document:
    """As it stands today."""
    return Document(
        title=f"{page.name}: one page for the board", subtitle="Where we stand", place=partnership,
        status=Status.INVENTED if invented else Status.DRAFT, date=clock.today(), blocks=tuple(_blocks(page)),
        made_by=page.name, brief=True, one_page=True, explain=False,
    )


def _blocks(page: OwnPage) -> Iterable[Block]:
    yield Paragraph((page.answer,), lead=True)
    if page.agreements is not None:
        yield TableBlock(page.agreements)
    if page.needs:
        yield Paragraph((f"These agreements answer {listed(list(page.needs))}.",))
    due = [f"{one.title}, {one.period}: {'was' if one.late else 'is'} due on {long_date(one.due)}."
           for one in page.due]
    yield from _part("For the board to look at", (
        *page.ending, *(f"{one.title}. {one.hint}".strip() for one in page.waiting
                        if not one.private), *due), "Nothing waits.")
    yield from _part("What is coming", tuple(f"{one.text}. {one.why}" for one in page.coming),
                     "Nothing that is coming fits what we say we can do.")
    yield Heading("What we sent")
    yield Paragraph((page.sent_words or "No return was sent in the last twelve months.",))
    yield Heading("What this page cannot tell")
    yield Paragraph((
        "Money is the whole of each agreement, not what it costs us. Returns are our own counts, and people in "
        "two of them may be the same.",))


def _part(title: str, lines: tuple[str, ...], none: str) -> Iterable[Block]:
    yield Heading(title)
    if not lines:
        yield Paragraph((none,))
        return
    more = (f"And {len(lines) - MOST} more.",) if len(lines) > MOST else ()
    yield BulletList(tuple((one,) for one in (*lines[:MOST], *more)))
