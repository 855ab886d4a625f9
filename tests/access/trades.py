"""Trades are for the two who trade, challenges for council and challenger, talks and awards for the buyer."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

from tests.access.commissions import READ, commission
from tests.access.competitions import own
from tests.access.line import ANYBODY, LOGIN, WORKERS, Line, partnership
from tests.world import World

from commonweal.core import clock
from commonweal.core.actions.partnerships import add_organisation
from commonweal.core.models import PartnershipOrganisation
from commonweal.core.viewer import SYSTEM, viewer_of
from commonweal.procurement.actions.challenging import ChallengeSaid, receive_challenge
from commonweal.procurement.actions.trading import PromiseSaid, TradeSaid, begin_trade, promise
from commonweal.procurement.models import Challenge, Method, Trade

BRING = frozenset({"admin", "analyst", "contributor", "provider"})
OUTSIDE = frozenset({"observer", "elected_member", "certifier"})
HOURS = PromiseSaid(what="Hall", unit="evenings", quantity=Decimal(10), rate=Decimal(60), method=Method.MARKET,
                    because="Price list, 2026")


def traded(world: World) -> Trade:
    """Offered by the council to another organisation."""
    held = Trade.objects.filter(partnership=world.partnership).first()
    if held is not None:
        return held
    if not PartnershipOrganisation.objects.filter(
            partnership=world.partnership, organisation=world.other_council).exists():
        add_organisation(by=SYSTEM, partnership=world.partnership, organisation=world.other_council)
    today = clock.today()
    row = begin_trade(by=viewer_of(world.admin()), partnership=world.partnership, said=TradeSaid(
        title="Hall for coaching", other=world.other_council.pk, begins=today, ends=today + timedelta(days=300),
        gains="Coaches we cannot pay."))
    promise(by=viewer_of(world.admin()), trade=row, said=HOURS)
    return row


def trade(world: World) -> dict[str, object]:
    return {**partnership(world), "trade": traded(world).pk}


def line(world: World) -> dict[str, object]:
    row = traded(world)
    held = row.promises.first() or promise(by=viewer_of(world.admin()), trade=row, said=HOURS)
    return {**trade(world), "line": held.pk}


def challenge(world: World) -> dict[str, object]:
    """Written down by the council it came to."""
    held = Challenge.objects.filter(partnership=world.partnership).first()
    row = held or receive_challenge(
        by=viewer_of(world.admin()), partnership=world.partnership, said=ChallengeSaid(
            authority=world.council.pk, body="Marsh End Dance", kind="voluntary", service="Marsh End hall",
            difference="Open on Sundays.", able="Ten years of it.", answer_by=clock.today() + timedelta(days=60)))
    return {**partnership(world), "challenge": row.pk}


TABLE = [
    Line("procurement:challenges-public", ANYBODY, 200),
    Line("procurement:challenges", BRING, 200, partnership),
    Line("procurement:challenge-write", BRING, 200, partnership),
    Line("procurement:challenge-write", BRING, 200, partnership, "post", {"body": ""}),
    Line("procurement:challenge", WORKERS, 200, challenge, seen_by=OUTSIDE),
    Line("procurement:challenge-decide", WORKERS, 200, challenge, seen_by=OUTSIDE),
    Line("procurement:challenge-decide", WORKERS, 200, challenge, "post", {"reasons": ""}, seen_by=OUTSIDE),
    Line("procurement:challenge-compete", WORKERS, 200, challenge),
    Line("procurement:challenge-compete", WORKERS, 200, challenge, "post", {"title": ""}),
    Line("procurement:trades", BRING, 200, partnership),
    Line("procurement:trade-begin", BRING, 200, partnership),
    Line("procurement:trade-begin", BRING, 200, partnership, "post", {"title": ""}),
    Line("procurement:trade", BRING, 200, trade),
    Line("procurement:trade-give", BRING, 200, trade),
    Line("procurement:trade-give", BRING, 200, trade, "post", {"what": ""}),
    Line("procurement:trade-take-out", LOGIN, 405, line),
    Line("procurement:trade-take-out", BRING, 302, line, "post"),
    Line("procurement:trade-agree", BRING, 200, trade),
    Line("procurement:trade-agree", BRING, 200, trade, "post", {"gains": "Much"}),
    Line("procurement:trade-given", BRING, 200, line),
    Line("procurement:trade-given", BRING, 200, line, "post", {"quantity": ""}),
    Line("procurement:trade-confirm", LOGIN, 405, lambda world: {**trade(world), "given": uuid4()}),
    Line("procurement:trade-confirm", frozenset(), 302, lambda world: {**trade(world), "given": uuid4()}, "post",
         seen_by=OUTSIDE),
    Line("procurement:trade-end", BRING, 200, trade),
    Line("procurement:trade-end", BRING, 200, trade, "post", {"why": ""}),
    Line("procurement:competing-talk", WORKERS, 200, own, seen_by=READ),
    Line("procurement:competing-talk", WORKERS, 200, own, "post", {"words": ""}, seen_by=READ),
    Line("procurement:award-directly", WORKERS, 200, commission, seen_by=READ),
    Line("procurement:award-directly", WORKERS, 200, commission, "post", {"name": ""}, seen_by=READ),
]
