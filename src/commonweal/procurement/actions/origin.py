"""Say which choice and which decision a commission carries out."""

from __future__ import annotations

from django.db import models, transaction

from commonweal.core.actions.recording import record_event, saved
from commonweal.core.errors import Refused
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.options.models import ChoiceVersion
from commonweal.priorities.models import DecisionVersion
from commonweal.procurement.models import Commission, CommissionOrigin


class Verb(models.TextChoices):
    """The deed."""

    TOLD = "commission.origin_told"


@transaction.atomic
def tell_origin(
    *, by: Viewer, commission: Commission, choice: ChoiceVersion | None, decision: DecisionVersion | None
) -> CommissionOrigin:
    """Either, both, or neither any more."""
    require(by, Permission.RECORD_EVIDENCE, commission.partnership_id)
    if any(one is not None and one.partnership_id != commission.partnership_id for one in (choice, decision)):
        raise Refused("That was decided by another partnership.")
    row, _ = CommissionOrigin.objects.select_for_update().get_or_create(
        commission=commission, defaults={"partnership_id": commission.partnership_id})
    row.choice, row.decision = choice, decision
    saved(row)
    record_event(by=by, verb=Verb.TOLD, subject=row, partnership=row.partnership_id)
    return row
