"""The parts that every impact assessment shows alike, whatever it assesses."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from commonweal.policy.impact_assessment import Draft, Risk
from commonweal.present.document import Block, BulletList, Emphasis, Heading, Link, Paragraph, SummaryBlock
from commonweal.present.status import long_date


def draft_blocks(draft: Draft, words: dict[str, Any], advice: tuple[str, ...]) -> Iterable[Block]:
    """Description, needs, risks, whom to hear, the advice there is, sources."""
    for one in draft.sections:
        yield Heading(one.title)
        yield Paragraph((Emphasis(f"UK GDPR, Article {one.article}"),))
        yield BulletList(tuple((line,) for line in one.lines))
    if draft.needs:
        yield Heading(words["heads"]["needs"])
    for kind in draft.needs:
        yield Heading(kind.title, 2)
        yield BulletList(tuple((point,) for point in kind.points))
    if draft.risks:
        yield Heading(words["heads"]["risks"])
    for risk in draft.risks:
        yield Heading(risk.title, 2)
        yield SummaryBlock(tuple((words["risk_rows"][key], (text,)) for key, text in _risk(risk)))
    if draft.consult:
        yield Heading(words["heads"]["consult"])
        yield BulletList(tuple((line,) for line in draft.consult))
    yield Heading(words["heads"]["advice"])
    yield BulletList(tuple((line,) for line in advice))
    yield Paragraph((draft.closing,))
    yield Heading(words["heads"]["sources"], 2)
    yield BulletList(tuple((Link(one["title"], one["where"]),) for one in words["sources"]))


def said(one: Any, words: dict[str, Any]) -> str:
    """One organisation's advice in a sentence."""
    told = words["advice"]
    if not one.advice or one.given is None:
        return f"{one.organisation}: {told['without'].format(reason=one.reason)}"
    given = told["given"].format(officer=one.officer, day=long_date(one.given), body=one.organisation,
                                 advice=one.advice)
    answer = told["accepted" if one.accepted else "not_accepted"].format(reason=one.reason)
    return f"{given.rstrip('.')}. {answer.rstrip('.')}."


def _risk(risk: Risk) -> Iterable[tuple[str, str]]:
    yield "why", risk.why
    yield "suggested", risk.suggested
    yield "measures", " ".join(risk.measures)
    yield "ask", risk.ask
