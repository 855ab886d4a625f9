"""The ways from a partnership's home to those who could do what is needed."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from commonweal.core.home_links import HomeLink, home_links
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer


@home_links("providers")
def directory(viewer: Viewer, partnership: UUID) -> tuple[HomeLink, ...]:
    """Who there is, and one's own entry."""
    links = [HomeLink("people", "Who there is: the directory", reverse("providers:here", args=[partnership]))]
    if viewer.organisation_in(partnership) and viewer.may(Permission.BRING_EVIDENCE, partnership):
        links.append(HomeLink("yours", "What we can do", reverse("providers:profile", args=[partnership])))
        links.append(HomeLink("yours", "What we applied for, and our answers",
                              reverse("providers:applications", args=[partnership])))
    links.append(HomeLink("people", "People who could help", reverse("providers:people", args=[partnership])))
    links.append(HomeLink("telling", "The page for clubs and groups",
                          reverse("providers:offers", args=[partnership])))
    return tuple(links)
