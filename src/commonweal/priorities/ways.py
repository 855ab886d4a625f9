"""The priorities stage's ways on from a partnership's home."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from commonweal.core.home_links import HomeLink, home_links
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer


@home_links("priorities-outcomes")
def outcomes(viewer: Viewer, partnership: UUID) -> tuple[HomeLink, ...]:
    """What should be different, for whoever sees the evidence."""
    if not viewer.may(Permission.VIEW_EVIDENCE, partnership):
        return ()
    return (HomeLink("choosing", "What should be different", reverse("priorities:outcomes", args=[partnership])),)


@home_links("priorities-want-and-need")
def want_and_need(viewer: Viewer, partnership: UUID) -> tuple[HomeLink, ...]:
    """What comes first, for whoever sees the evidence."""
    if not viewer.may(Permission.VIEW_EVIDENCE, partnership):
        return ()
    href = reverse("priorities:weighings", args=[partnership])
    return (HomeLink("choosing", "Want and need: what comes first", href),)
