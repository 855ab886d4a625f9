"""The thread: for those who see a partnership's evidence, and nobody else; and each organisation's own page."""

from __future__ import annotations

from uuid import uuid4

from tests.access.line import ANYBODY, MEMBERS, SEEING, WORKERS, Line, partnership
from tests.access.outcomes import outcome
from tests.world import World

READERS = MEMBERS - {"provider"}


def item(world: World) -> dict[str, object]:
    return {**partnership(world), "kind": "outcome", "item": outcome(world)["outcome"]}


def item_file(world: World) -> dict[str, object]:
    return {**item(world), "ending": "docx"}


def file(world: World) -> dict[str, object]:
    return {**partnership(world), "ending": "docx"}


TABLE = [
    Line("web:own-page", WORKERS | {"provider"}, 200, partnership),
    Line("web:own-page-file", WORKERS | {"provider"}, 200, file),
    Line("web:one-page", READERS, 200, partnership),
    Line("web:one-page-file", READERS, 200, file),
    Line("web:thread", READERS, 200, partnership),
    Line("web:thread-item", READERS, 200, item),
    Line("web:thread-file", READERS, 200, file),
    Line("web:thread-item-file", READERS, 200, item_file),
    Line("api:thread", SEEING, 200, partnership),
    Line("api:thread-item", ANYBODY, 404, lambda world: {"partnership": uuid4(), "kind": "need", "item": uuid4()}),
]
