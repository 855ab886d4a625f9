"""The impact assessment of a sharing agreement as a document for data protection officers."""

from __future__ import annotations

from collections.abc import Iterable

from commonweal.core import clock
from commonweal.core.queries.sharing_impact import AdviceView, ImpactView
from commonweal.policy.impact_assessment import Risk
from commonweal.policy.sharing_words import sharing_words
from commonweal.present.document import (
    Block,
    BulletList,
    Callout,
    Document,
    Emphasis,
    Heading,
    Link,
    Paragraph,
    Status,
    SummaryBlock,
)
from commonweal.present.status import long_date


def impact_document(found: ImpactView, *, partnership: str, invented: bool) -> Document:
    """Always a draft: the parties and their officers complete it."""
    words, card = sharing_words("impact_assessment"), found.agreement.card
    return Document(
        title=words["title"].format(title=card.title), subtitle=f"Version {card.number}", place=partnership,
        status=Status.INVENTED if invented else Status.DRAFT, date=clock.today(), blocks=tuple(_blocks(found)),
        made_by=f"{card.giver}, {card.taker}", brief=True, explain=False,
    )


def advice_lines(found: ImpactView) -> tuple[str, ...]:
    """What is recorded of the newest version, newest first, in sentences."""
    return tuple(_said(one) for one in found.current)


def _said(one: AdviceView) -> str:
    words = sharing_words("impact_assessment")["advice"]
    if not one.advice or one.given is None:
        return f"{one.organisation}: {words['without'].format(reason=one.reason)}"
    given = words["given"].format(officer=one.officer, day=long_date(one.given), body=one.organisation,
                                  advice=one.advice)
    answer = words["accepted" if one.accepted else "not_accepted"].format(reason=one.reason)
    return f"{given.rstrip('.')}. {answer.rstrip('.')}."


def _blocks(found: ImpactView) -> Iterable[Block]:
    words, draft = sharing_words("impact_assessment"), found.draft
    yield Callout("DRAFT", (f"{words['draft']} {'' if words['verification'] == 'V' else words['unchecked']}",))
    if not draft.personal:
        yield Paragraph((words["not_personal"],), lead=True)
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
    recorded = advice_lines(found) or (words["advice"]["none"].format(number=found.agreement.latest.number),)
    yield BulletList(tuple((line,) for line in recorded))
    yield Paragraph((draft.closing,))
    yield Heading(words["heads"]["sources"], 2)
    yield BulletList(tuple((Link(one["title"], one["where"]),) for one in words["sources"]))


def _risk(risk: Risk) -> Iterable[tuple[str, str]]:
    yield "why", risk.why
    yield "suggested", risk.suggested
    yield "measures", " ".join(risk.measures)
    yield "ask", risk.ask
