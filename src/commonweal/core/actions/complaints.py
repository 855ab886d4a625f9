"""Somebody complains about how personal data was handled; it is acknowledged, looked into and answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import models, transaction

from commonweal.core import clock
from commonweal.core.actions.recording import acting_person, record_event, saved
from commonweal.core.errors import NotFound, Refused
from commonweal.core.models import OUTCOMES, Complaint, ComplaintStep, ComplaintStepKind, Partnership
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # nothing that is misread on paper
KEPT = timedelta(days=3 * 365)


class Verb(models.TextChoices):
    """The deeds of complaints."""

    MADE = "complaint.made"
    STEP = "complaint.step"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grievance:
    """What is complained of, and how to answer; a name is not needed, a way to answer is."""

    words: str
    reach: str
    name: str = ""
    partnership: Partnership | None = None


@transaction.atomic
def complain(*, by: Viewer, grievance: Grievance) -> Complaint:
    """Anybody may, without an account."""
    if not grievance.words.strip():
        raise Refused("Say what went wrong")
    if not grievance.reach.strip():
        raise Refused("Say how we can answer you: an e-mail address, a telephone number or a postal address")
    row = Complaint(
        partnership=grievance.partnership, name=grievance.name.strip(), reach=grievance.reach.strip(),
        words=grievance.words.strip(),
    )
    row.reference = _reference(row.pk.int)
    saved(row)
    record_event(by=by, verb=Verb.MADE, subject=row, partnership=row.partnership_id)
    return row


def _reference(number: int) -> str:
    """Eight letters of its id, to be read out; it opens nothing."""
    letters = ""
    for _ in range(8):
        number, at = divmod(number, len(LETTERS))
        letters += LETTERS[at]
    return f"DP-{letters}"


@transaction.atomic
def take_step(*, by: Viewer, complaint: Complaint, kind: str, day: date, words: str) -> ComplaintStep:
    """What was done, on which day; an outcome settles it, and comes after it was acknowledged."""
    row = Complaint.objects.select_for_update(of=("self",)).filter(pk=complaint.pk).first()
    if row is None:
        raise NotFound("There is no such complaint any more.")
    require_handling(by, row)
    if row.settled:
        raise Refused("Its outcome was told already.")
    if not row.received <= day <= clock.today():
        raise Refused("The day lies between the day it came and today.")
    if kind in OUTCOMES and not row.steps.filter(kind=ComplaintStepKind.ACKNOWLEDGED).exists():
        raise Refused("Acknowledge it first: the law asks for both.")
    if kind != ComplaintStepKind.ACKNOWLEDGED and not words.strip():
        raise Refused("Say what was found or told")
    step = saved(ComplaintStep(complaint=row, kind=kind, day=day, words=words.strip(), by=acting_person(by)))
    if kind in OUTCOMES:
        Complaint.objects.filter(pk=row.pk).update(settled=day)
    record_event(by=by, verb=Verb.STEP, subject=row, partnership=row.partnership_id)
    return step


def require_handling(by: Viewer, row: Complaint) -> None:
    """Administrators of the partnership it is about; staff where it is about none."""
    if row.partnership_id is None:
        require(by, Permission.ERASE_PERSON)
    elif row.partnership_id not in by.partnerships():
        raise NotFound("There is no such complaint.")
    else:
        require(by, Permission.MANAGE_PARTNERSHIP, row.partnership_id)


def old_complaints() -> Any:
    """Those whose outcome was told three years ago and that still say who it was."""
    return Complaint.objects.filter(settled__lt=clock.today() - KEPT, erased_at=None)


def let_complainants_go() -> int:
    """Who it was and what they wrote goes; that there was one, its days and its outcome stay counted."""
    due = list(old_complaints()[:500])
    for row in due:
        row.steps.update(words="")
        Complaint.objects.filter(pk=row.pk).update(name="", reach="", words="Taken out", erased_at=clock.now())
    return len(due)
