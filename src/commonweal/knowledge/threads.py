"""The knowledge stage's strand of the thread: the partnership's own case studies."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from commonweal.core.purpose import Purpose
from commonweal.core.thread import Node, Strand, strand_of
from commonweal.core.viewer import Viewer
from commonweal.knowledge.models import CaseText


@strand_of("cases")
def cases(viewer: Viewer, partnership: UUID) -> Strand:
    """Each in its newest text."""
    newest = {row.identity_id: row for row in CaseText.objects.visible_to(viewer, Purpose.PUBLICATION).filter(
        partnership=partnership).select_related("identity").order_by("number")}
    return Strand(tuple(
        Node("case", key, row.title, reverse("knowledge:own-case", args=[partnership, key]),
             "Published" if row.identity.published_at else "Not published", version=row.number)
        for key, row in sorted(newest.items(), key=lambda one: (one[1].title, str(one[0])))))
