"""The public calendar: open to everybody; what stands in it, and who answered, for those who work on it."""

from __future__ import annotations

from tests.access.commissions import READ, commission
from tests.access.line import ANYBODY, LOGIN, WORKERS, Line
from tests.world import World

from commonweal.core.models import Partnership
from commonweal.core.viewer import ANONYMOUS, viewer_of
from commonweal.procurement.actions.pipeline import (
    InterestSaid,
    ListingSaid,
    express_interest,
    publish_listing,
)
from commonweal.procurement.actions.subscribing import token_of
from commonweal.procurement.models import Commission, Interest, Listing, Subscription
from commonweal.procurement.queries.pipeline import receipt_of

SAID = ListingSaid(plain="Girls will dance near home.", size="small", contact="Leisure team, 01234 567890")
TOLD = InterestSaid(organisation="Marsh End Dance", name="Jo Bloggs", reach="jo@marshend.example",
                    answers={"who": "Marsh End Dance", "what": "Dance on Tuesdays."})


def listed(world: World) -> Listing:
    """One that is in the calendar."""
    row = Commission.objects.get(pk=commission(world)["commission"])
    held = Listing.objects.filter(commission=row).first()
    return held or publish_listing(by=viewer_of(world.admin()), commission=row, said=SAID)


def answered(world: World) -> Interest:
    return express_interest(by=ANONYMOUS, listing=listed(world), said=TOLD)


def subscriber() -> Subscription:
    return Subscription.objects.get_or_create(email="club@club.example")[0]


def listing(world: World) -> dict[str, object]:
    return {"listing": listed(world).pk}


def own(world: World) -> dict[str, object]:
    listed(world)
    return commission(world)


def interest(world: World) -> dict[str, object]:
    return {**commission(world), "interest": answered(world).pk}


def receipt(world: World) -> dict[str, object]:
    return {"receipt": receipt_of(answered(world))}


def token(world: World) -> dict[str, object]:
    assert Partnership.objects.exists()
    return {"token": token_of(subscriber())}


TABLE = [
    Line("procurement:coming", ANYBODY, 200),
    Line("procurement:coming-feed", ANYBODY, 200),
    Line("procurement:coming-news", ANYBODY, 200),
    Line("procurement:coming-news", ANYBODY, 200, method="post", data={"email": "no"}),
    Line("procurement:coming-confirm", ANYBODY, 200, token),
    Line("procurement:coming-unsubscribe", ANYBODY, 200, token),
    Line("procurement:coming-receipt", ANYBODY, 200, receipt),
    Line("procurement:coming-one", ANYBODY, 200, listing),
    Line("procurement:coming-take-part", ANYBODY, 200, listing),
    Line("procurement:coming-take-part", ANYBODY, 200, listing, "post", {"organisation": ""}),
    Line("procurement:interests", WORKERS, 200, own, seen_by=READ),
    Line("procurement:listing-publish", WORKERS, 200, commission, seen_by=READ),
    Line("procurement:listing-publish", WORKERS, 200, commission, "post", {"plain": ""}, seen_by=READ),
    Line("procurement:listing-withdraw", LOGIN, 405, own),
    Line("procurement:listing-withdraw", WORKERS, 302, own, "post", seen_by=READ),
    Line("procurement:interest-erase", WORKERS, 302, interest, "post"),
    Line("api:coming_commissions", ANYBODY, 200),
]
