"""Those who may be missed: seen by those who see evidence, answered by workers; steps closed by administrators."""

from __future__ import annotations

from tests.access.line import ADMIN, MEMBERS, WORKERS, Line, partnership
from tests.world import World

SEE = MEMBERS - {"provider"}


def step(world: World) -> dict[str, object]:
    return {**partnership(world), "step": "needs"}


def places(world: World) -> dict[str, object]:
    return {**partnership(world), "step": "places"}


def group(world: World) -> dict[str, object]:
    return {**step(world), "group": "perspective-users"}


TABLE = [
    Line("needs:carried", SEE, 200, partnership),
    Line("needs:carried-step", SEE, 200, step),
    Line("needs:carried-name", WORKERS, 200, partnership),
    Line("needs:carried-name", WORKERS, 200, partnership, "post", {"title": ""}),
    Line("needs:carried-answer", WORKERS, 200, group),
    Line("needs:carried-answer", WORKERS, 200, group, "post", {"words": ""}),
    Line("web:step", ADMIN, 200, step),
    Line("web:step", ADMIN, 302, places, "post", {"reason": "Said"}),
]
