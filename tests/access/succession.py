"""Joining and splitting partnerships is for the installation's staff alone."""

from __future__ import annotations

from tests.access.line import MEMBERS, Line, partnership
from tests.world import World

STAFF = frozenset({"staff"})
OTHERS = MEMBERS | {"other partnership", "no partnership"}


def divided(world: World) -> dict[str, object]:
    return {"divided": world.partnership.pk}


def council(world: World) -> dict[str, object]:
    return {"divided": world.council.pk}


def nothing(world: World) -> dict[str, object]:
    return {"partnership": world.partnership.pk, "agreement": world.council.pk}


TABLE = [
    Line("web:partnership-history", MEMBERS, 200, partnership, seen_by=MEMBERS),
    Line("web:agreement-bring", MEMBERS, 404, nothing, "post", {}),
    Line("web:organisations-here", STAFF, seen_by=OTHERS),
    Line("web:organisations-merge", STAFF, seen_by=OTHERS),
    Line("web:organisations-merge", STAFF, 200, method="post", data={"name": ""}, seen_by=OTHERS),
    Line("web:organisation-divide", STAFF, 200, council, seen_by=OTHERS),
    Line("web:organisation-divide", STAFF, 200, council, "post", {"first": ""}, seen_by=OTHERS),
    Line("web:partnerships-here", STAFF, seen_by=OTHERS),
    Line("web:partnerships-join", STAFF, seen_by=OTHERS),
    Line("web:partnerships-join", STAFF, 200, method="post", data={"name": ""}, seen_by=OTHERS),
    Line("web:partnership-split", STAFF, 200, divided, seen_by=OTHERS),
    Line("web:partnership-split", STAFF, 200, divided, "post", {"first": ""}, seen_by=OTHERS),
]
