"""The money map: read by all who see evidence, written by those who work; rewards are open to the partnership."""

from __future__ import annotations

from tests.access.appraisal import agreement
from tests.access.line import DATA, MEMBERS, WORKERS, Line, partnership
from tests.world import World

READ = MEMBERS - {"provider"}


def step(world: World) -> dict[str, object]:
    return {**agreement(world), "step": "purpose"}


TABLE = [
    Line("agreements:money-map", READ, 200, partnership),
    Line("agreements:money-csv", READ, 200, partnership),
    Line("agreements:money-enter", WORKERS, 200, partnership),
    Line("agreements:money-enter", WORKERS, 200, partnership, "post", {"giver": ""}),
    Line("agreements:money-means", WORKERS, 200, partnership),
    Line("agreements:money-means", WORKERS, 200, partnership, "post", {"income": "x"}),
    Line("agreements:money-bring", DATA, 200, partnership),
    Line("agreements:money-bring", DATA, 200, partnership, "post"),
    Line("agreements:notices", READ, 200, partnership),
    Line("agreements:notice", WORKERS, 200, agreement),
    Line("agreements:notice", WORKERS, 200, agreement, "post", {"words": ""}),
    Line("agreements:money-role", WORKERS, 200, agreement),
    Line("agreements:money-role", WORKERS, 200, agreement, "post", {"kind": ""}),
    Line("agreements:paths", READ, 200, partnership),
    Line("agreements:path", READ, 200, agreement, seen_by=READ),
    Line("agreements:path-step", WORKERS, 200, step),
    Line("agreements:path-step", WORKERS, 200, step, "post", {"note": ""}),
    Line("agreements:rewards", MEMBERS, 200, partnership),
    Line("agreements:reward-share", WORKERS, 200, partnership),
    Line("agreements:reward-share", WORKERS, 200, partnership, "post", {"title": ""}),
    Line("api:money", MEMBERS, 200, partnership),
]
