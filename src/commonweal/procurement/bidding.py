"""Who writes a bid: people of its organisation by their account, or whoever holds its link; and what they read."""

from __future__ import annotations

from dataclasses import dataclass

from commonweal.core.errors import NotFound, Refused
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.procurement.models import Bid, BidLink, Submission
from commonweal.procurement.package import Package, read
from commonweal.procurement.sealing import draft_place, submission_place, unseal

NO_BID = "There is no such bid, or it is not yours. Use the link that was given when it was begun."


@dataclass(frozen=True, slots=True)
class Bidding:
    """Who writes: through which link, or with which account."""

    by: Viewer
    link: BidLink | None = None


def is_own(who: Bidding, bid: Bid) -> bool:
    """Whether the bid is theirs: by a link that works, or by the organisation they act for."""
    if who.link is not None:
        return who.link.bid_id == bid.pk and who.link.works()
    acts_for = who.by.organisation_in(bid.partnership_id)
    return (bid.organisation_id is not None and acts_for == bid.organisation_id
            and who.by.may(Permission.BRING_EVIDENCE, bid.partnership_id))


def let_in(who: Bidding, bid: Bid) -> None:
    """The same NotFound for everybody whose bid it is not."""
    if not is_own(who, bid):
        raise NotFound(NO_BID)
    if who.link is None:
        require(who.by, Permission.BRING_EVIDENCE, bid.partnership_id)


def own_draft(who: Bidding, bid: Bid) -> Package:
    """The draft, for its own bidder."""
    let_in(who, bid)
    return read(unseal(bid.competition_id, draft_place(bid.pk), bid.draft))


def own_submission(who: Bidding, submission: Submission) -> bytes:
    """What was sent, byte for byte, for its own bidder: its SHA-256 is that of the receipt."""
    bid = submission.bid
    let_in(who, bid)
    if bid.let_go_at is not None:
        raise Refused(f"What was sent was let go on {bid.let_go_at:%-d %B %Y}, as its rule of keeping says. Its "
                      "hash and the instant it came stay on the receipt.")
    return unseal(bid.competition_id, submission_place(bid.pk, submission.number), submission.sealed)
