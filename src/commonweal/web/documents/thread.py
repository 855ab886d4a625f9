"""The thread, whole or of one thing, as an annex for a paper: picture, what stands alone, what changed, money."""

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
from commonweal.web.thread_page import Group, ItemPage, WholePage


def thread_document(page: WholePage, *, partnership: str, invented: bool) -> Document:
    """As it stands today."""
    return Document(
        title="The thread from evidence to review", subtitle="What answers what", place=partnership,
        status=Status.INVENTED if invented else Status.DRAFT, date=clock.today(), blocks=tuple(_blocks(page)),
        made_by=partnership, brief=True, explain=False,
    )


def _blocks(page: WholePage) -> Iterable[Block]:
    yield Paragraph((page.answer,), lead=True)
    if page.chart is not None:
        yield FigureBlock(page.chart)
    if page.alone:
        yield Heading("What stands alone")
    yield from _lists(page.alone)
    yield Heading("What changed since")
    yield from _lists(page.since)
    if page.overtaken:
        yield BulletList(tuple((one,) for one in page.overtaken))
    elif not page.since:
        yield Paragraph(("Everything was made on the versions that stand.",))
    if page.money is not None:
        yield Heading("Money and people")
        yield TableBlock(page.money)
    if page.links.rows:
        yield Heading("Every link")
        yield TableBlock(page.links)
    yield Heading("What the thread cannot say")
    yield BulletList(tuple((one,) for one in page.unknown))


def item_document(page: ItemPage, *, partnership: str, invented: bool) -> Document:
    """Why one thing is here, what became of it, and what would fall with it."""
    return Document(
        title=page.node.title, subtitle=f"The thread of this {page.what.one}", place=partnership,
        status=Status.INVENTED if invented else Status.DRAFT, date=clock.today(), blocks=tuple(_of_item(page)),
        made_by=partnership, brief=True, explain=False,
    )


def _of_item(page: ItemPage) -> Iterable[Block]:
    yield Paragraph((page.answer,), lead=True)
    if page.alone:
        yield Paragraph((" ".join(page.alone),))
    yield FigureBlock(page.chart)
    for title, groups in (("What it answers", page.answers), ("What answers it", page.answered_by)):
        yield Heading(title)
        yield from _lists(groups) if groups else (Paragraph(("Nothing.",)),)
    yield Heading("If it went")
    fallen = f"{page.falls_words} would stand on nothing." if page.falls else "Nothing would fall."
    leaning = f" {page.leans_words} would lose it and still stand on something else." if page.leans else ""
    yield Paragraph((fallen + leaning,))
    yield from _lists(page.falls)
    if page.since or page.overtaken:
        yield Heading("What changed since")
        yield from _lists((page.since,) if page.since else ())
        if page.overtaken:
            yield BulletList(tuple((one,) for one in page.overtaken))
    if page.money is not None:
        yield Heading("Money and people")
        yield TableBlock(page.money)


def _lists(groups: Iterable[Group]) -> Iterable[Block]:
    for group in groups:
        yield Heading(f"{group.title} ({len(group.lines)})", 2)
        yield BulletList(tuple((f"{one.title}: {one.says}" if one.says else one.title,) for one in group.lines))
