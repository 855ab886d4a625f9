"""The options paper: the question, which option wins for whom, the price beside it, and what would turn it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from urllib.parse import urljoin

from commonweal.options.appraisal_view import AppraisalView, OptionLine
from commonweal.options.appraised import Result
from commonweal.options.money_content import words
from commonweal.options.pages.appraisal import (
    METHOD,
    Worth,
    appraisal_told,
    bare,
    compared,
    criteria_table,
    firm_lines,
    moves_table,
    price_section,
    scores_table,
    settled,
    wins_chart,
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
from commonweal.present.status import long_date
from commonweal.present.wording import listed


def options_paper(
    view: AppraisalView, sheet: SheetView | None, worth: Worth, *, place: str, invented: bool, day: date,
    site: str = "", full: FullDraw | None = None,
) -> Document:
    """The paper, its evidence in an annex; `site` is where the pages are that scores point to."""
    told = appraisal_told(view, sheet, worth, full)
    return Document(
        title=view.title, subtitle="Options paper", place=place,
        status=Status.INVENTED if invented else Status.DRAFT, date=day, summary=told.answer, made_by=place,
        blocks=tuple(_blocks(view, told, (sheet, worth))), brief=True,
        annex=tuple(_annex(view, site, full)), annex_title="Annex: scores, criteria and what they rest on",
        explain=False,
    )


def question_blocks(view: AppraisalView) -> Iterable[Block]:
    """What is asked, and what it answers."""
    yield Paragraph((Strong("The question: "), view.question))
    yield BulletList(stands_on(view))


def stands_on(view: AppraisalView) -> tuple[Words, ...]:
    """The needs that the question is about, each in its sentence, and the outcomes by name."""
    needs: list[Words] = [
        (Strong(f"Need{one.not_agreed}: "), one.statement) for one in view.needs
    ]
    titles = "; ".join(one.title for one in view.outcomes)
    return (*needs, (Strong("Outcomes: "), f"{titles}.")) if titles else tuple(needs)


def option_lines(view: AppraisalView) -> tuple[Words, ...]:
    """The short list, each in a sentence or two."""
    return tuple(
        (Strong(f"{one.title}{' (if nothing is changed)' if one.baseline else ''}. "), one.description)
        for one in view.short
    )


def put_aside(view: AppraisalView) -> Iterable[Block]:
    """What was put aside and why, in one paragraph."""
    if view.dropped:
        names = "; ".join(f"{one.title} ({one.sift_reason.rstrip('.')})" for one in view.dropped)
        yield Paragraph((Strong("Put aside: "), f"{names}."))


def _blocks(view: AppraisalView, told: Told, money: tuple[SheetView | None, Worth]) -> Iterable[Block]:
    yield Paragraph((told.answer,), lead=True)
    yield from question_blocks(view)
    yield Heading("Options on the short list")
    yield BulletList(option_lines(view))
    yield from put_aside(view)
    result = view.result
    if result is not None:
        yield Heading("How they were compared")
        yield BulletList(tuple((line,) for line in compared(view, result)))
        yield FigureBlock(wins_chart(result), share=0.7)
        yield BulletList(tuple((line,) for line in (*result.robust.groups, *firm_lines(result))))
        for section in price_section(view, result, *money):
            yield Heading(section.heading)
            yield BulletList(tuple((line,) for line in section.words))
            yield from (TableBlock(table) for table in section.tables)
    if told.unknown:
        yield Callout("What this cannot tell you", (" ".join(told.unknown),))


def rests_on(view: AppraisalView, site: str) -> tuple[Words, ...]:
    """What the scores of each option rest on, an option a line; what they point to leads to its page."""
    return tuple(tuple(_rests(view, one, site)) for one in view.short if one.scores)


def _rests(view: AppraisalView, one: OptionLine, site: str) -> Iterable[Inline]:
    yield Strong(f"{one.title}. ")
    for each in view.criteria:
        score = one.scores.get(each.id)
        if score is None:
            continue
        yield f"{each.title}: {score.evidence.rstrip('.') or 'no note'}"
        for at, ground in enumerate(score.grounds):
            yield "; " if at else " ("
            yield Link(ground.title, urljoin(site, ground.href)) if site and ground.href else ground.title
            yield f", {ground.kind.lower()}"
        yield "). " if score.grounds else ". "


def _scored(view: AppraisalView) -> str:
    """Who scored, and when."""
    held = {f"{score.by} on {long_date(score.on.date())}" for one in view.short for score in one.scores.values()}
    return f"Scored by {listed(sorted(held))}." if held else ""


def _annex(view: AppraisalView, site: str, full: FullDraw | None) -> Iterable[Block]:
    if view.criteria:
        yield Heading("Criteria, and who weighs them how")
        yield TableBlock(replace(criteria_table(view, outcomes=False), notes=tuple(_from_outcomes(view))))
    yield BulletList(tuple(
        (Strong(f"{one.title}: "), f"{one.took_part}. {one.reason}") for one in view.weighed
    ))
    if view.short and view.criteria:
        yield Heading("What the scores rest on")
        table = scores_table(view)
        yield TableBlock(replace(table, notes=(
            " ".join(part for part in (*table.notes, _scored(view), bare(view)) if part),)))
        yield BulletList(rests_on(view, site))
    if view.result is not None:
        yield Heading("How far it holds")
        yield BulletList(tuple((line,) for line in view.result.profiles))
        yield TableBlock(replace(moves_table(view.result), notes=tuple(_held(view.result, full))))


def _from_outcomes(view: AppraisalView) -> Iterable[str]:
    """Which criteria are part of which outcome."""
    held = [f"“{one.title}” of “{one.outcome}”" for one in view.criteria if one.outcome]
    if held:
        yield f"Part of an outcome: {listed(held)}."


def _held(result: Result, full: FullDraw | None) -> Iterable[str]:
    """Rank reversals, what a million weightings would change, and the method."""
    if result.reversals:
        yield " ".join((words("appraisal", "reversal"), *result.reversals))
    if full is not None:
        yield settled(result, full)
    yield f"{words('appraisal', 'shares')} {METHOD}."
