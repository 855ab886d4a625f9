"""The options stage's ways on from a partnership's home."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from commonweal.core.home_links import HomeLink, home_links
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer


@home_links("options-money")
def money(_viewer: Viewer, partnership: UUID) -> tuple[HomeLink, ...]:
    """Money, risk, size, budgets, votes and bids."""
    return (HomeLink("choosing", "Money and risk", reverse("options:money", args=[partnership])),)


@home_links("options-appraisals")
def appraisals(viewer: Viewer, partnership: UUID) -> tuple[HomeLink, ...]:
    """Options, for whoever sees the evidence."""
    if not viewer.may(Permission.VIEW_EVIDENCE, partnership):
        return ()
    href = reverse("options:appraisals", args=[partnership])
    return (HomeLink("choosing", "Options: who could run it, and how", href),)
