"""The options paper: the question, which option wins for whom, the price beside it, and what would turn it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from urllib.parse import urljoin

from commonweal.options.appraisal_view import AppraisalView
from commonweal.options.money_content import words
from commonweal.options.pages.appraisal import (
    Worth,
    appraisal_told,
    aside_table,
    compared,
    criteria_table,
    evidence_table,
    scores_table,
)
from commonweal.options.pages.told import Told
from commonweal.options.queries.full_runs import FullDraw
from commonweal.options.queries.money import SheetView
from commonweal.present.document import (
    Block,
    BulletList,
    Callout,
    Document,
    FigureBlock,
    Heading,
    Inline,
    Link,
    Paragraph,
    Status,
    Strong,
    TableBlock,
    Words,
)

APART = ("Scores and criteria", "What was put aside, and why")


def options_paper(
    view: AppraisalView, sheet: SheetView | None, worth: Worth, *, place: str, invented: bool, day: date,
    site: str = "", full: FullDraw | None = None,
) -> Document:
    """The paper, its evidence in an annex; `site` is where the pages are that scores point to."""
    told = appraisal_told(view, sheet, worth, full)
    return Document(
        title=view.title, subtitle="Options paper", place=place,
        status=Status.INVENTED if invented else Status.DRAFT, date=day, summary=told.answer, made_by=place,
        blocks=tuple(_blocks(view, told)), brief=True,
        annex=tuple(_annex(view, site)), annex_title="Annex: scores, criteria and what they rest on",
        explain=False,
    )


def question_blocks(view: AppraisalView) -> Iterable[Block]:
    """What is asked, and what it answers."""
    yield Paragraph((Strong("The question: "), view.question))
    yield BulletList(stands_on(view))


def stands_on(view: AppraisalView) -> tuple[Words, ...]:
    """The needs and outcomes that the question is about, each in its sentence."""
    needs: list[Words] = [
        (Strong(f"Need{one.not_agreed}: "), one.statement) for one in view.needs
    ]
    return (*needs, *((Strong("Outcome: "), f"{one.title}. {one.statement}") for one in view.outcomes))


def option_lines(view: AppraisalView) -> tuple[Words, ...]:
    """The short list, each in a sentence or two."""
    return tuple(
        (Strong(f"{one.title}{' (if nothing is changed)' if one.baseline else ''}. "), one.description)
        for one in view.short
    )


def _blocks(view: AppraisalView, told: Told) -> Iterable[Block]:
    yield Paragraph((told.answer,), lead=True)
    yield Heading("What is asked")
    yield from question_blocks(view)
    yield Heading("Options on the short list")
    yield BulletList(option_lines(view))
    if view.result is not None:
        yield Heading("How they were compared")
        yield BulletList(tuple((line,) for line in compared(view, view.result)))
    for section in told.sections:
        if section.heading in APART:
            continue
        yield Heading(section.heading)
        if section.words:
            yield BulletList(tuple((line,) for line in section.words))
        if section.chart is not None:
            yield FigureBlock(section.chart)
        for table in section.tables:
            yield TableBlock(table)
    yield Callout("What this cannot tell you", (" ".join(told.unknown),))


def evidence_lines(view: AppraisalView, site: str) -> tuple[Words, ...]:
    """What each score points to, a line a score, each thing leading to its page."""
    lines: list[Words] = []
    for one in view.short:
        for each in view.criteria:
            score = one.scores.get(each.id)
            if score is None or not score.grounds:
                continue
            parts: list[Inline] = [Strong(f"{one.title}, {each.title}: ")]
            for at, ground in enumerate(score.grounds):
                parts.append("; " if at else "")
                led = site and ground.href
                parts.append(Link(ground.title, urljoin(site, ground.href)) if led else ground.title)
                parts.append(f" ({ground.kind.lower()}{f', {ground.detail}' if ground.detail else ''})")
            lines.append((*parts, "."))
    return tuple(lines)


def _annex(view: AppraisalView, site: str) -> Iterable[Block]:
    yield Heading("Criteria and their ends")
    yield Paragraph((words("appraisal", "ends"),))
    if view.criteria:
        yield TableBlock(criteria_table(view))
    yield BulletList(tuple(
        (Strong(f"{one.title}: "), f"{one.took_part}. {one.reason}") for one in view.weighed
    ))
    yield Heading("Scores")
    if view.short and view.criteria:
        yield TableBlock(scores_table(view))
        yield TableBlock(evidence_table(view))
    if lines := evidence_lines(view, site):
        yield Heading("Where the evidence can be read")
        yield BulletList(lines)
    if view.dropped:
        yield Heading("Put aside")
        yield TableBlock(aside_table(view))
