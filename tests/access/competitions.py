"""Competitions are read by everybody, run by those who work; a bid opens for its own bidder and nobody else."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from tests.access.commissions import READ, commission
from tests.access.line import ANYBODY, LOGIN, WORKERS, Line
from tests.world import World

from commonweal.core import clock
from commonweal.core.models.invitations import hash_of
from commonweal.core.viewer import viewer_of
from commonweal.policy.papers import answer_questions
from commonweal.policy.tiers import tiers
from commonweal.procurement.actions.bidding import begin_bid
from commonweal.procurement.actions.competing import CompetitionSaid, ask_back, publish_competition
from commonweal.procurement.models import Bid, BidLink, Clarification, Commission, Competition

TOKEN = "a-bid-for-the-table"


def told(**more: object) -> CompetitionSaid:
    """Open to everybody for thirty days; quality counts for 60."""
    now = clock.now()
    asked = answer_questions(tiers()[3])
    held: dict[str, object] = {
        "way": "open", "contact": "Leisure team, 01234 567890", "opens": now - timedelta(minutes=1),
        "questions_by": now + timedelta(days=20), "closes": now + timedelta(days=30), "price_weight": 40,
        "formula": "lowest", "weights": {one.key: 0 if one.key == "who" else 10 for one in asked}}
    return CompetitionSaid(**{**held, **more})  # type: ignore[arg-type]


def published(world: World, **more: object) -> Competition:
    row = Commission.objects.get(pk=commission(world)["commission"])
    held = Competition.objects.filter(commission=row).first()
    return held or publish_competition(by=viewer_of(world.admin()), commission=row, said=told(**more))


def begun(world: World) -> Bid:
    row = published(world)
    held = row.bids.first()
    if held is not None:
        return held
    bid, _ = begin_bid(competition=row, name="Marsh End Dance", contact="Jo", reach="01234 1")
    BidLink.objects.filter(bid=bid).update(token_hash=hash_of(TOKEN))
    return bid


def asked(world: World) -> Clarification:
    return ask_back(competition=published(world), words=f"May we begin in May? {uuid4()}")


def own(world: World) -> dict[str, object]:
    published(world)
    return commission(world)


def public(world: World) -> dict[str, object]:
    return {"competition": published(world).pk}


def bid(world: World) -> dict[str, object]:
    return {"bid": begun(world).pk}


def token(world: World) -> dict[str, object]:
    begun(world)
    return {"token": TOKEN}


def clarification(world: World) -> dict[str, object]:
    return {**commission(world), "clarification": asked(world).pk}


def with_file(world: World) -> dict[str, object]:
    return {**bid(world), "file": uuid4()}


TABLE = [
    Line("procurement:competitions", ANYBODY, 200),
    Line("procurement:competition", ANYBODY, 200, public),
    Line("procurement:competition-ask", ANYBODY, 200, public),
    Line("procurement:competition-ask", ANYBODY, 200, public, "post", {"words": ""}),
    Line("procurement:bid-begin", ANYBODY, 200, public),
    Line("procurement:bid-begin", ANYBODY, 200, public, "post", {"name": ""}),
    Line("procurement:bid-link", ANYBODY, 200, token),
    Line("procurement:bid-link", ANYBODY, 302, token, "post"),
    Line("procurement:bid-link", ANYBODY, 404, lambda world: {"token": uuid4().hex}),
    *(Line(f"procurement:bid{part}", ANYBODY, 404, bid)
      for part in ("", "-who", "-together", "-price", "-files", "-check", "-receipt")),
    Line("procurement:bid-answer", ANYBODY, 404, lambda world: {**bid(world), "question": "what"}),
    Line("procurement:bid-check", ANYBODY, 404, bid, "post"),
    Line("procurement:bid-file", ANYBODY, 404, with_file),
    Line("procurement:bid-file-out", ANYBODY, 404, with_file, "post"),
    Line("procurement:bid-sent", ANYBODY, 404, lambda world: {**bid(world), "number": 1}),
    Line("procurement:bid-withdraw", ANYBODY, 404, bid, "post"),
    Line("procurement:bid-colleague", ANYBODY, 404, bid, "post"),
    Line("procurement:competing", READ, 200, commission, seen_by=READ),
    Line("procurement:competing-publish", WORKERS, 200, commission, seen_by=READ),
    Line("procurement:competing-publish", WORKERS, 200, commission, "post", {"way": ""}, seen_by=READ),
    Line("procurement:competing-move", WORKERS, 200, own, seen_by=READ),
    Line("procurement:competing-move", WORKERS, 200, own, "post", {"reason": ""}, seen_by=READ),
    Line("procurement:competing-invite", WORKERS, 200, own, seen_by=READ),
    Line("procurement:competing-invite", WORKERS, 302, own, "post", {"name": "Club"}, seen_by=READ),
    Line("procurement:competing-answer", WORKERS, 200, clarification),
    Line("procurement:competing-answer", WORKERS, 302, clarification, "post", {"words": "Yes."}),
    Line("procurement:competing-open", LOGIN, 405, own),
    Line("procurement:competing-open", WORKERS, 400, own, "post", seen_by=READ),
    Line("api:competitions", ANYBODY, 200),
    Line("api:competition", ANYBODY, 200, public),
]
