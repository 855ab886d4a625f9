"""The pages that work change out and score answers are open to everybody; what is kept is not."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.access.line import ANYBODY, MEMBERS, WORKERS, Line, partnership
from tests.access.returns import agreed
from tests.world import World

from commonweal.core.viewer import viewer_of
from commonweal.measures.actions.change import ChangeSaid, keep_change
from commonweal.measures.models import KeptChange

READ = MEMBERS - {"provider"}


def agreement(world: World) -> dict[str, Any]:
    return {**partnership(world), "agreement": agreed(world).pk}


def kept(world: World) -> dict[str, Any]:
    held = KeptChange.objects.filter(partnership=world.partnership).first() or keep_change(
        by=viewer_of(world.admin()), agreement=agreed(world), said=ChangeSaid(
            instrument="happy", pairs=((4, 5),) * 6, first=date(2024, 4, 1), last=date(2025, 3, 31)))
    return {**partnership(world), "change": held.pk}


TABLE = [
    Line("measures:change", ANYBODY),
    Line("measures:change", ANYBODY, 200, lambda world: {}, "post", {"pairs": "x"}),
    Line("measures:score", ANYBODY),
    Line("measures:score", ANYBODY, 200, lambda world: {}, "post", {"lines": "x"}),
    Line("measures:change-keep", WORKERS, 200, agreement, seen_by=READ),
    Line("measures:change-keep", WORKERS, 200, agreement, "post", {"pairs": "x"}, seen_by=READ),
    Line("measures:change-kept", READ, 200, kept, seen_by=READ),
]
