"""Organisations and their seats."""

from __future__ import annotations

from tests.access.line import ADMIN, MEMBERS, Line, partnership
from tests.world import World


def council(world: World) -> dict[str, object]:
    return {**partnership(world), "organisation": world.council.pk}


TABLE = [
    Line("web:acting", MEMBERS, 200, partnership),
    Line("web:acting", MEMBERS, 200, partnership, "post", {"organisation": ""}),
    Line("web:organisation-add", ADMIN, 200, partnership),
    Line("web:organisation-add", ADMIN, 200, partnership, "post", {"name": ""}),
    Line("web:organisation", MEMBERS, 200, council),
    Line("web:seat", ADMIN, 200, council),
    Line("web:seat", ADMIN, 200, council, "post", {"reason": ""}),
]
