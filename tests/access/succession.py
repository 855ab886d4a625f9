"""Joining and splitting partnerships is for the installation's staff alone."""

from __future__ import annotations

from tests.access.line import MEMBERS, Line, partnership
from tests.world import World

STAFF = frozenset({"staff"})
OTHERS = MEMBERS | {"other partnership", "no partnership"}


def divided(world: World) -> dict[str, object]:
    return {"divided": world.partnership.pk}


TABLE = [
    Line("web:partnership-history", MEMBERS, 200, partnership, seen_by=MEMBERS),
    Line("web:partnerships-here", STAFF, seen_by=OTHERS),
    Line("web:partnerships-join", STAFF, seen_by=OTHERS),
    Line("web:partnerships-join", STAFF, 200, method="post", data={"name": ""}, seen_by=OTHERS),
    Line("web:partnership-split", STAFF, 200, divided, seen_by=OTHERS),
    Line("web:partnership-split", STAFF, 200, divided, "post", {"first": ""}, seen_by=OTHERS),
]
