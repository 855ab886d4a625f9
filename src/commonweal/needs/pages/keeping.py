"""The partnerships in which somebody may keep an assessment."""

from __future__ import annotations

from django.urls import reverse

from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnerships_of
from commonweal.core.viewer import Viewer
from commonweal.needs.assessment import Assessment
from commonweal.needs.pages.links import Item


def keepers(viewer: Viewer, assessment: Assessment, code: str) -> tuple[Item, ...]:
    """One link for each partnership of the same kind, invented or real, where the viewer records evidence."""
    may = viewer.partnerships(Permission.RECORD_EVIDENCE)
    return tuple(
        Item(f"Keep it for {one.name}", reverse("needs:keep", kwargs={"code": code, "partnership": one.id}))
        for one in partnerships_of(viewer)
        if one.id in may and one.invented == assessment.place.invented
    )
