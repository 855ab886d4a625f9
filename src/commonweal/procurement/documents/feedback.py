"""The letter to each bidder, drafted from the reasons given, and the decision record on paper."""

from __future__ import annotations

from collections.abc import Iterable

from commonweal.core import clock
from commonweal.policy.bidding import formulas
from commonweal.policy.papers import guided, score_words
from commonweal.present.document import (
    Blank,
    Block,
    BulletList,
    Document,
    Heading,
    Paragraph,
    Status,
    SummaryBlock,
    TableBlock,
)
from commonweal.present.status import long_date
from commonweal.present.table import Column, DataTable, Kind
from commonweal.procurement.pages.rules import pounds
from commonweal.procurement.queries.decisions import DecisionCard, Placed, Told

NAMES = {one.score: one.name for one in score_words()}


def feedback_document(told: Told) -> Document:
    """One bidder's letter: how it did, question by question, beside the one chosen, and why."""
    return Document(
        title="What became of your answer", subtitle=f"{told.title}: {told.own.name}",
        status=Status.INVENTED if told.invented else Status.DRAFT, place=told.place, date=clock.today(),
        made_by=told.buyer, brief=True, explain=False, blocks=tuple(_letter(told)))


def decision_document(card: DecisionCard, title: str, place: str, buyer: str, *, invented: bool) -> Document:
    """The decision record: who was chosen, why, on whose word, and every bid with its scores."""
    return Document(
        title="Decision record", subtitle=title, status=Status.INVENTED if invented else Status.DRAFT, place=place,
        date=card.decided_on, made_by=buyer, brief=True, explain=False, blocks=tuple(_record(card)))


def _letter(told: Told) -> Iterable[Block]:
    own = told.own
    yield Paragraph((f"To {own.name}",))
    yield Paragraph((_verdict(told),), lead=True)
    yield Paragraph(("Thank you for the work you put into it. Several people scored each answer without knowing "
                     "whose it was, then agreed on a score and a reason. These are theirs.",))
    best = next(iter(told.chosen), None)
    compare = best is not None and not told.is_chosen
    columns = (Column("Question"), Column("Yours", Kind.NUMBER),
               *((Column("Chosen", Kind.NUMBER),) if compare else ()), Column("Why yours has its score"))
    theirs = {one.question: one.score for one in best.scores} if best else {}
    rows = tuple(
        (guided(one.question).words, one.score, *((theirs.get(one.question, 0),) if compare else ()), one.reason)
        for one in own.scores)
    yield TableBlock(DataTable("Scores from 0 to 5", columns, rows, key="feedback"))
    yield SummaryBlock(tuple(_sums(told)))
    if own.terms:
        yield Heading("What we agreed", 2)
        yield Paragraph((own.terms,))
    yield Heading("What the scores mean", 2)
    yield BulletList(tuple((f"{one.score}, {one.name.lower()}: {one.words}",) for one in score_words()))
    yield Heading("What happens now", 2)
    last = told.standstill_last
    wait = f"Nothing is signed before the end of {long_date(last)}. " if last else ""
    yield Paragraph((f"{wait}If anything here is not clear, or you want to talk about how "
                     f"to do better next time: {told.contact}.",))
    yield Paragraph(("Sent by ", Blank("name and office"), " on ", Blank("day"), "."))


def _verdict(told: Told) -> str:
    if told.is_chosen:
        return f"Your answer was chosen. It scored {told.own.total:.1f} of 100." if told.own.place \
            else "Your answer was chosen."
    if told.own.out:
        return f"Your answer was not chosen. {told.own.out}"
    names = " and ".join(one.name for one in told.chosen) or "nobody"
    return (f"Your answer was not chosen. It came {_ordinal(told.own.place or 0)} of {told.count}, with "
            f"{told.own.total:.1f} of 100. Chosen: {names}.")


def _sums(told: Told) -> Iterable[tuple[str, tuple[str, ...]]]:
    yield "Quality", (f"{told.own.quality:.1f} of 100{_beside(told, 'quality')}",)
    if told.rules.get("price_weight") and told.own.place:
        name = next((one.name for one in formulas() if one.key == told.rules["formula"]), "")
        yield f"Price, counts for {told.rules['price_weight']}%", (
            f"{told.own.price_points:.1f} of 100{_beside(told, 'price_points')}, by: {name.lower()}",)
        yield "Together", (f"{told.own.total:.1f} of 100{_beside(told, 'total')}",)


def _beside(told: Told, name: str) -> str:
    if told.is_chosen or not told.chosen:
        return ""
    return f"; the one chosen: {getattr(told.chosen[0], name):.1f}"


def _record(card: DecisionCard) -> Iterable[Block]:
    names = ", ".join(one.name for one in card.chosen) or "Nobody"
    yield Paragraph((f"Chosen: {names}.",), lead=True)
    yield SummaryBlock((
        ("Decided by", (card.authority,)), ("On", (long_date(card.decided_on),)),
        ("Recommended by", (card.recommended_by,)), ("Why", (card.reasons,)),
        ("Standstill", (card.standstill_words + (
            f" Last day: {long_date(card.standstill_last)}." if card.standstill_last else ""),))))
    for one in card.chosen:
        if one.terms:
            yield Heading(f"What was agreed with {one.name}")
            yield Paragraph((one.terms,))
        if one.members:
            yield Heading(f"Those who bid together as {one.name}")
            yield BulletList(tuple((f"{each.name}: {each.part} ({each.share}%)",) for each in one.members))
    if not card.order:
        return
    columns = (Column("Place"), Column("Bid"), Column("Price", Kind.TEXT), Column("Quality", Kind.NUMBER),
               Column("Price points", Kind.NUMBER), Column("Together", Kind.NUMBER))
    rows = tuple((str(one.place or "out"), f"{one.letter}: {one.name}",
                  "none" if one.price is None else pounds(one.price), round(one.quality, 1),
                  round(one.price_points, 1), round(one.total, 1)) for one in card.order)
    yield TableBlock(DataTable("Bids in the order of advantage, points of 100", columns, rows, key="order"))
    for placed in card.order:
        if placed.out:
            yield Paragraph((f"{placed.letter} is out: {placed.out}",))
    yield Heading("Scores, and what each had given before moderation")
    for placed in card.order:
        yield TableBlock(_given(placed))


def _given(placed: Placed) -> DataTable:
    columns = (Column("Question"), Column("Given"), Column("Agreed", Kind.NUMBER), Column("Reason"))
    rows = tuple(
        (guided(each.question).words, ", ".join(str(score) for score in each.given), each.score, each.reason)
        for each in placed.scores)
    return DataTable(f"Bid {placed.letter}", columns, rows, key=f"bid-{placed.letter.lower()}")


def _ordinal(place: int) -> str:
    return {1: "first", 2: "second", 3: "third"}.get(place, f"{place}th")
