"""A partnership on one sheet, for a board or a meeting; one's own organisation stands first."""

from __future__ import annotations

from collections.abc import Iterable

from commonweal.core import clock
from commonweal.present.document import Block, BulletList, Document, Heading, Paragraph, Status, TableBlock
from commonweal.web.one_page import OnePage


def one_page_document(page: OnePage, *, partnership: str, invented: bool) -> Document:
    """As it stands today."""
    return Document(
        title=f"{partnership} on one page", subtitle="Where everything stands", place=partnership,
        status=Status.INVENTED if invented else Status.DRAFT, date=clock.today(), blocks=tuple(_blocks(page)),
        made_by=page.organisation or partnership, brief=True, one_page=True, explain=False,
    )


def _blocks(page: OnePage) -> Iterable[Block]:
    yield Paragraph((page.answer,), lead=True)
    if page.own is not None:
        yield Paragraph((page.both,))
        yield TableBlock(page.own)
    for table in (page.needs, page.commissions):
        if table is not None:
            yield TableBlock(table)
    yield Heading("Late")
    if page.late:
        more = ((f"And {page.more_late} more.",),) if page.more_late else ()
        yield BulletList((*((one.words,) for one in page.late), *more))
    else:
        yield Paragraph(("No return is late.",))
    yield Heading("Who may be missed")
    yield Paragraph((page.missed,))
