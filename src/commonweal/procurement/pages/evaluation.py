"""How an evaluation is set out: the first sentence, the order as a table, and the list of what is to be scored."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from commonweal.policy.papers import guided
from commonweal.present.table import Cell, Column, DataTable, Kind, Linked, Missing
from commonweal.procurement.package import Package
from commonweal.procurement.queries.decisions import DecisionCard
from commonweal.procurement.queries.evaluation import Stand, ToScore
from commonweal.procurement.queries.ranking import Ranked


@dataclass(frozen=True, slots=True)
class Task:
    """One answer in the list of those to be scored."""

    title: str
    href: str
    hint: str
    status: str
    tone: str


def sentence_of(stand: Stand, order: tuple[Ranked, ...], decision: DecisionCard | None) -> str:
    """How it stands, in a sentence that can be read aloud."""
    if decision is not None:
        names = ", ".join(one.name for one in decision.chosen)
        return f"{names} {'is' if len(decision.chosen) == 1 else 'are'} chosen." if names else "Nobody was chosen."
    if not stand.letters:
        return "Nothing is opened yet, or nothing came in time."
    if stand.stage == "none":
        return f"{len(stand.letters)} came in time. Say who scores."
    if stand.stage == "scoring" and not stand.seats:
        return "It is being scored."
    if stand.stage == "scoring":
        done = sum(one.done == one.of and one.declared and not one.conflict for one in stand.seats)
        return f"{done} of {len(stand.seats)} have scored everything."
    if stand.stage == "moderating":
        return f"{stand.moderated} of {stand.to_moderate} scores are agreed."
    able = [one for one in order if not one.out]
    if not able:
        return "Scores are agreed. No bid is left in."
    return f"{able[0].name} is the most advantageous, with {able[0].total:.1f} of 100."


def order_table(order: tuple[Ranked, ...], where: tuple[UUID, UUID]) -> DataTable:
    """Every bid in its place; points for the price only where the price counts."""
    priced = any(one.price_points or round(one.total - one.quality, 1) for one in order if not one.out)
    columns = [Column("Bid"), Column("Place"), Column("Price, £", Kind.NUMBER),
               Column("Quality, of 100", Kind.NUMBER)]
    if priced:
        columns += [Column("Price points, of 100", Kind.NUMBER), Column("Together, of 100", Kind.NUMBER)]
    rows = tuple(_bid_row(one, where, priced=priced) for one in order)
    return DataTable("Bids, the most advantageous first", tuple(columns), rows, key="order")


def _bid_row(one: Ranked, where: tuple[UUID, UUID], *, priced: bool) -> tuple[Cell, ...]:
    href = reverse("procurement:opened-bid", args=[*where, one.letter])
    place = str(one.place) if one.place else Missing("out")
    row: tuple[Cell, ...] = (Linked(f"{one.letter}: {one.name}", href), place,
                             Missing("none") if one.price is None else float(one.price), round(one.quality, 1))
    return (*row, round(one.price_points, 1), round(one.total, 1)) if priced else row


@dataclass(frozen=True, slots=True)
class Judged:
    """One answer, what each gave it, what was agreed, and why."""

    question: str
    answer: str
    given: tuple[int, ...]
    score: int | None
    reason: str


def scores_of(ranked: Ranked, package: Package) -> tuple[Judged, ...]:
    """One bid's answers, each with its agreed score and what each had given."""
    return tuple(Judged(guided(one.question).words, package.answer(one.question).words, tuple(one.given),
                        one.score, one.reason) for one in ranked.scores)


def tasks_of(where: tuple[UUID, UUID], answers: tuple[ToScore, ...]) -> tuple[Task, ...]:
    """Every answer to be scored, question by question."""
    return tuple(
        Task(f"Bid {one.letter}: {one.question.words}", _href(where, one), "",
             "To score" if one.score is None else f"{one.score} of 5", "blue" if one.score is None else "done")
        for one in answers)


def next_to_score(where: tuple[UUID, UUID], answers: tuple[ToScore, ...]) -> str:
    """The first that is not scored; nothing where all are."""
    found = next((one for one in answers if one.score is None), None)
    return _href(where, found) if found else ""


def _href(where: tuple[UUID, UUID], one: ToScore) -> str:
    return reverse("procurement:score", args=[*where, one.letter, one.question.key])
