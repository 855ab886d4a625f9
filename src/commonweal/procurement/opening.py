"""What was sent is read by others only once the competition was opened, and never where it came late."""

from __future__ import annotations

from datetime import timedelta

from commonweal.core import clock
from commonweal.core.errors import NotAllowed, NotFound
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.procurement.models import Bid, Competition, Submission
from commonweal.procurement.package import Package, sent
from commonweal.procurement.sealing import submission_place, unseal

GRACE = timedelta(minutes=1)   # for what came in time and is still being kept
OTHERS = "Only people of the organisation that commissions it read what was bid."
SEALED = "Bids are sealed until they are opened, and nobody can read one before."


def standing_submission(bid: Bid) -> Submission | None:
    """The last that came in time and was not withdrawn after."""
    last: Submission | None = bid.submissions.filter(late=False).order_by("-number").first()
    return None if bid.withdrawn_at is not None else last


def runs(viewer: Viewer, competition: Competition) -> bool:
    """Whether somebody works for whoever commissions it: partners may bid, so bids are not theirs to read."""
    there = competition.partnership_id
    return viewer.system or (viewer.may(Permission.RECORD_EVIDENCE, there)
                             and viewer.organisation_in(there) == competition.commission.organisation_id)


def require_run(viewer: Viewer, competition: Competition) -> None:
    """Refuse whoever does not work for the commissioning organisation."""
    require(viewer, Permission.RECORD_EVIDENCE, competition.partnership_id)
    if not runs(viewer, competition):
        raise NotAllowed(OTHERS)


def opened_package(viewer: Viewer, bid: Bid) -> Package:
    """What a bid says, for those who work on the commission, after the opening."""
    competition = Competition.objects.select_related("commission").get(pk=bid.competition_id)
    require_run(viewer, competition)
    last = standing_submission(bid)
    if competition.opened_at is None or clock.now() <= competition.closes or last is None:
        raise NotAllowed(SEALED)
    return sent(unseal(competition.pk, submission_place(bid.pk, last.number), last.sealed))


def scored_questions(competition: Competition) -> tuple[str, ...]:
    """Those that count for something."""
    return tuple(key for key, weight in competition.criteria if weight)


def bid_of_letter(competition: Competition, letter: str) -> Bid:
    """The bid that goes by a letter."""
    found: Bid | None = Bid.objects.filter(competition=competition, letter=letter).exclude(letter="").first()
    if found is None:
        raise NotFound("There is no bid of that letter.")
    return found
