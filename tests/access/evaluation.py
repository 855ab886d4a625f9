"""An evaluation is seen by all who see evidence, run by those who work, scored by those who were named."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from tests.access.commissions import READ, commission
from tests.access.competitions import begun, own, published
from tests.access.line import ANYBODY, LOGIN, WORKERS, Line
from tests.world import World

from commonweal.core import clock
from commonweal.core.permissions import Role
from commonweal.core.viewer import viewer_of
from commonweal.procurement.actions.competing import open_bids
from commonweal.procurement.actions.scoring import name_evaluator
from commonweal.procurement.models import Competition, Evaluator


def opened(world: World) -> Competition:
    """Opened with nothing in it, as if its time were past."""
    row = published(world)
    if row.opened_at is None:
        with clock.fixed(row.closes + timedelta(hours=1)):
            open_bids(by=viewer_of(world.admin()), competition=row)
    row.refresh_from_db()
    return row


def after(world: World) -> dict[str, object]:
    opened(world)
    return commission(world)


def evaluator(world: World) -> dict[str, object]:
    row = opened(world)
    held = Evaluator.objects.filter(evaluation__competition=row).first() or name_evaluator(
        by=viewer_of(world.admin()), competition=row, person=world.people[Role.ANALYST].pk)
    return {**commission(world), "evaluator": held.pk}


def lettered(world: World) -> dict[str, object]:
    return {**after(world), "letter": "A"}


def asked(world: World) -> dict[str, object]:
    return {**lettered(world), "question": "what"}


TABLE = [
    Line("procurement:evaluation", READ, 200, own, seen_by=READ),
    Line("procurement:evaluation-people", WORKERS, 200, after, seen_by=READ),
    Line("procurement:evaluation-people", WORKERS, 200, after, "post", seen_by=READ),
    Line("procurement:evaluation-take-out", WORKERS, 200, evaluator, seen_by=READ),
    Line("procurement:evaluation-take-out", WORKERS, 200, evaluator, "post", seen_by=READ),
    Line("procurement:evaluation-declare", frozenset(), 200, after, seen_by=READ),
    Line("procurement:evaluation-declare", frozenset(), 200, after, "post", seen_by=READ),
    Line("procurement:scoring", frozenset(), 200, after, seen_by=READ),
    Line("procurement:score", frozenset(), 200, asked, seen_by=READ),
    Line("procurement:score", frozenset(), 200, asked, "post", seen_by=READ),
    Line("procurement:moderation-begin", LOGIN, 405, after),
    Line("procurement:moderation-begin", WORKERS, 400, after, "post", seen_by=READ),
    Line("procurement:moderate", frozenset(), 200, asked, seen_by=READ),
    Line("procurement:moderate", frozenset(), 200, asked, "post", seen_by=READ),
    Line("procurement:moderation-close", LOGIN, 405, after),
    Line("procurement:moderation-close", WORKERS, 400, after, "post", seen_by=READ),
    Line("procurement:low-price", frozenset(), 404, lettered, seen_by=READ),
    Line("procurement:low-price", frozenset(), 404, lettered, "post", seen_by=READ),
    Line("procurement:agree-terms", frozenset(), 404, lettered, seen_by=READ),
    Line("procurement:agree-terms", frozenset(), 404, lettered, "post", seen_by=READ),
    Line("procurement:decide-commission", frozenset(), 200, after, seen_by=READ),
    Line("procurement:decide-commission", frozenset(), 200, after, "post", seen_by=READ),
    Line("procurement:opened-bid", frozenset(), 200, lettered, seen_by=READ),
    Line("procurement:opened-file", frozenset(), 200, lambda world: {**lettered(world), "file": uuid4()},
         seen_by=READ),
    Line("procurement:feedback", WORKERS, 404, lettered),
    Line("procurement:decision-file", WORKERS, 404, lambda world: {**after(world), "ending": "docx"},
         seen_by=READ),
    Line("procurement:bid-feedback", ANYBODY, 404, lambda world: {"bid": begun(world).pk}),
]
