"""The papers of a commission: for all who see evidence."""

from __future__ import annotations

from uuid import uuid4

from tests.access.commissions import READ, commission
from tests.access.line import ANYBODY, Line
from tests.world import World


def paper(world: World) -> dict[str, object]:
    return {**commission(world), "paper": "interest", "ending": "docx"}


TABLE = [
    Line("procurement:papers", READ, 200, commission, seen_by=READ),
    Line("procurement:paper-file", READ, 200, paper, seen_by=READ),
    Line("api:bid_questions", ANYBODY, 200),
    Line("api:commission_papers", ANYBODY, 404, lambda world: {"partnership": uuid4(), "commission": uuid4()}),
]
