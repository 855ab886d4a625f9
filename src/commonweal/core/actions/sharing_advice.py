"""A party records what its data protection officer advised on the impact of a version, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import models, transaction

from commonweal.core import clock
from commonweal.core.actions.recording import acting_organisation, person_of, record_event, saved
from commonweal.core.actions.sharing import standing_agreement
from commonweal.core.errors import Refused
from commonweal.core.models import ImpactAdvice, SharingAgreement
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require


class Verb(models.TextChoices):
    """The deeds of impact assessments."""

    ADVISED = "sharing.advice_recorded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Advised:
    """Who advised what and when, and whether it is accepted; with no `advice`, the `reason` there is none."""

    officer: str = ""
    given: date | None = None
    advice: str = ""
    accepted: bool = False
    reason: str = ""


@transaction.atomic
def record_advice(*, by: Viewer, agreement: SharingAgreement, number: int, advised: Advised) -> ImpactAdvice:
    """Kept for good beside the version that was read; a later record stands beside it, never over it."""
    require(by, Permission.AGREE, agreement.partnership_id)
    held = standing_agreement(by, agreement)
    version = held.versions.order_by("-number").first()
    if version is None or version.number != number:
        raise Refused(f"Version {held.next_number() - 1} was written meanwhile. Read it, then record the advice.")
    if advised.given and advised.given > clock.today():
        raise Refused("The advice cannot have been given after today. Check the date.")
    row = saved(ImpactAdvice(
        partnership_id=held.partnership_id, version=version, person=person_of(by),
        organisation=acting_organisation(by, held.partnership), officer=advised.officer.strip(),
        given=advised.given, advice=advised.advice.strip(), accepted=advised.accepted,
        reason=advised.reason.strip(),
    ))
    record_event(by=by, verb=Verb.ADVISED, subject=held, partnership=held.partnership_id, version=number)
    return row
