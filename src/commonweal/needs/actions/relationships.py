"""Somebody is named to keep in touch; contacts are logged in a line, taken back, followed up, let go in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models, transaction

from commonweal.core import clock
from commonweal.core.actions.recording import in_turn, record_event, saved
from commonweal.core.errors import NotAllowed, Refused
from commonweal.core.models import Partnership, Person
from commonweal.core.permissions import Permission
from commonweal.core.viewer import SYSTEM, Viewer, require
from commonweal.needs.contacts_content import kept_months
from commonweal.needs.models import ContactLine, Relationship
from commonweal.needs.queries.relationships import ContactCard, contact_for, keeper_choices


class Verb(models.TextChoices):
    """The deeds of keeping in touch."""

    NAMED = "contact.named"
    LOGGED = "contact.logged"
    TAKEN_BACK = "contact.taken_back"
    STEP_DONE = "contact.step_done"
    LET_GO = "contact.lines_let_go"


@dataclass(frozen=True, slots=True)
class Keeping:
    """Who keeps in touch, how often, and whom they speak to there."""

    keeper: UUID
    every_weeks: int
    speaks_to: str = ""


@dataclass(frozen=True, slots=True)
class Spoken:
    """One contact."""

    with_whom: str
    said: str
    day: date
    next_step: str = ""
    next_by: date | None = None


@transaction.atomic
def name_contact(*, by: Viewer, partnership: Partnership, key: str, keeping: Keeping) -> Relationship:
    """Name who keeps in touch with an organisation or an area; naming somebody else starts their time anew."""
    require(by, Permission.RECORD_EVIDENCE, partnership.pk)
    subject = contact_for(by, partnership.pk, key)
    choices = dict(keeper_choices(by, partnership.pk, subject.key))
    if str(keeping.keeper) not in choices:
        raise Refused(
            "Choose somebody who works on this partnership for another organisation than the one they keep in "
            "touch with."
        )
    row = _row(partnership, subject)
    if row.keeper_id != keeping.keeper:
        row.keeper_id, row.kept_since = keeping.keeper, clock.today()
    row.every_weeks, row.speaks_to = keeping.every_weeks, keeping.speaks_to.strip()
    saved(row)
    record_event(by=by, verb=Verb.NAMED, subject=row, partnership=partnership.pk)
    return row


@transaction.atomic
def log_contact(*, by: Viewer, relationship: Relationship, spoken: Spoken) -> ContactLine:
    """Write down that somebody was spoken with; the same again is the same line."""
    require(by, Permission.RECORD_EVIDENCE, relationship.partnership_id)
    if by.person is None:
        raise Refused("Only a person can log a contact.")
    if spoken.day > clock.today():
        raise Refused("The date of a contact is today or earlier. Put a date to come under the next step.")
    if spoken.day < months_before(clock.today(), kept_months()):
        raise Refused(f"Lines are kept for {kept_months()} months, and this contact was before that.")
    if spoken.next_by and not spoken.next_step.strip():
        raise Refused("Say what the next step is, or leave its date empty.")
    in_turn(relationship.partnership)
    told: dict[str, Any] = {
        "relationship": relationship, "by": Person.objects.get(pk=by.person), "day": spoken.day,
        "with_whom": spoken.with_whom.strip(), "said": spoken.said.strip(), "next_step": spoken.next_step.strip(),
        "next_by": spoken.next_by,
    }
    same: ContactLine | None = ContactLine.objects.filter(**told).first()
    if same is not None:
        return same
    line = saved(ContactLine(partnership_id=relationship.partnership_id, **told))
    record_event(by=by, verb=Verb.LOGGED, subject=line, partnership=line.partnership_id)
    return line


@transaction.atomic
def take_line_back(*, by: Viewer, line: ContactLine) -> None:
    """Delete a line: whoever wrote it, or an administrator."""
    require(by, Permission.RECORD_EVIDENCE, line.partnership_id)
    if line.by_id != by.person and not by.may(Permission.MANAGE_PARTNERSHIP, line.partnership_id):
        raise NotAllowed("Only whoever wrote a line, or an administrator, takes it back.")
    record_event(by=by, verb=Verb.TAKEN_BACK, subject=line, partnership=line.partnership_id)
    line.delete()


@transaction.atomic
def finish_next_step(*, by: Viewer, line: ContactLine) -> None:
    """The next step is done."""
    require(by, Permission.RECORD_EVIDENCE, line.partnership_id)
    if not line.next_step:
        raise Refused("This contact has no next step.")
    if line.next_done is None:
        line.next_done = clock.today()
        saved(line)
        record_event(by=by, verb=Verb.STEP_DONE, subject=line, partnership=line.partnership_id)


@transaction.atomic
def let_old_lines_go() -> int:
    """Delete the lines that are past their time, in every partnership; how many went."""
    old = old_lines()
    partnerships = Partnership.objects.filter(pk__in=old.values("partnership"))
    for partnership in partnerships:
        record_event(by=SYSTEM, verb=Verb.LET_GO, subject=partnership, partnership=partnership.pk)
    return int(old.delete()[0])


def old_lines() -> Any:
    """Those past the months that the page names."""
    return ContactLine.objects.filter(day__lt=months_before(clock.today(), kept_months()))


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last of that month."""
    at = day.year * 12 + day.month - 1 - months
    year, month = divmod(at, 12)
    for number in range(day.day, 27, -1):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    return date(year, month + 1, min(day.day, 28))


def _row(partnership: Partnership, subject: ContactCard) -> Relationship:
    """The relationship as it is, locked, or a new one."""
    own = {"organisation": UUID(subject.key)} if subject.kind == "organisation" else {"area_code": subject.key}
    held: Relationship | None = Relationship.objects.select_for_update().filter(
        partnership=partnership, **own
    ).first()
    if held is not None:
        return held
    if subject.kind == "organisation":
        return Relationship(partnership=partnership, organisation_id=UUID(subject.key))
    return Relationship(partnership=partnership, area_code=subject.key, area_name=subject.name)
