"""How an evaluation is set out: the first sentence, the order as a table, and the list of what is to be scored."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from commonweal.policy.papers import guided
from commonweal.present.table import Column, DataTable, Kind
from commonweal.procurement.package import Package
from commonweal.procurement.pages.rules import pounds
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
    if stand.stage == "scoring":
        done = sum(one.done == one.of and one.declared and not one.conflict for one in stand.seats)
        return f"{done} of {len(stand.seats)} have scored everything."
    if stand.stage == "moderating":
        return f"{stand.moderated} of {stand.to_moderate} scores are agreed."
    able = [one for one in order if not one.out]
    if not able:
        return "Scores are agreed. No bid is left in."
    return f"{able[0].name} is the most advantageous, with {able[0].total:.1f} of 100."


def order_table(order: tuple[Ranked, ...]) -> DataTable:
    """Every bid in its place."""
    columns = (Column("Place"), Column("Bid"), Column("Price"), Column("Quality, of 100", Kind.NUMBER),
               Column("Price points, of 100", Kind.NUMBER), Column("Together, of 100", Kind.NUMBER))
    rows = tuple((str(one.place) if one.place else "out", f"{one.letter}: {one.name}",
                  "none" if one.price is None else pounds(one.price), round(one.quality, 1),
                  round(one.price_points, 1), round(one.total, 1)) for one in order)
    return DataTable("Bids, the most advantageous first", columns, rows, key="order")


def score_table(ranked: Ranked, package: Package) -> DataTable:
    """One bid's agreed scores with what each had given."""
    columns = (Column("Question"), Column("Answer"), Column("Given"), Column("Agreed", Kind.NUMBER), Column("Why"))
    rows = tuple((guided(one.question).words, package.answer(one.question).words,
                  ", ".join(str(score) for score in one.given), one.score, one.reason) for one in ranked.scores)
    return DataTable("Scores from 0 to 5", columns, rows, key="scores")


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
