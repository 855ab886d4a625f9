"""The partnerships in which somebody may keep an assessment, or open it with what the partners agreed."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for, partnerships_of
from commonweal.core.viewer import Viewer
from commonweal.needs.assessment import Assessment
from commonweal.needs.pages.links import Addresses, Item


def keepers(viewer: Viewer, assessment: Assessment, code: str) -> tuple[Item, ...]:
    """One link for each partnership of the same kind, invented or real, where the viewer records evidence."""
    may = viewer.partnerships(Permission.RECORD_EVIDENCE)
    return tuple(
        Item(f"Keep it for {one.name}", reverse("needs:keep", kwargs={"code": code, "partnership": one.id}))
        for one in partnerships_of(viewer)
        if one.id in may and one.invented == assessment.place.invented
    )


def keep_here(viewer: Viewer, partnership: UUID, code: str) -> str:
    """The address that keeps this assessment as it stands, for whoever may; else nothing."""
    if not viewer.may(Permission.RECORD_EVIDENCE, partnership):
        return ""
    return reverse("needs:keep", kwargs={"code": code, "partnership": partnership})


def insides(viewer: Viewer, assessment: Assessment, code: str) -> tuple[Item, ...]:
    """The same assessment inside each partnership that works for this place and shows the viewer its evidence."""
    may = viewer.partnerships(Permission.VIEW_EVIDENCE)
    codes = {code, *code.split("+")}
    return tuple(
        Item(f"With what {one.name} agreed", Addresses(code, one.id).page())
        for one in partnerships_of(viewer)
        if one.id in may and one.invented == assessment.place.invented
        and codes & {place.code for place in partnership_for(viewer, one.id).places}
    )
