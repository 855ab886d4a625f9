"""Baselines and targets of outcomes are set, and superseded; never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import models, transaction

from commonweal.core import clock
from commonweal.core.actions.recording import acting_person, record_event, saved
from commonweal.core.errors import Refused
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.priorities.models import Outcome, OutcomeState, OutcomeTarget, TrajectoryPoint

LONGEST = 30  # years


class Verb(models.TextChoices):
    """The deeds of targets."""

    SET = "outcome.target_set"


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetSaid:
    """A measure with where it is and where it should be; without a baseline there is no trajectory."""

    place: str
    unit: str
    target: Decimal
    target_on: date
    indicator: str = ""
    own_measure: str = ""
    baseline: Decimal | None = None
    baseline_on: date | None = None
    baseline_source: str = ""
    minimum_change: Decimal | None = None


@transaction.atomic
def set_target(
    *, by: Viewer, outcome: Outcome, said: TargetSaid, supersedes: OutcomeTarget | None = None
) -> OutcomeTarget:
    """A baseline and target for an outcome, with an even path between them, or anew over an earlier one."""
    require(by, Permission.RECORD_EVIDENCE, outcome.partnership_id)
    held: Outcome = Outcome.objects.select_for_update().get(pk=outcome.pk)
    _sound(held, said, supersedes)
    made = saved(OutcomeTarget(
        partnership_id=held.partnership_id, outcome=held, supersedes=supersedes, set_by=acting_person(by),
        **{name: getattr(said, name) for name in TargetSaid.__dataclass_fields__},
    ))
    for on, value in even_path(said):
        saved(TrajectoryPoint(partnership_id=held.partnership_id, target=made, on=on, value=value))
    record_event(by=by, verb=Verb.SET, subject=made, partnership=held.partnership_id)
    return made


def even_path(said: TargetSaid) -> tuple[tuple[date, Decimal], ...]:
    """The same step each year: the days a whole number of years before the target, and the target itself."""
    if said.baseline is None or said.baseline_on is None:
        return ()
    days = [said.target_on]
    while (earlier := _years_before(said.target_on, len(days))) > said.baseline_on:
        days.append(earlier)
    whole = (said.target_on - said.baseline_on).days
    change = said.target - said.baseline
    return tuple(
        (day, (said.baseline + change * (day - said.baseline_on).days / whole).quantize(Decimal("0.0001")))
        for day in reversed(days)
    )


def _years_before(day: date, years: int) -> date:
    """The same day so many years earlier; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _sound(outcome: Outcome, said: TargetSaid, supersedes: OutcomeTarget | None) -> None:
    if outcome.state == OutcomeState.WITHDRAWN:
        raise Refused("This outcome was withdrawn, so it takes no target.")
    if supersedes is not None and supersedes.outcome_id != outcome.pk:
        raise Refused("That target is another outcome's.")
    if supersedes is not None and OutcomeTarget.objects.filter(supersedes=supersedes).exists():
        raise Refused("Somebody set this target anew meanwhile. Read theirs, then set yours over it.")
    if said.target_on.year > clock.today().year + LONGEST:
        raise Refused(f"The target's day is more than {LONGEST} years away. Give an earlier one.")
    if said.baseline_on is not None and said.baseline_on > clock.today():
        raise Refused("The baseline's day is in the future. Give the day it was measured.")
    if said.baseline_on is not None and said.baseline_on.year < clock.today().year - LONGEST:
        raise Refused(f"The baseline is more than {LONGEST} years old. Take a newer one.")
    if said.baseline is not None and said.baseline == said.target:
        raise Refused("The target is the baseline itself. Say how far it should move.")
