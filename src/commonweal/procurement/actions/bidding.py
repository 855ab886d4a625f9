"""A bid is begun, written by one or several, sent, sent anew, or withdrawn; what comes late is kept as proof."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import models, transaction

from commonweal.core import clock
from commonweal.core.actions.recording import acting_organisation, in_turn, record_event, saved
from commonweal.core.errors import Refused
from commonweal.core.ids import uuid7
from commonweal.core.models.invitations import hash_of, new_token
from commonweal.core.permissions import Permission
from commonweal.core.viewer import ANONYMOUS, Viewer, require
from commonweal.policy.competing import way
from commonweal.procurement.actions.competing import OVER, held_competition
from commonweal.procurement.actions.pipeline import own_commission
from commonweal.procurement.bid_checks import lacking
from commonweal.procurement.bidding import Bidding, let_in, own_draft
from commonweal.procurement.deadline import said
from commonweal.procurement.models import Bid, BidLink, Competition, Submission
from commonweal.procurement.package import Attached, Package, fresh, hash_of_sent, kept, written
from commonweal.procurement.sealing import draft_place, seal, submission_place

MOST_BIDS = 300
MOST_LINKS = 12
Change = Callable[[Package], Package]


class Verb(models.TextChoices):
    """The deeds of bids. Their events name nobody: who bids is sealed too."""

    BEGUN = "bid.begun"
    SENT = "bid.sent"
    LATE = "bid.came_late"
    WITHDRAWN = "bid.withdrawn"
    INVITED = "bid.invited"


class Meanwhile(Refused):
    """A colleague saved the same part since it was opened."""


@transaction.atomic
def begin_bid(*, competition: Competition, name: str, contact: str, reach: str) -> tuple[Bid, str]:
    """Anybody, without an account; the token of the link that opens it."""
    row = _open_to_all(competition)
    if way(row.way).invited:
        raise Refused("Only those who were asked take part here. Use the link you were sent.")
    bid = _made(row, fresh(name.strip(), contact.strip(), reach.strip()))
    return bid, _link(bid)


@transaction.atomic
def begin_own_bid(*, by: Viewer, competition: Competition, begun: Package) -> Bid:
    """With an account: the bid of the organisation one acts for, the one there is or a new one from `begun`."""
    require(by, Permission.BRING_EVIDENCE, competition.partnership_id)
    whose = acting_organisation(by, competition.partnership)
    in_turn(competition.partnership)
    if whose.pk == competition.commission.organisation_id:
        raise Refused("Your organisation commissions this, so it cannot bid for it.")
    held: Bid | None = competition.bids.filter(organisation=whose).first()
    if held is not None:
        return held
    row = _open_to_all(competition)
    if way(row.way).invited:
        raise Refused("Only those who were asked take part here. Use the link you were sent.")
    bid = _made(row, begun)
    bid.organisation = whose
    return saved(bid)


@transaction.atomic
def invite_bidder(*, by: Viewer, competition: Competition, name: str) -> tuple[Bid, str]:
    """Ask somebody to take part; the token of a link for them alone."""
    own_commission(by, competition.commission)
    row = _open_to_all(competition)
    if not name.strip():
        raise Refused("Say whom you invite.")
    bid = _made(row, fresh(name.strip()))
    bid.invited = name.strip()[:200]
    saved(bid)
    record_event(by=by, verb=Verb.INVITED, subject=bid, partnership=bid.partnership_id)
    return bid, _link(bid)


@transaction.atomic
def add_link(*, who: Bidding, bid: Bid) -> str:
    """Another link to the same bid, for a colleague."""
    row = _held(who, bid)
    if row.links.filter(ended=None).count() >= MOST_LINKS:
        raise Refused(f"There are {MOST_LINKS} links to this bid already. Share one of those.")
    return _link(row)


@transaction.atomic
def change_bid(*, who: Bidding, bid: Bid, part: str, change: Change, seen: int | None = None) -> Package:
    """Save one part; where a colleague saved the same part since `seen` theirs stands, and it is said."""
    row = _held(who, bid)
    _in_time(row)
    draft = own_draft(who, row)
    number = draft.seen.get(part, 0)
    changed = change(draft)
    if seen is not None and seen != number and changed != draft:
        raise Meanwhile("A colleague saved this meanwhile. Theirs stands below yours: put together what you want.")
    return _keep(row, replace(changed, seen={**draft.seen, part: number + 1}))


@transaction.atomic
def attach_file(*, who: Bidding, bid: Bid, attached: Attached, most: int) -> Package:
    """A file that was checked and sealed goes with the bid."""
    row = _held(who, bid)
    _in_time(row)
    draft = own_draft(who, row)
    if any(one.sha256 == attached.sha256 for one in draft.files):
        raise Refused("This very file is with the bid already.")
    if len(draft.files) >= most:
        raise Refused(f"At most {most} files go with a bid. Take one out first.")
    return _keep(row, replace(draft, files=(*draft.files, attached)))


@transaction.atomic
def send_bid(*, who: Bidding, bid: Bid) -> Submission:
    """Send it as it stands. Sent twice unchanged it is kept once; late it is kept as proof and not taken in."""
    at = clock.arrived()    # before anything is waited for, a busy database included
    row = _held(who, bid)
    competition = row.competition
    if competition.commission.state in OVER:
        raise Refused("This commission is over. Nothing is taken in any more.")
    draft = own_draft(who, row)
    missing = lacking(competition, draft)
    if missing:
        raise Refused(f"Before it can be sent: {missing[0]}")
    clear = written(row.pk, competition.pk, draft)
    digest = hash_of_sent(clear)
    last: Submission | None = row.submissions.order_by("-number").first()
    late = _passed(competition, at)
    again = last is not None and (last.sha256, last.late) == (digest, late)
    if last is not None and again and (late or row.withdrawn_at is None):
        return last
    number = last.number + 1 if last else 1
    made = saved(Submission(
        partnership_id=row.partnership_id, bid=row, number=number, at=at, closes=competition.closes, late=late,
        sha256=digest, sealed=seal(competition.pk, submission_place(row.pk, number), clear)))
    if not late:
        row.withdrawn_at = None
        saved(row)
    record_event(by=ANONYMOUS, verb=Verb.LATE if late else Verb.SENT, subject=row, partnership=row.partnership_id,
                 version=number)
    return made


@transaction.atomic
def withdraw_bid(*, who: Bidding, bid: Bid) -> Bid:
    """Take back what was sent, until the deadline; the draft stays, and can be sent again."""
    row = _held(who, bid)
    _in_time(row)
    if not row.submissions.filter(late=False).exists() or row.withdrawn_at is not None:
        raise Refused("Nothing of yours is sent, so there is nothing to take back.")
    row.withdrawn_at = clock.now()
    saved(row)
    record_event(by=ANONYMOUS, verb=Verb.WITHDRAWN, subject=row, partnership=row.partnership_id)
    return row


def new_file_id() -> UUID:
    """The id under which a file is sealed."""
    return uuid7()


def _open_to_all(competition: Competition) -> Competition:
    in_turn(competition.partnership)
    row = held_competition(competition)
    if row.commission.state in OVER:
        raise Refused("This commission is over. Nothing is taken in any more.")
    if clock.now() < row.opens:
        raise Refused(f"It opens on {said(row.opens)}.")
    if _passed(row, clock.now()):
        raise Refused(f"The deadline passed on {said(row.closes)}.")
    if row.bids.count() >= MOST_BIDS:
        raise Refused("So many have begun already that no more are taken here. Ring whoever is named there.")
    return row


def _made(competition: Competition, package: Package) -> Bid:
    identifier = uuid7()
    bid = saved(Bid(
        id=identifier, partnership_id=competition.partnership_id, competition=competition,
        draft=seal(competition.pk, draft_place(identifier), kept(package))))
    record_event(by=ANONYMOUS, verb=Verb.BEGUN, subject=bid, partnership=bid.partnership_id)
    return bid


def _link(bid: Bid) -> str:
    token = new_token()
    saved(BidLink(partnership_id=bid.partnership_id, bid=bid, token_hash=hash_of(token)))
    return token


def _held(who: Bidding, bid: Bid) -> Bid:
    """The row, locked, for its own bidder."""
    row: Bid = Bid.objects.select_for_update(of=("self",)).select_related("competition__commission").get(pk=bid.pk)
    let_in(who, row)
    return row


def _passed(competition: Competition, at: datetime) -> bool:
    """Whether nothing is in time any more; once opened that stands, wherever the clock is set."""
    return at > competition.closes or competition.opened_at is not None


def _in_time(row: Bid) -> None:
    if row.competition.commission.state in OVER:
        raise Refused("This commission is over. Nothing is taken in any more.")
    if _passed(row.competition, clock.arrived()):
        raise Refused(f"The deadline passed on {said(row.competition.closes)}. What you wrote is kept as it is.")


def _keep(row: Bid, package: Package) -> Package:
    row.draft = seal(row.competition_id, draft_place(row.pk), kept(package))
    row.saves += 1
    saved(row)
    return package
