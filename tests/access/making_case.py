"""The case to each partner: seen by those who see evidence."""

from __future__ import annotations

from tests.access.line import MEMBERS, Line, partnership
from tests.world import World

SEE = MEMBERS - {"provider"}


def partner(world: World) -> dict[str, object]:
    return {**partnership(world), "organisation": world.council.pk}


TABLE = [
    Line("needs:cases", SEE, 200, partnership),
    Line("needs:case", SEE, 200, partner),
]
