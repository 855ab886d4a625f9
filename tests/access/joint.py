"""Joint workshops: for those who see evidence; held by those who discuss."""

from __future__ import annotations

from tests.access.line import MEMBERS, Line, partnership
from tests.world import World

READERS = MEMBERS - {"provider"}


def nothing(world: World) -> dict[str, object]:
    return {**partnership(world), "key": "health"}


TABLE = [
    Line("api:joint_workshops_here", READERS, 200, partnership),
    Line("needs:joint", READERS, 200, partnership),
    Line("needs:joint-hold", frozenset[str](), 404, nothing, "post",
         seen_by=frozenset({"observer", "certifier", "provider"})),
]
