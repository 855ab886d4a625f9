"""The measures stage's ways on from a partnership's home."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from commonweal.core.home_links import HomeLink, home_links
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer


@home_links("measures-returns")
def returns(viewer: Viewer, partnership: UUID) -> tuple[HomeLink, ...]:
    """Returns, for whoever sees the evidence; what change may be said to be, for everybody."""
    change = HomeLink("learning", "Say what change there was", reverse("measures:change"))
    if not viewer.may(Permission.VIEW_EVIDENCE, partnership):
        return (change,)
    href = reverse("measures:returns", args=[partnership])
    use = HomeLink("learning", "Use and satisfaction", reverse("measures:use", args=[partnership]))
    return (HomeLink("learning", "Ask for returns, and read them", href), use, change,
            HomeLink("learning", "Say whether an area changed", reverse("measures:area-change")))


@home_links("measures-performance")
def performance(viewer: Viewer, partnership: UUID) -> tuple[HomeLink, ...]:
    """How agreements stand; for whoever delivers, its own line beside others."""
    if viewer.may(Permission.VIEW_EVIDENCE, partnership):
        return (HomeLink("learning", "How agreements stand", reverse("measures:performance", args=[partnership])),
                HomeLink("learning", "Reviews", reverse("measures:reviews", args=[partnership])))
    if viewer.may(Permission.VIEW_PARTNERSHIP, partnership):
        return (HomeLink("yours", "Where you stand beside others",
                         reverse("measures:comparisons", args=[partnership])),)
    return ()


@home_links("measures-releases")
def releases(viewer: Viewer, partnership: UUID) -> tuple[HomeLink, ...]:
    """The calendar of what is published, for everybody."""
    return (HomeLink("telling", "Release calendar", reverse("measures:releases")),)
