"""Say which award an agreement was made by, and which choice it carries out."""

from __future__ import annotations

from django.db import models, transaction

from commonweal.agreements.models import AgreementOrigin
from commonweal.core.actions.origin import origin_told
from commonweal.core.viewer import Viewer
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
    row: AgreementOrigin = origin_told(by=by, origin=AgreementOrigin, verb=Verb.TOLD, of={"agreement": agreement},
                                       earlier={"award": award, "choice": choice})
    return row
