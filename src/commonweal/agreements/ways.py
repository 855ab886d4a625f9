"""The agreements stage's ways on from a partnership's home."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from commonweal.core.home_links import HomeLink, home_links
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer


@home_links("agreements-register")
def register(viewer: Viewer, partnership: UUID) -> tuple[HomeLink, ...]:
    """The register, for whoever sees the evidence."""
    rewards = HomeLink("buying", "Rewards shared by a rule", reverse("agreements:rewards", args=[partnership]))
    if not viewer.may(Permission.VIEW_EVIDENCE, partnership):
        return (rewards,)
    return (HomeLink("buying", "Agreements in force", reverse("agreements:register", args=[partnership])),
            HomeLink("buying", "Who is paid by whom", reverse("agreements:money-map", args=[partnership])),
            HomeLink("buying", "Buy and run together", reverse("agreements:together", args=[partnership])))
