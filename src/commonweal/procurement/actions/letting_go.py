"""What bidders wrote goes by a stated rule once nobody needs it; scores, sums, hashes and the decision stay."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from django.db import models, transaction

from commonweal.core import clock
from commonweal.core.actions.recording import record_event
from commonweal.core.errors import Refused
from commonweal.core.triggers import unguarded
from commonweal.core.viewer import SYSTEM
from commonweal.policy.keeping import Keeping, keeping
from commonweal.procurement.actions.competing import OVER
from commonweal.procurement.models import Bid, Competition, Submission
from commonweal.procurement.opening import standing_submission
from commonweal.procurement.package import Package, kept, read, sent, written
from commonweal.procurement.sealing import BidFiles, draft_place, seal, submission_place, unseal

MOST = 200   # in one run
YOUNGEST = timedelta(days=360)   # nothing younger is looked at


class Verb(models.TextChoices):
    """The deed of letting go."""

    GONE = "bid.let_go"


@dataclass(frozen=True, slots=True)
class Due:
    """One bid that may go: by which rule, and since when."""

    bid: Bid
    rule: Keeping
    since: date


def due_to_go(on: date) -> tuple[Due, ...]:
    """Every bid whose time is over, the longest first; nothing of a competition that is not over."""
    found = []
    rows = Competition.objects.filter(
        commission__state__in=OVER, closes__lt=clock.now() - YOUNGEST).select_related("commission", "decision")
    for competition in rows:
        decision = getattr(competition, "decision", None)
        chosen = {one.get("bid") for one in decision.chosen} if decision else set()
        ended = _ended(competition)
        for bid in competition.bids.filter(let_go_at=None).select_related("competition").order_by("id"):
            rule = keeping()[_rule(bid, chosen)]
            day = rule.goes_on(ended)
            if day is not None and day <= on:
                found.append(Due(bid, rule, day))
    return tuple(sorted(found, key=lambda one: (one.since, one.bid.pk)))


def let_bids_go() -> int:
    """Let go of what is due; how many there were. What no key here opens is left as it is, for who has the key."""
    due = due_to_go(clock.today())[:MOST]
    return sum(_let_go(one.bid) for one in due)


@transaction.atomic
def _let_go(bid: Bid) -> bool:
    key = bid.competition_id
    try:
        draft = read(unseal(key, draft_place(bid.pk), bid.draft))
        came = {one: sent(unseal(key, submission_place(bid.pk, one.number), one.sealed))
                for one in bid.submissions.all()}
    except Refused:
        return False
    stands = standing_submission(bid)
    with unguarded(Submission) if came else nullcontext():
        for one, package in came.items():
            left = written(bid.pk, key, _bare(package) if one == stands else Package())
            models.QuerySet(Submission).filter(pk=one.pk).update(
                sealed=seal(key, submission_place(bid.pk, one.number), left))
    left_draft = kept(_bare(draft) if stands else Package())
    Bid.objects.filter(pk=bid.pk).update(
        draft=seal(key, draft_place(bid.pk), left_draft), let_go_at=clock.now(), invited="")
    bid.links.filter(ended=None).update(ended=clock.now())
    record_event(by=SYSTEM, verb=Verb.GONE, subject=bid, partnership=bid.partnership_id)
    files = {UUID(one.id) for package in (draft, *came.values()) for one in package.files}
    transaction.on_commit(lambda: _unlink(key, files))
    return True


def _bare(package: Package) -> Package:
    """What the decision says of it too: its name, its members and its price."""
    return replace(package, contact="", reach="", answers={}, price_made_of="", files=(), seen={})


def _unlink(competition: UUID, files: Iterable[UUID]) -> None:
    store = BidFiles(competition)
    for one in files:
        store.let_go(one)


def _rule(bid: Bid, chosen: Iterable[str | None]) -> str:
    if str(bid.pk) in set(chosen):
        return "chosen"
    late = bid.submissions.filter(late=True).exists()
    return "not-chosen" if standing_submission(bid) or late else "not-sent"


def _ended(competition: Competition) -> date:
    """The day it closed, was decided or was signed, whichever came last."""
    days = [clock.local_day(competition.closes)]
    if hasattr(competition, "decision"):
        days.append(competition.decision.decided_on)
    days += [one for one in competition.commission.awards.values_list("signed_on", flat=True) if one]
    return max(days)
