"""Options are scored on agreed ends, and each group gives its weights."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db import models, transaction

from commonweal.core import clock
from commonweal.core.actions.recording import acting_organisation, acting_person, record_event, saved
from commonweal.core.errors import NotAllowed, NotFound, Refused
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.options.actions.appraisal import CHOSEN, impersonal, own
from commonweal.options.actions.grounds import rest_on
from commonweal.options.grounds import Ref
from commonweal.options.models import (
    Appraisal,
    ContractCase,
    Costing,
    Criterion,
    MoneySheet,
    Option,
    Score,
    Sift,
    StakeholderGroup,
    WeightSet,
)

MOST_GROUPS = 8
TOP = 100


class Verb(models.TextChoices):
    """The deeds of judging options."""

    SCORED = "appraisal.scored"
    GROUP_ADDED = "appraisal.group-added"
    WEIGHED = "appraisal.weighed"
    MONEY_TIED = "appraisal.money-tied"


@dataclass(frozen=True, slots=True)
class ScoreSaid:
    """How an option does on one criterion, in its unit, and what that rests on: a note, what is there, or both."""

    criterion: UUID
    low: Decimal
    likely: Decimal
    high: Decimal
    evidence: str = ""
    grounds: tuple[Ref, ...] | None = None      # what it points to; None leaves it as it was


@dataclass(frozen=True, slots=True)
class PointsSaid:
    """What the swing of one criterion is worth to a group, from 0 to 100, and by how much that may be off."""

    criterion: UUID
    points: float
    give: float = 0.0


@transaction.atomic
def score_option(*, by: Viewer, option: Option, scores: tuple[ScoreSaid, ...]) -> None:
    """What is known of an option; what is left out stays as it was."""
    held = own(by, option.appraisal)
    if held.ends_agreed_at is None:
        raise Refused("Agree the ends of the scales first. Scores come after.")
    if option.sift != Sift.KEPT:
        raise Refused("Only options on the short list are scored.")
    if not scores:
        raise Refused("Give at least one score.")
    criteria = {row.pk: row for row in held.criteria.all()}
    there = {row.criterion_id: row for row in option.scores.all()}
    for one in scores:
        criterion = criteria.get(one.criterion)
        if criterion is None:
            raise NotFound("One of these criteria is not there any more. Look again.")
        _score(by, option, criterion, one, there.get(one.criterion))
    record_event(by=by, verb=Verb.SCORED, subject=option, partnership=held.partnership_id)


@transaction.atomic
def add_group(*, by: Viewer, appraisal: Appraisal, title: str, took_part: str) -> StakeholderGroup:
    """Name people whose weights count as one."""
    held = own(by, appraisal)
    impersonal(title, took_part)
    if held.groups.count() >= MOST_GROUPS:
        raise Refused(f"{MOST_GROUPS} groups at most, so that each can be seen.")
    last = held.groups.aggregate(top=models.Max("position"))["top"] or 0
    made = saved(StakeholderGroup(partnership_id=held.partnership_id, appraisal=held, position=last + 1,
                                  title=title.strip(), took_part=took_part.strip()))
    record_event(by=by, verb=Verb.GROUP_ADDED, subject=made, partnership=held.partnership_id)
    return made


@transaction.atomic
def give_group_weights(
    *, by: Viewer, group: StakeholderGroup, points: tuple[PointsSaid, ...], reason: str
) -> WeightSet:
    """What each swing is worth to a group; a later one supersedes it."""
    there = group.partnership_id
    require(by, Permission.VIEW_EVIDENCE, there)
    if not (by.may(Permission.RECORD_EVIDENCE, there) or by.may(Permission.DECIDE, there)):
        raise NotAllowed("Weights are given by those who record evidence or decide.")
    held: Appraisal = Appraisal.objects.select_for_update().get(pk=group.appraisal_id)
    if hasattr(held, "choice"):
        raise Refused(CHOSEN)
    if held.ends_agreed_at is None:
        raise Refused("Agree the ends of the scales first: a weight is what going from end to end is worth.")
    if {one.criterion for one in points} != set(held.criteria.values_list("pk", flat=True)):
        raise Refused("Give every criterion its points; 0 where it counts for nothing.")
    if not all(0 <= one.points <= TOP and 0 <= one.give <= TOP for one in points):
        raise Refused("Points are from 0 to 100, and so is by how much they may be off.")
    if sum(one.points for one in points) <= 0:
        raise Refused("The weights sum to nothing. Give at least one criterion a weight above 0.")
    if not reason.strip():
        raise Refused("Say in a few words what the weights rest on.")
    impersonal(reason)
    made = saved(WeightSet(
        partnership_id=there, group=group, reason=reason.strip(), given_by=acting_person(by),
        points={str(one.criterion): [one.points, one.give] for one in points},
        organisation=acting_organisation(by, group.partnership),
    ))
    record_event(by=by, verb=Verb.WEIGHED, subject=group, partnership=there)
    return made


@transaction.atomic
def tie_money(
    *, by: Viewer, appraisal: Appraisal, sheet: MoneySheet | None, costings: dict[UUID, UUID],
    cases: dict[UUID, UUID],
) -> None:
    """Say which sheet in pounds stands beside, and which of its options and contracts is which."""
    held = own(by, appraisal)
    options = {row.pk: row for row in held.options.all()}
    Costing.objects.filter(option__appraisal=held).update(option=None)
    ContractCase.objects.filter(option__appraisal=held).update(option=None)
    if sheet is not None and sheet.partnership_id != held.partnership_id:
        raise NotFound("There is no such sheet here.")
    held.sheet = sheet
    saved(held)
    rows = Costing.objects.filter(sheet=sheet) if sheet is not None else Costing.objects.none()
    _tie({row.pk: row for row in rows}, costings, options)
    found = ContractCase.objects.filter(partnership=held.partnership_id, pk__in=cases.values())
    _tie({row.pk: row for row in found}, cases, options)
    record_event(by=by, verb=Verb.MONEY_TIED, subject=held, partnership=held.partnership_id)


def _tie(rows: dict[UUID, Costing] | dict[UUID, ContractCase], told: dict[UUID, UUID],
         options: dict[UUID, Option]) -> None:
    if len(set(told.values())) != len(told):
        raise Refused("Two options have the same money. Each has its own.")
    for option, pk in told.items():
        row = rows.get(pk)
        if row is None or option not in options:
            raise NotFound("One of these is not there any more. Look again.")
        row.option = options[option]
        saved(row)


def _score(by: Viewer, option: Option, criterion: Criterion, said: ScoreSaid, row: Score | None) -> None:
    impersonal(said.evidence)
    name = f"{option.title}, {criterion.title}"
    low, high = sorted((criterion.worst, criterion.best))
    if not low <= said.low <= said.high <= high:
        raise Refused(f"{name}: give scores from {low.normalize():f} to {high.normalize():f}, the least first. If "
                      "it truly lies outside, agree the ends anew and ask for the weights again.")
    if not (said.evidence.strip() or said.grounds or (row is not None and _points(row) and said.grounds is None)):
        raise Refused(f"{name}: point to what the score rests on, or say it.")
    made = row or Score(partnership_id=option.partnership_id, option=option, criterion=criterion)
    made.low, made.likely, made.high, made.evidence = said.low, said.likely, said.high, said.evidence.strip()
    made.given_by, made.organisation = acting_person(by), acting_organisation(by, option.partnership)
    made.given_at = clock.now()
    saved(made)
    if said.grounds is not None:
        rest_on(by=by, score=made, refs=said.grounds)


def _points(row: Score) -> bool:
    return bool(row.grounds.exists())
