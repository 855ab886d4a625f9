"""Say which award an agreement was made by, and which choice it carries out."""

from __future__ import annotations

from django.db import models, transaction

from commonweal.agreements.models import AgreementOrigin
from commonweal.core.actions.recording import record_event, saved
from commonweal.core.errors import Refused
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.options.models import Agreement, ChoiceVersion
from commonweal.procurement.models import Award


class Verb(models.TextChoices):
    """The deed."""

    TOLD = "agreement.origin_told"


@transaction.atomic
def tell_origin(
    *, by: Viewer, agreement: Agreement, award: Award | None, choice: ChoiceVersion | None
) -> AgreementOrigin:
    """Either, both, or neither any more."""
    require(by, Permission.RECORD_EVIDENCE, agreement.partnership_id)
    if any(one is not None and one.partnership_id != agreement.partnership_id for one in (award, choice)):
        raise Refused("That belongs to another partnership.")
    row, _ = AgreementOrigin.objects.select_for_update().get_or_create(
        agreement=agreement, defaults={"partnership_id": agreement.partnership_id})
    row.award, row.choice = award, choice
    saved(row)
    record_event(by=by, verb=Verb.TOLD, subject=row, partnership=row.partnership_id)
    return row
