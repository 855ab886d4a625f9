"""The thread as an annex for a paper: picture, what stands alone, what changed, money, people, links."""

from __future__ import annotations

from collections.abc import Iterable

from commonweal.core import clock
from commonweal.present.document import (
    Block,
    BulletList,
    Document,
    FigureBlock,
    Heading,
    Paragraph,
    Status,
    TableBlock,
)
from commonweal.web.thread_page import WholePage


def thread_document(page: WholePage, *, partnership: str, invented: bool) -> Document:
    """As it stands today."""
    return Document(
        title="The thread from need to review", subtitle="What answers what", place=partnership,
        status=Status.INVENTED if invented else Status.DRAFT, date=clock.today(), blocks=tuple(_blocks(page)),
        made_by=partnership, brief=True, explain=False,
    )


def _blocks(page: WholePage) -> Iterable[Block]:
    yield Paragraph((page.answer,), lead=True)
    if page.chart is not None:
        yield FigureBlock(page.chart)
    if page.alone:
        yield Heading("What stands alone")
    for group in page.alone:
        yield Heading(f"{group.title} ({len(group.lines)})", 2)
        yield BulletList(tuple((one.title,) for one in group.lines))
    yield Heading("What changed since")
    if page.overtaken:
        yield BulletList(tuple((one,) for one in page.overtaken))
    else:
        yield Paragraph(("Everything was made on the versions that stand.",))
    if page.money is not None:
        yield Heading("Money and people")
        yield TableBlock(page.money)
    if page.links.rows:
        yield Heading("Every link")
        yield TableBlock(page.links)
    yield Heading("What the thread cannot say")
    yield BulletList(tuple((one,) for one in page.unknown))
