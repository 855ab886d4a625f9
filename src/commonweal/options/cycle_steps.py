"""How the options stage's step of the cycle stands for a partnership."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from commonweal.core.cycle import Standing, cycle_step
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer
from commonweal.options.models import Appraisal


@cycle_step("options")
def options(viewer: Viewer, partnership: UUID) -> Standing:
    """How many questions are asked, and how many decided."""
    if not viewer.may(Permission.VIEW_EVIDENCE, partnership):
        return Standing("For those who see evidence", "waiting")
    href = reverse("options:appraisals", args=[partnership])
    rows = Appraisal.objects.visible_to(viewer, Purpose.PLANNING).filter(partnership=partnership)
    asked = rows.count()
    if not asked:
        return Standing("Not started", "blue", href)
    decided = rows.filter(choice__isnull=False).count()
    return Standing(f"{decided} of {asked} decided", "yellow", href)
