"""Releases: read by everybody, planned by those who work, settled by those who run it; cases drafted."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from tests.access.line import ADMIN, ANYBODY, MEMBERS, WORKERS, Line, partnership
from tests.access.performance import agreement
from tests.world import World

from commonweal.core import clock
from commonweal.measures.models import PlannedRelease

READ = MEMBERS - {"provider"}


def planned(world: World) -> PlannedRelease:
    held = PlannedRelease.objects.filter(partnership=world.partnership).first()
    if held is not None:
        return held
    made = PlannedRelease(partnership=world.partnership, title="What people said", what="satisfied",
                          first=date(2024, 1, 1), last=date(2024, 12, 31), due=clock.today())
    made.save()
    return made


def release(world: World) -> dict[str, object]:
    return {**partnership(world), "release": planned(world).pk}


def alone(world: World) -> dict[str, object]:
    return {"release": planned(world).pk}


TABLE = [
    Line("measures:releases", ANYBODY, 200),
    Line("measures:release", ANYBODY, 200, alone),
    Line("measures:release", ANYBODY, 404, lambda world: {"release": uuid4()}),
    Line("measures:release-plan", WORKERS, 200, partnership),
    Line("measures:release-plan", WORKERS, 200, partnership, "post", data={"title": ""}),
    Line("measures:release-publish", ADMIN, 400, release, "post"),
    Line("measures:release-hold", ADMIN, 200, release),
    Line("measures:release-hold", ADMIN, 200, release, "post", data={"because": ""}),
    Line("measures:case-draft", WORKERS, 200, agreement, seen_by=READ),
    Line("measures:case-draft", WORKERS, 200, agreement, "post", data={"title": ""}, seen_by=READ),
]
