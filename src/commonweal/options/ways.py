"""The money pages' way on from a partnership's home."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from commonweal.core.home_links import HomeLink, home_links
from commonweal.core.viewer import Viewer


@home_links("options-money")
def money(_viewer: Viewer, partnership: UUID) -> tuple[HomeLink, ...]:
    """Money, risk, size, budgets, votes and bids."""
    return (HomeLink("working", "Money and risk", reverse("options:money", args=[partnership])),)
