"""What drives each partner: read by all partners, recorded by those who bring what their organisation has."""

from __future__ import annotations

from datetime import date

from tests.access.line import LOGIN, MEMBERS, WORKERS, Line, partnership
from tests.world import World

from commonweal.core.viewer import viewer_of
from commonweal.needs.actions.priority import Said, record_priority
from commonweal.needs.models import PartnerPriority

RECORD = WORKERS | {"provider"}


def priority(world: World) -> dict[str, object]:
    row = PartnerPriority.objects.filter(partnership=world.partnership).first()
    if row is None:
        said = Said("Fewer falls", "They cost us most.", "older", "Our plan", date(2025, 4, 1))
        row = record_priority(by=viewer_of(world.admin()), partnership=world.partnership, said=said).identity
    return {**partnership(world), "priority": row.pk}


TABLE = [
    Line("needs:priorities", MEMBERS, 200, partnership),
    Line("needs:priority-record", RECORD, 200, partnership),
    Line("needs:priority-record", RECORD, 200, partnership, "post", {"title": ""}),
    Line("needs:priority-change", RECORD, 200, priority),
    Line("needs:priority-change", RECORD, 200, priority, "post", {"title": ""}),
    Line("needs:priority-withdraw", LOGIN, 405, priority),
    Line("needs:priority-withdraw", RECORD, 302, priority, "post"),
    Line("api:priorities", MEMBERS, 200, partnership),
]
