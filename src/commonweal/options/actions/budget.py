"""People set out a budget and what may be funded, and hold a public vote whose rule is locked beforehand."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import ROUND_UP, Decimal
from typing import Any

from django.db import models, transaction

from commonweal.core import clock
from commonweal.core.actions.recording import record_event, saved
from commonweal.core.errors import Refused
from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.options.budget_table import BudgetTable
from commonweal.options.models import Allocation, BallotBox, PublicVote, VoteProject
from commonweal.options.voting import Kinds, Papers, counted, outcome_of

FINEST = 1_000_000  # steps in the whole sum: a count by finer ones would take minutes


class Verb(models.TextChoices):
    """The deeds of budgets and votes."""

    ALLOCATION_BEGUN = "budget.begun"
    ALLOCATION_CHANGED = "budget.changed"
    VOTE_BEGUN = "vote.begun"
    VOTE_CHANGED = "vote.changed"
    RULE_PUBLISHED = "vote.rule-published"
    COUNTED = "vote.counted"


@dataclass(frozen=True, slots=True)
class AllocationSaid:
    """A budget and what a point of benefit is."""

    title: str
    budget: Decimal
    about: str


@dataclass(frozen=True, slots=True)
class VoteSaid:
    """A sum on which the public votes, and how what is left over is used."""

    title: str
    budget: Decimal
    completion: str
    step: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Project:
    """A project that may be voted for."""

    code: str
    title: str
    cost: Decimal


@transaction.atomic
def begin_allocation(
    *, by: Viewer, partnership: Partnership, said: AllocationSaid, table: BudgetTable
) -> Allocation:
    """A budget and what may be funded from it."""
    require(by, Permission.RECORD_EVIDENCE, partnership.pk)
    made = saved(Allocation(partnership=partnership, table=table.as_data(), **asdict(said)))
    record_event(by=by, verb=Verb.ALLOCATION_BEGUN, subject=made, partnership=partnership.pk)
    return made


@transaction.atomic
def change_allocation(
    *, by: Viewer, allocation: Allocation, said: AllocationSaid, table: BudgetTable
) -> Allocation:
    """The same anew."""
    require(by, Permission.RECORD_EVIDENCE, allocation.partnership_id)
    held: Allocation = Allocation.objects.select_for_update().get(pk=allocation.pk)
    for name, value in asdict(said).items():
        setattr(held, name, value)
    held.table = table.as_data()
    saved(held)
    record_event(by=by, verb=Verb.ALLOCATION_CHANGED, subject=held, partnership=held.partnership_id)
    return held


@transaction.atomic
def begin_vote(*, by: Viewer, partnership: Partnership, said: VoteSaid, projects: Sequence[Project]) -> PublicVote:
    """A vote; nothing of it is public until its rule is published."""
    require(by, Permission.RECORD_EVIDENCE, partnership.pk)
    _sound_vote(said)
    vote = saved(PublicVote(partnership=partnership, **asdict(said)))
    _fill(vote, projects)
    record_event(by=by, verb=Verb.VOTE_BEGUN, subject=vote, partnership=partnership.pk)
    return vote


@transaction.atomic
def change_vote(*, by: Viewer, vote: PublicVote, said: VoteSaid, projects: Sequence[Project]) -> PublicVote:
    """The same anew, as long as its rule is not published."""
    held = _own(by, vote)
    if held.published_at is not None:
        raise Refused("The rule is published, so the sum, the projects and the rule can no longer be changed.")
    _sound_vote(said)
    for name, value in asdict(said).items():
        setattr(held, name, value)
    saved(held)
    held.projects.all().delete()
    _fill(held, projects)
    record_event(by=by, verb=Verb.VOTE_CHANGED, subject=held, partnership=held.partnership_id)
    return held


@transaction.atomic
def publish_rule(*, by: Viewer, vote: PublicVote) -> PublicVote:
    """Lock the rule, the sum and the projects before anybody votes. Again changes nothing."""
    held = _own(by, vote)
    if held.published_at is not None:
        return held
    if held.projects.count() < 2:
        raise Refused("There are fewer than two projects: there is nothing to vote on.")
    held.published_at = clock.now()
    held.rule_hash = rule_hash(held)
    saved(held)
    record_event(by=by, verb=Verb.RULE_PUBLISHED, subject=held, partnership=held.partnership_id)
    return held


def count_ballots(*, by: Viewer, vote: PublicVote, papers: Papers) -> BallotBox:
    """Take in all ballots at once and count them by the published rule; once. Nobody waits while it counts."""
    require(by, Permission.RECORD_EVIDENCE, vote.partnership_id)
    held: PublicVote = PublicVote.objects.get(pk=vote.pk)
    _may_count(held)
    kinds = counted(papers, [one.code for one in held.projects.order_by("place")])
    return _kept(by, held, kinds, outcome_of(held, kinds))


@transaction.atomic
def _kept(by: Viewer, vote: PublicVote, kinds: Kinds, outcome: dict[str, Any]) -> BallotBox:
    held = _own(by, vote)
    _may_count(held)
    box = saved(
        BallotBox(
            partnership_id=held.partnership_id, vote=held, voters=kinds.voters, papers=kinds.as_data(),
            outcome=outcome, digest=kinds.digest,
        )
    )
    record_event(by=by, verb=Verb.COUNTED, subject=box, partnership=held.partnership_id)
    return box


def _may_count(vote: PublicVote) -> None:
    if vote.published_at is None:
        raise Refused("Publish the rule first: it must be known before anybody votes.")
    if BallotBox.objects.filter(vote=vote).exists():
        raise Refused("The ballots of this vote are counted. They cannot be counted a second time.")
    if vote.rule_hash != rule_hash(vote):
        raise Refused("The rule is not the one that was published. Ask who runs this service to find out why.")


def rule_hash(vote: PublicVote) -> str:
    """A mark of the rule, the sum and the projects: any change to them gives another."""
    projects = [[one.code, one.title, f"{one.cost:.2f}"] for one in vote.projects.order_by("place")]
    held = [vote.completion, f"{vote.budget:.2f}", f"{vote.step:.2f}", projects]
    return hashlib.sha256(json.dumps(held, ensure_ascii=False).encode()).hexdigest()


def _sound_vote(said: VoteSaid) -> None:
    least = (said.budget / FINEST).quantize(Decimal("0.01"), ROUND_UP)
    if said.step < least:
        raise Refused(
            f"Shares of £{said.budget:,.0f} raised by £{said.step:,.2f} at a time would take too long to count. "
            f"Raise them by £{least:,.2f} or more."
        )


def _own(by: Viewer, vote: PublicVote) -> PublicVote:
    require(by, Permission.RECORD_EVIDENCE, vote.partnership_id)
    held: PublicVote = PublicVote.objects.select_for_update().get(pk=vote.pk)
    return held


def _fill(vote: PublicVote, projects: Sequence[Project]) -> None:
    for place, one in enumerate(projects):
        if one.cost > vote.budget:
            raise Refused(f"{one.title} costs more than the whole sum, so it could never be funded. Take it off.")
        saved(VoteProject(partnership_id=vote.partnership_id, vote=vote, place=place, **asdict(one)))
