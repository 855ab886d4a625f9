"""A bid's link is swapped for a short session: which bids a session may open, and until when."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.http import HttpRequest

from commonweal.core import clock
from commonweal.core.errors import NotFound
from commonweal.core.viewer import viewer_from
from commonweal.procurement.bidding import NO_BID, Bidding, is_own
from commonweal.procurement.models import Bid, BidLink
from commonweal.procurement.queries.bids import bid_row

OPENED = "bids_opened"
HOURS = 8


def let_in(request: HttpRequest, link: BidLink) -> None:
    """From now on this session may open the link's bid, for some hours."""
    if not request.user.is_authenticated:
        request.session.cycle_key()
    ends = clock.now() + timedelta(hours=HOURS)
    held = request.session.get(OPENED, {})
    request.session[OPENED] = {**held, str(link.bid_id): [str(link.pk), ends.isoformat()]}


def opened(request: HttpRequest, identifier: UUID) -> tuple[Bid, Bidding]:
    """The bid this session was let in to, or that of one's own organisation; the same NotFound for all others."""
    row = bid_row(identifier)
    own = Bidding(viewer_from(request))
    if is_own(own, row):
        return row, own
    held = request.session.get(OPENED, {}).get(str(identifier))
    link = BidLink.objects.filter(pk=held[0]).first() if held else None
    if held is None or link is None or datetime.fromisoformat(held[1]) <= clock.now():
        raise NotFound(NO_BID)
    by_link = Bidding(viewer_from(request), link)
    if not is_own(by_link, row):
        raise NotFound(NO_BID)
    return row, by_link
