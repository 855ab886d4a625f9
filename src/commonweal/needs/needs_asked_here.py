"""The needs of a partnership as the directory may look for answers to them."""

from __future__ import annotations

from uuid import UUID

from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer
from commonweal.needs.content import read
from commonweal.needs.models import Need, NeedState, NeedVersion
from commonweal.providers.classes import classified
from commonweal.providers.needs_asked import NeedAsked, needs_asked


@needs_asked("needs")
def needs(viewer: Viewer, partnership: UUID) -> tuple[NeedAsked, ...]:
    """Those that stand, with what their own words speak of, else what their theme is answered by."""
    if not viewer.may(Permission.VIEW_EVIDENCE, partnership):
        return ()
    rows = Need.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership).exclude(
        state=NeedState.WITHDRAWN).order_by("title", "id")
    held = {row.pk: row for row in rows}
    said = {row.identity_id: f"{row.who} {row.what}" for row in NeedVersion.objects.filter(
        identity__in=list(held)).latest_each()}
    themes = {one["key"]: tuple(one.get("done_by", ())) for one in read("themes")["themes"]}
    return tuple(
        NeedAsked(key, row.title, tuple(classified(f"{row.title} {said.get(key, '')}"))
                  or themes.get(row.theme, ()))
        for key, row in held.items()
    )
