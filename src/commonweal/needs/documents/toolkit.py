"""The whole toolkit on paper: every step's guidance, both sides of the table, checklists, lessons and sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from commonweal.core import clock
from commonweal.needs.step_guidance import Lesson, StepGuidance, in_order
from commonweal.present.document import (
    Block,
    BulletList,
    Callout,
    Document,
    Emphasis,
    Heading,
    PageBreak,
    Paragraph,
    Status,
    Strong,
    SummaryBlock,
    Words,
)


def toolkit_document() -> Document:
    """For everybody: no partnership's work is in it."""
    steps = in_order()
    return Document(
        title="Commissioning culture and sport", subtitle="A toolkit, step by step", place="England",
        date=clock.today(), status=Status.GUIDANCE, made_by="Commonweal", explain=False,
        summary=f"{len(steps)} steps. Each begins with the least that will do.",
        blocks=tuple(_blocks(steps)), annex=tuple(_sources(steps)),
        annex_title="Sources, and how much of each was read",
    )


def _blocks(steps: Iterable[StepGuidance]) -> Iterator[Block]:
    yield Heading("The whole on one page")
    yield SummaryBlock(tuple((one.title, (one.line,)) for one in steps))
    for one in steps:
        yield PageBreak()
        yield from _step(one)
    yield PageBreak()
    yield Heading("For elected members: five minutes a step")
    for one in steps:
        if one.lesson is not None:
            yield from _lesson(one.title, one.lesson)


def _step(one: StepGuidance) -> Iterator[Block]:
    yield Heading(one.title)
    yield Paragraph((one.line,), lead=True)
    yield Callout(f"The least that will do, in about {one.smallest.time}",
                  (f"{one.smallest.what} {one.smallest.enough}",))
    yield SummaryBlock((
        ("If you commission", (_sentences(one.commissioner),)),
        ("If you are commissioned", (_sentences(one.commissioned),)),
        ("What to collect", (_sentences(one.collect),)),
        ("How", (_sentences(one.how),)),
        ("How long", (one.how_long,)),
        ("How good it is", (_sentences(one.how_good),)),
        ("What not to conclude", (_sentences(one.not_conclude),)),
        ("Further, when there is time", (_sentences(one.further),)),
    ))
    yield Heading("Checklist", 2)
    for line in one.checklist:
        yield Paragraph((f"\u25a1 {line.text}",))


def _lesson(title: str, lesson: Lesson) -> Iterator[Block]:
    yield Heading(title, 2)
    yield Paragraph((Strong("What you decide: "), lesson.decides))
    yield Paragraph((lesson.story,))
    asked: tuple[Words, ...] = tuple(
        (Strong(f"{one.question} "), "A good answer: ", Emphasis(one.good), " One to worry about: ",
         Emphasis(one.worry)) for one in lesson.ask
    )
    yield BulletList(asked, numbered=True)
    yield Paragraph((Strong("Refuse: "), "; ".join(lesson.refuse) + "."))


def _sentences(lines: Iterable[str]) -> str:
    return " ".join(f"{line}." for line in lines)


def _sources(steps: Iterable[StepGuidance]) -> Iterator[Block]:
    for one in steps:
        yield Heading(one.title, 2)
        yield Paragraph((f"{one.source} {one.checked}",))
        read: tuple[Words, ...] = tuple(
            (Strong(f"{book.title}. "), f"{book.named}. {book.where}. {book.gives} {book.seen_words}")
            for book in one.reading
        )
        yield BulletList(read)
