"""The needs stage's strand of the thread: needs, each with the version that stands."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from commonweal.core.clock import local_day
from commonweal.core.purpose import Purpose
from commonweal.core.thread import Node, Strand, strand_of
from commonweal.core.viewer import Viewer
from commonweal.needs.models import Need, NeedState, NeedVersion


@strand_of("needs")
def needs(viewer: Viewer, partnership: UUID) -> Strand:
    """Every need in its newest version."""
    said = NeedVersion.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership)
    newest = {key: (number, at) for key, number, at in said.order_by("number").values_list(
        "identity_id", "number", "written_at")}
    rows = Need.objects.visible_to(viewer, Purpose.ASSESSMENT).filter(partnership=partnership)
    return Strand(tuple(
        Node("need", row.pk, row.title, reverse("needs:need", args=[partnership, row.pk]), row.get_state_display(),
             local_day(newest[row.pk][1]), newest[row.pk][0], row.state != NeedState.WITHDRAWN)
        for row in rows.order_by("created", "id") if row.pk in newest))
