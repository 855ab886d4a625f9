"""Budgets with the sets that are best for them, and public votes with what came of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import numpy as np

from commonweal.core.errors import NotFound
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer, require
from commonweal.methods.arrays import MethodError
from commonweal.methods.budget import Choice, Chosen, fairest, most_benefit, shared_unequally
from commonweal.options.budget_table import BudgetTable
from commonweal.options.models import Allocation, BallotBox, FullKind, PublicVote
from commonweal.options.queries.full_runs import full_run, inputs_of

SECONDS = 1.0    # a way, while a page waits
LONG = 120.0     # a way, in the background
NO_TIME = "No set was found in the time allowed."


@dataclass(frozen=True, slots=True)
class Card:
    """A budget or a vote in a list."""

    id: UUID
    title: str
    detail: str


@dataclass(frozen=True, slots=True)
class Way:
    """One way to choose, and the set it gives; `problem` where there is none."""

    title: str
    chosen: Chosen | None
    unequal: float
    problem: str = ""


@dataclass(frozen=True, slots=True)
class AllocationView:
    """A budget, its table and the sets."""

    id: UUID
    title: str
    budget: float
    about: str
    table: BudgetTable
    ways: tuple[Way, ...]

    @property
    def unproven(self) -> bool:
        """Whether a better set may be there that was not found in the time."""
        return any(
            one.problem == NO_TIME or (one.chosen is not None and not one.chosen.proven) for one in self.ways)


@dataclass(frozen=True, slots=True)
class ProjectView:
    """A project of a vote: its votes, and what each of its voters paid at most where it was bought."""

    code: str
    title: str
    cost: float
    votes: int | None
    how: str
    price: float | None
    most_votes: bool


@dataclass(frozen=True, slots=True)
class VoteView:
    """A vote, its rule and, once counted, what came of it."""

    id: UUID
    title: str
    budget: float
    completion: str
    step: float
    published_at: datetime | None
    rule_hash: str
    projects: tuple[ProjectView, ...]
    voters: int | None
    counted_at: datetime | None
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """Sums of a count: spent, each voter's share at first and at last, and shares of voters served."""

    spent: float
    first_share: float
    share: float
    served: float
    served_most_votes: float


def allocations_for(viewer: Viewer, partnership: UUID) -> tuple[Card, ...]:
    """Every budget, by name."""
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    rows = Allocation.objects.visible_to(viewer, Purpose.PLANNING).filter(partnership=partnership)
    return tuple(Card(row.pk, row.title, f"£{row.budget:,.0f}") for row in rows.order_by("title"))


def votes_for(viewer: Viewer, partnership: UUID) -> tuple[Card, ...]:
    """Every public vote, by name."""
    require(viewer, Permission.VIEW_PARTNERSHIP, partnership)
    rows = PublicVote.objects.visible_to(viewer, Purpose.PLANNING).filter(partnership=partnership)
    counted = set(BallotBox.objects.filter(vote__in=rows).values_list("vote", flat=True))
    return tuple(Card(row.pk, row.title, _state(row, row.pk in counted)) for row in rows.order_by("title"))


def allocation_row(viewer: Viewer, partnership: UUID, allocation: UUID) -> Allocation:
    """The row itself, for an action."""
    rows = Allocation.objects.visible_to(viewer, Purpose.PLANNING)
    found: Allocation | None = rows.filter(partnership=partnership, pk=allocation).first()
    if found is None:
        raise NotFound("There is no such budget, or none that you may see.")
    return found


def vote_row(viewer: Viewer, partnership: UUID, vote: UUID) -> PublicVote:
    """The row itself, for an action."""
    rows = PublicVote.objects.visible_to(viewer, Purpose.PLANNING)
    found: PublicVote | None = rows.filter(partnership=partnership, pk=vote).first()
    if found is None:
        raise NotFound("There is no such vote, or none that you may see.")
    return found


def allocation_for(viewer: Viewer, partnership: UUID, allocation: UUID) -> AllocationView:
    """A budget with the sets that are best for it."""
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    row = allocation_row(viewer, partnership, allocation)
    table, budget = BudgetTable.from_data(row.table), float(row.budget)
    full = full_run(FullKind.BUDGET, row.pk, inputs_of(table, budget))
    found = ways(table, budget) if full is None else ways_from(full.result)
    return AllocationView(row.pk, row.title, budget, row.about, table, found)


@lru_cache(maxsize=32)
def ways(table: BudgetTable, budget: float) -> tuple[Way, ...]:
    """The most benefit without floors and with them, and the fairest set, as far as is found at once."""
    return tuple(each_way(table, budget, SECONDS))


def each_way(table: BudgetTable, budget: float, seconds: float) -> Iterator[Way]:
    """One way to choose after another."""
    given = table.as_choice(budget)
    free = replace(given, floors=np.zeros_like(given.floors))
    yield _way("Most benefit, no floors", free, most_benefit, seconds)
    yield _way("Most benefit, with floors", given, most_benefit, seconds)
    yield _way("Fairest, with floors", given, fairest, seconds)


def ways_data(found: Iterable[Way]) -> list[dict[str, Any]]:
    """Plain data, from which `ways_from` gives the same back."""
    return [
        {"title": one.title, "unequal": one.unequal, "problem": one.problem,
         "chosen": None if one.chosen is None else {**asdict(one.chosen), "benefit": one.chosen.benefit.tolist()}}
        for one in found
    ]


def ways_from(data: list[dict[str, Any]]) -> tuple[Way, ...]:
    """What was kept of a budget."""
    return tuple(
        Way(one["title"], None if one["chosen"] is None else Chosen(**{
            **one["chosen"], "taken": tuple(one["chosen"]["taken"]), "benefit": np.array(one["chosen"]["benefit"]),
        }), one["unequal"], one["problem"]) for one in data
    )


def vote_for(viewer: Viewer, partnership: UUID, vote: UUID) -> VoteView:
    """A vote with its rule and what came of it."""
    require(viewer, Permission.VIEW_PARTNERSHIP, partnership)
    row = vote_row(viewer, partnership, vote)
    box = BallotBox.objects.filter(vote=row).first()
    held: dict[str, Any] = box.outcome if box else {}
    outcome = (
        Outcome(held["spent"], held["first_share"], held["share"], held["served"], held["served_most_votes"])
        if held
        else None
    )
    projects = tuple(
        ProjectView(one.code, one.title, float(one.cost), *_project(one.place, held))
        for one in row.projects.order_by("place")
    )
    return VoteView(
        row.pk,
        row.title,
        float(row.budget),
        row.completion,
        float(row.step),
        row.published_at,
        row.rule_hash,
        projects,
        box.voters if box else None,
        box.created if box else None,
        outcome,
    )


def _project(place: int, held: dict[str, Any]) -> tuple[int | None, str, float | None, bool]:
    """Votes, how it came to be funded, at what price, and whether plain most votes would fund it."""
    if not held:
        return None, "", None, False
    how, price = "", None
    if place in held["bought"]:
        how, price = "by its voters' shares", held["price"][held["bought"].index(place)]
    elif place in held["filled"]:
        how = "with what was left, by votes"
    return held["votes"][place], how, price, place in held["most_votes"]


def _way(title: str, given: Choice, solve: Any, seconds: float) -> Way:
    try:
        chosen = solve(given, seconds=seconds)
    except MethodError as problem:
        return Way(title, None, 0.0, str(problem))
    return Way(title, chosen, shared_unequally(chosen.benefit, given.need))


def _state(row: PublicVote, counted: bool) -> str:
    if counted:
        return "Counted"
    return "Rule published" if row.published_at else "Being prepared"
