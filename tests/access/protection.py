"""Data protection: each partnership's administrators, and for the installation its staff."""

from __future__ import annotations

from tests.access.line import ADMIN, MEMBERS, Line, partnership
from tests.world import World

STAFF = frozenset({"staff"})
OTHERS = MEMBERS | {"other partnership", "no partnership"}


def here(**more: str):
    return lambda world: more


def own(**more: str):
    def keys(world: World) -> dict[str, object]:
        return {**partnership(world), **more}

    return keys


TABLE = [
    Line("web:protection-here", STAFF, seen_by=OTHERS),
    Line("web:protection", ADMIN, 200, partnership),
    Line("web:keeping-to-time", STAFF, seen_by=OTHERS),
    Line("web:keeping-to-time", STAFF, 302, method="post", seen_by=OTHERS),
    Line("web:processing-record-here", STAFF, seen_by=OTHERS),
    Line("web:processing-record", ADMIN, 200, partnership),
    Line("web:processing-impact-here", STAFF, seen_by=OTHERS),
    Line("web:processing-impact", ADMIN, 200, partnership),
    Line("web:processing-advise", ADMIN, 200, partnership),
    Line("web:processing-advise", ADMIN, 200, partnership, "post", {"kind": ""}),
    Line("web:processing-file-here", STAFF, 200, here(which="record-of-processing", ending="docx"),
         seen_by=OTHERS),
    Line("web:processing-file", ADMIN, 200, own(which="impact-assessment", ending="docx")),
]
