"""The answer of the rules as a page to take along: what was asked, what follows, and where it is written."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from commonweal.core import clock
from commonweal.policy.procurement_facts import Facts, questions
from commonweal.present.document import (
    Block,
    BulletList,
    Callout,
    Document,
    Heading,
    Inline,
    Link,
    Paragraph,
    Status,
    Strong,
    SummaryBlock,
    Words,
)
from commonweal.present.status import long_date
from commonweal.procurement.pages.rules import LEGEND, NoticePoint, Point, RulesTold, pounds


def rules_document(
    facts: Facts, told: RulesTold, *, title: str = "", place: str = "", invented: bool = False
) -> Document:
    """One commission's rules."""
    return Document(
        title=title or "Which rules apply", subtitle="The lightest lawful way, what to publish and when",
        status=Status.INVENTED if invented else Status.DRAFT, place=place or "Any place", date=clock.today(),
        blocks=(*_asked(facts), *rules_blocks(told)), summary=told.answer, brief=True, explain=False,
    )


def rules_blocks(told: RulesTold) -> Iterable[Block]:
    """What follows, without the questions."""
    yield Paragraph((told.answer,), lead=True)
    if told.doubt:
        yield Callout("Unchecked", (f"{told.doubt} They are: {'; '.join(told.unchecked)}.",))
    if told.law and told.threshold:
        yield SummaryBlock((("Law", _words(told.law)), ("Threshold", _words(told.threshold)),
                            *((("Standing orders", _words(told.own)),) if told.own else ())))
    yield from _listed("What is not allowed", told.refusals)
    yield from _listed("Ways open to you", told.routes)
    yield from _noticed("What to publish", told.publish, told.other_notices)
    yield from _listed("How long to give", told.times)
    yield from _noticed("Only if it happens", told.maybe)
    yield from _noticed("Cannot be said yet", told.unsaid)
    yield from _listed("What the law spares you", told.easier)
    if told.lighter:
        yield Heading("What would make it lighter")
        yield BulletList(tuple(
            (Strong(f"{way.words}. "), f"It spares the {way.spares}. {way.caution} ({way.point.where})")
            for way in told.lighter))
    yield from _listed("What else you must do", told.duties)
    yield Paragraph((f"{LEGEND} Rules as read on {long_date(told.as_at)}, to be read again by "
                     f"{long_date(told.review_by)}. This is guidance, not legal advice.",))


def _asked(facts: Facts) -> Iterable[Block]:
    rows = []
    for one in questions():
        value = getattr(facts, one.key)
        if value is None or value is False or value == "":
            continue
        label = next((each.label for each in one.choices if each.value in (value, str(value))), None)
        rows.append((one.label, (label or _said(one.kind, value),)))
    yield SummaryBlock(tuple(rows))


def _said(kind: str, value: object) -> str:
    if value is True:
        return "Yes"
    if kind == "money" and isinstance(value, Decimal):
        return pounds(value)
    return long_date(value) if kind == "date" else f"{value}"  # type: ignore[arg-type]


def _listed(title: str, points: tuple[Point, ...]) -> Iterable[Block]:
    if points:
        yield Heading(title)
        yield BulletList(tuple(_words(point) for point in points))


def _noticed(title: str, lines: tuple[NoticePoint, ...], others: tuple[Point, ...] = ()) -> Iterable[Block]:
    if lines or others:
        yield Heading(title)
        named = tuple((Strong(f"{line.title} ({line.code}). "), *_words(line.point)) for line in lines)
        yield BulletList((*named, *(_words(point) for point in others)))


def _words(point: Point) -> Words:
    cited: Inline = Link(point.citation, point.address) if point.address else point.citation
    rest = ", ".join(part for part in (f"since {point.since}" if point.since else "", point.mark) if part)
    if not point.citation:
        return (point.words,)
    return (f"{point.words} (", cited, f"{', ' if rest else ''}{rest})")
