"""Say which choice and which decision a commission carries out."""

from __future__ import annotations

from django.db import models, transaction

from commonweal.core.actions.origin import origin_told
from commonweal.core.viewer import Viewer
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
    row: CommissionOrigin = origin_told(by=by, origin=CommissionOrigin, verb=Verb.TOLD, of={
        "commission": commission}, earlier={"choice": choice, "decision": decision})
    return row
