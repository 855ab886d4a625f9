"""What partners bring: seen by those who see evidence or bring their own; changed by its owner alone."""

from __future__ import annotations

from uuid import uuid4

from tests.access.line import ANYBODY, LOGIN, MEMBERS, SEEING, WORKERS, Line, partnership
from tests.world import World

from commonweal.core.viewer import viewer_of
from commonweal.needs.actions.evidence import Told, record_evidence
from commonweal.needs.models import EvidenceItem

BRING = WORKERS | {"provider"}


def item(world: World) -> dict[str, object]:
    row = EvidenceItem.objects.filter(partnership=world.partnership).first()
    if row is None:
        told = Told(title="At the desk", kind="interviews", perspective="users", summary="They want to dance.")
        row = record_evidence(by=viewer_of(world.admin()), partnership=world.partnership, told=told)
    return {**partnership(world), "item": row.pk}


def nowhere(_world: World) -> dict[str, object]:
    return {"partnership": uuid4()}


TABLE = [
    Line("needs:evidence-list", MEMBERS, 200, partnership),
    Line("needs:evidence-csv", MEMBERS, 200, partnership),
    Line("needs:evidence-add", BRING, 200, partnership),
    Line("needs:evidence-add", BRING, 200, partnership, "post", {"title": ""}),
    Line("needs:evidence-participation", BRING, 200, partnership),
    Line("needs:evidence-participation", BRING, 200, partnership, "post", {"perspective": ""}),
    Line("needs:evidence-item", MEMBERS, 200, item),
    Line("needs:evidence-correct", BRING, 200, item, seen_by=BRING),
    Line("needs:evidence-correct", BRING, 200, item, "post", {"title": ""}, seen_by=BRING),
    Line("needs:evidence-place", LOGIN, 405, item),
    Line("needs:evidence-place", BRING, 302, item, "post", seen_by=BRING),
    Line("needs:evidence-withdraw", BRING, 200, item, seen_by=BRING),
    Line("needs:evidence-withdraw", BRING, 200, item, "post", {"why": ""}, seen_by=BRING),
    Line("api:evidence", MEMBERS, 200, partnership),
    Line("api:one_evidence", ANYBODY, 404, lambda world: {**nowhere(world), "item": uuid4()}),
    Line("api:perspectives", MEMBERS, 200, partnership),
    Line("api:needs", SEEING, 200, partnership),
    Line("api:one_need", ANYBODY, 404, lambda world: {**nowhere(world), "need": uuid4()}),
]
