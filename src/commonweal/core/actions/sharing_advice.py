"""A party records what its data protection officer advised on the impact of a version, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models, transaction

from commonweal.core import clock
from commonweal.core.actions.recording import acting_organisation, person_of, record_event, saved
from commonweal.core.actions.sharing import standing_agreement
from commonweal.core.errors import Refused
from commonweal.core.models import ImpactAdvice, Partnership, ProcessingAdvice, SharingAgreement
from commonweal.core.permissions import Permission
from commonweal.core.queries.processing import schema_mark
from commonweal.core.viewer import Viewer, require


class Verb(models.TextChoices):
    """The deeds of impact assessments."""

    ADVISED = "sharing.advice_recorded"
    ADVISED_ON_PROCESSING = "partnership.processing_advice_recorded"


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
    row = saved(ImpactAdvice(version=version, **_told(by, held.partnership, advised)))
    record_event(by=by, verb=Verb.ADVISED, subject=held, partnership=held.partnership_id, version=number)
    return row


@transaction.atomic
def record_processing_advice(
    *, by: Viewer, partnership: Partnership, mark: str, advised: Advised
) -> ProcessingAdvice:
    """On the record of processing and the draft made from it, as they are now; kept for good."""
    require(by, Permission.MANAGE_PARTNERSHIP, partnership.pk)
    if mark != schema_mark():
        raise Refused("What is told about personal data has changed meanwhile. Read it, then record the advice.")
    row = saved(ProcessingAdvice(mark=mark, **_told(by, partnership, advised)))
    record_event(by=by, verb=Verb.ADVISED_ON_PROCESSING, subject=row, partnership=partnership.pk)
    return row


def _told(by: Viewer, partnership: Partnership, advised: Advised) -> dict[str, Any]:
    if advised.given and advised.given > clock.today():
        raise Refused("The advice cannot have been given after today. Check the date.")
    return {
        "partnership": partnership, "person": person_of(by), "organisation": acting_organisation(by, partnership),
        "officer": advised.officer.strip(), "given": advised.given, "advice": advised.advice.strip(),
        "accepted": advised.accepted, "reason": advised.reason.strip(),
    }
