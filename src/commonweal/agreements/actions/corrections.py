"""What an agreement's terms say is put right: what stood before is kept, but for people's own details."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django.db import models, transaction

from commonweal.agreements.actions.terms import LONGEST_REMINDER, RiskSaid
from commonweal.agreements.models import AgreementContact, AgreementDay, RiskShare, RiskYear
from commonweal.core.actions.recording import record_event, saved
from commonweal.core.errors import Refused
from commonweal.core.models import PartnershipRecord
from commonweal.core.money import check_year
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require

Term = TypeVar("Term", bound=PartnershipRecord)


class Verb(models.TextChoices):
    """The deeds of corrections."""

    CORRECTED = "agreement.term_corrected"


@transaction.atomic
def correct_contact(
    *, by: Viewer, contact: AgreementContact, party: str, name: str, job: str = "", email: str = "",
    phone: str = "",
) -> AgreementContact:
    """Somebody to ring, put right. What stood before is not kept: a person's details go where they are wrong."""
    said = {"party": party, "name": name, "job": job, "email": email, "phone": phone}
    return _corrected(by, contact, **{field: words.strip() for field, words in said.items()})


@transaction.atomic
def correct_risk(*, by: Viewer, share: RiskShare, said: RiskSaid) -> RiskShare:
    """Who bears a risk, put right; what was said before stays readable beside it."""
    given = asdict(said)
    return _corrected(by, share, **{**given, "title": said.title.strip(), "source": said.source.strip()})


@transaction.atomic
def correct_year(
    *, by: Viewer, of: RiskYear, year: str, planned: Decimal, actual: Decimal, source: str
) -> RiskYear:
    """A year of an open book, put right."""
    require(by, Permission.RECORD_EVIDENCE, of.partnership_id)
    try:
        check_year(year)
    except ValueError as wrong:
        raise Refused(f"{str(wrong).capitalize()}.") from wrong
    return _corrected(by, of, year=year, planned=planned, actual=actual, source=source.strip())


@transaction.atomic
def correct_day(
    *, by: Viewer, of: AgreementDay, kind: str, day: date, words: str = "", ahead: int = 120
) -> AgreementDay:
    """A day to watch, put right."""
    require(by, Permission.RECORD_EVIDENCE, of.partnership_id)
    if not 1 <= ahead <= LONGEST_REMINDER:
        raise Refused(f"It may wait for you from 1 to {LONGEST_REMINDER} days before.")
    return _corrected(by, of, kind=kind, day=day, words=words.strip(), ahead=ahead)


def _corrected(by: Viewer, term: Term, **said: object) -> Term:
    require(by, Permission.RECORD_EVIDENCE, term.partnership_id)
    kind: Any = type(term)
    row: Term = kind.objects.select_for_update(of=("self",)).get(pk=term.pk)
    if all(getattr(row, field) == value for field, value in said.items()):
        return row
    for field, value in said.items():
        setattr(row, field, value)
    saved(row)
    record_event(by=by, verb=Verb.CORRECTED, subject=row, partnership=row.partnership_id)
    return row
