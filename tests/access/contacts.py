"""Keeping in touch: everybody sees who is named; those who work on it name, log and read the log."""

from __future__ import annotations

from uuid import uuid4

from tests.access.line import LOGIN, MEMBERS, WORKERS, Line, partnership
from tests.world import World


def subject(world: World) -> dict[str, object]:
    return {**partnership(world), "subject": "E07000999"}


def elsewhere(world: World) -> dict[str, object]:
    return {**partnership(world), "subject": "E07000001"}


def line(world: World) -> dict[str, object]:
    return {**subject(world), "line": uuid4()}


TABLE = [
    Line("needs:contacts", MEMBERS, 200, partnership),
    Line("needs:contact", MEMBERS, 200, subject),
    Line("needs:contact", frozenset(), 404, elsewhere, seen_by=frozenset()),
    Line("needs:contact-name", WORKERS, 200, subject),
    Line("needs:contact-name", WORKERS, 200, subject, "post", {"keeper": ""}),
    Line("needs:contact-log", WORKERS, 404, subject),
    Line("needs:contact-log", WORKERS, 404, subject, "post", {"said": ""}),
    Line("needs:contact-take-back", LOGIN, 405, line),
    Line("needs:contact-take-back", WORKERS, 404, line, "post"),
    Line("needs:contact-done", LOGIN, 405, line),
    Line("needs:contact-done", WORKERS, 404, line, "post"),
]
