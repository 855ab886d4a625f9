"""What an agreement answers is said: needs and outcomes in their newest versions."""

from __future__ import annotations

from uuid import UUID

from django.db import models, transaction

from commonweal.agreements.answering import latest_need, latest_outcome
from commonweal.agreements.models import AgreementAnswers
from commonweal.core.actions.recording import record_event, saved
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.options.models import Agreement


class Verb(models.TextChoices):
    """The deeds of what is answered."""

    ANSWERED = "agreement.answered"


@transaction.atomic
def say_answers(
    *, by: Viewer, agreement: Agreement, needs: tuple[UUID, ...] = (), outcomes: tuple[UUID, ...] = ()
) -> None:
    """These, and no others; one that stays keeps the version it was said of."""
    require(by, Permission.RECORD_EVIDENCE, agreement.partnership_id)
    row: Agreement = Agreement.objects.select_for_update().get(pk=agreement.pk)
    there, wanted = row.partnership_id, {*needs, *outcomes}
    held = set()
    for link in AgreementAnswers.objects.filter(agreement=row, removed=False).select_related("need", "outcome"):
        version = link.need or link.outcome
        if version is not None and version.identity_id in wanted:
            held.add(version.identity_id)
            continue
        link.removed = True
        saved(link)
    for one in dict.fromkeys(needs):
        if one not in held:
            saved(AgreementAnswers(partnership_id=there, agreement=row, need=latest_need(by, there, one)))
    for one in dict.fromkeys(outcomes):
        if one not in held:
            saved(AgreementAnswers(partnership_id=there, agreement=row, outcome=latest_outcome(by, there, one)))
    record_event(by=by, verb=Verb.ANSWERED, subject=row, partnership=there)
