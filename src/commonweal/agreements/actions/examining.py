"""Partners examine an old agreement: tell the change, choose what to do, and follow the plan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from django.db import models, transaction

from commonweal.agreements.models import AgreementDay, DayKind, Examination, PlanStep
from commonweal.core import clock
from commonweal.core.actions.recording import record_event, saved
from commonweal.core.errors import Refused
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.options.models import Agreement
from commonweal.policy.changing import Way, change_questions, ways

LARGEST = Decimal(100_000)


class Verb(models.TextChoices):
    """The deeds of examining."""

    TOLD = "examination.told"
    CHOSEN = "examination.chosen"
    DONE = "examination.step"


@transaction.atomic
def tell_change(
    *, by: Viewer, agreement: Agreement, change: str, told: Mapping[str, bool | Decimal | None]
) -> Examination:
    """What change is thought of, and what the law turns on; what is untold stays untold."""
    row = _held(by, agreement)
    kinds = {one.key: one.kind for one in change_questions()}
    strange = sorted(set(told) - set(kinds))
    if strange:
        raise Refused(f"“{strange[0]}” is not one of the questions.")
    row.change, row.told = change.strip(), {}
    for key, value in told.items():
        if value is None:
            continue
        if (kinds[key] == "flag") != isinstance(value, bool):
            raise Refused("Answer yes or no, or give a number of per cent.")
        if not isinstance(value, bool) and abs(value) > LARGEST:
            raise Refused("A share in per cent is a number such as 10 or 25.")
        row.told[key] = value if isinstance(value, bool) else str(value)
    saved(row)
    record_event(by=by, verb=Verb.TOLD, subject=row, partnership=row.partnership_id)
    return row


@transaction.atomic
def choose_way(
    *, by: Viewer, agreement: Agreement, way: str, because: str, turns_on: date | None = None
) -> Examination:
    """Keep, vary, renegotiate or let lapse, for a reason, with a dated plan; a plan made before gives way."""
    row = _held(by, agreement)
    found = next((one for one in ways() if one.key == way), None)
    if found is None:
        raise Refused("Choose what to do with it.")
    if not because.strip():
        raise Refused("Say why, so that whoever looks next can follow it.")
    row.way, row.because, row.decided_on = way, because.strip(), clock.today()
    row.turns_on = _turning(row.agreement, found, turns_on)
    saved(row)
    row.steps.all().delete()
    for at, (words, due) in enumerate(_planned(found, row.decided_on, row.turns_on), start=1):
        saved(PlanStep(partnership_id=row.partnership_id, examination=row, position=at, words=words, due_on=due))
    record_event(by=by, verb=Verb.CHOSEN, subject=row, partnership=row.partnership_id)
    return row


@transaction.atomic
def do_step(*, by: Viewer, step: PlanStep) -> PlanStep:
    """It is done, or after all not."""
    require(by, Permission.RECORD_EVIDENCE, step.partnership_id)
    row: PlanStep = PlanStep.objects.select_for_update().get(pk=step.pk)
    row.done_on = None if row.done_on else clock.today()
    saved(row)
    record_event(by=by, verb=Verb.DONE, subject=row, partnership=row.partnership_id)
    return row


def _held(by: Viewer, agreement: Agreement) -> Examination:
    require(by, Permission.RECORD_EVIDENCE, agreement.partnership_id)
    there: Agreement = Agreement.objects.select_for_update().get(pk=agreement.pk)
    held: Examination | None = Examination.objects.filter(agreement=there).first()
    return held or Examination(partnership_id=there.partnership_id, agreement=there)


def _turning(agreement: Agreement, way: Way, asked: date | None) -> date | None:
    """The day the plan works towards: one that the agreement has, not before today."""
    if not way.anchored:
        return None
    days = set(AgreementDay.objects.filter(agreement=agreement, kind=DayKind.BREAK).values_list("day", flat=True))
    if agreement.ends:
        days.add(agreement.ends)
    if not days:
        raise Refused("It has neither an end nor a break. Enter the day on which it can be broken first.")
    day = asked or min((one for one in days if one >= clock.today()), default=None)
    if day is None or day not in days or day < clock.today():
        raise Refused("Choose its end or one of its breaks that is still to come.")
    return day


def _planned(way: Way, today: date, turns_on: date | None) -> list[tuple[str, date]]:
    """Each step with its day; one whose day has gone is due at once."""
    found = []
    for one in way.steps:
        if one.after is not None:
            day = today + timedelta(days=one.after)
        else:
            assert turns_on is not None
            day = turns_on - timedelta(days=one.before or 0)
        found.append((one.words, max(day, today)))
    return found
