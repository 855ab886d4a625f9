"""Where an agreement came from, and what it could have come from."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from commonweal.agreements.models import AgreementOrigin
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer
from commonweal.options.models import Agreement
from commonweal.procurement.models import Award
from commonweal.procurement.queries.origin import Led, told_choice


def awards_in(viewer: Viewer, partnership: UUID) -> dict[UUID, Award]:
    """Every award of the partnership, newest first."""
    rows = Award.objects.visible_to(viewer, Purpose.PROCUREMENT).filter(partnership=partnership)
    return {row.pk: row for row in rows.order_by("-decided_on", "id")}


def came_from(viewer: Viewer, partnership: UUID, agreement: UUID) -> tuple[Led, ...]:
    """The award and the choice, as far as the viewer may see them."""
    row = AgreementOrigin.objects.visible_to(viewer, Purpose.PLANNING).filter(
        partnership=partnership, agreement=agreement).select_related(
            "award", "choice__option", "choice__identity").first()
    if row is None:
        return ()
    awarded = (Led("the award", f"{row.award.title} ({row.award.reference})", reverse(
        "procurement:awards", args=[partnership, row.award.commission_id])),) if row.award else ()
    return (*awarded, *((told_choice(row.choice),) if row.choice else ()))


def origin_as_said(agreement: Agreement) -> dict[str, str]:
    """What was said before, as the form asks it."""
    row = AgreementOrigin.objects.filter(agreement=agreement).select_related("choice").first()
    if row is None:
        return {}
    return {"award": str(row.award_id or ""), "choice": str(row.choice.identity_id) if row.choice else ""}
