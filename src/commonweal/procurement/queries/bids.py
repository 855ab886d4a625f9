"""A bid as its own bidder sees it, part by part; and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from commonweal.core.errors import NotFound
from commonweal.core.models.invitations import hash_of
from commonweal.core.viewer import Viewer
from commonweal.policy.competing import prefill
from commonweal.procurement.bid_checks import lacking, words_in
from commonweal.procurement.bidding import NO_BID, Bidding, own_draft
from commonweal.procurement.deadline import exactly, said
from commonweal.procurement.models import Bid, BidLink, Submission
from commonweal.procurement.opening import standing_submission
from commonweal.procurement.package import Package, Said, fresh, hash_of_sent, written
from commonweal.procurement.queries.competing import CompetitionCard, competition_public
from commonweal.procurement.queries.decisions import Told, told_to
from commonweal.providers.queries.profiles import ProfileCard, own_profile


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was sent and when: the hash is of the file the bidder can take along."""

    number: int
    sha256: str
    at: datetime
    at_said: str
    exactly: str
    deadline: str
    late: bool
    seconds_late: float
    stands: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A bid as its bidder works on it."""

    id: UUID
    competition: CompetitionCard
    package: Package
    lacking: tuple[str, ...]
    receipts: tuple[Receipt, ...]
    withdrawn: bool
    changed_since: bool
    has_account: bool
    outcome: Told | None
    let_go_at: datetime | None

    @property
    def stands(self) -> Receipt | None:
        """The submission that counts."""
        return next((one for one in reversed(self.receipts) if one.stands), None)

    @property
    def done(self) -> int:
        """How many questions are answered."""
        return sum(bool(one.words.strip()) and not one.taken_over for one in
                   (self.package.answer(each.question.key) for each in self.competition.criteria))

    def words_used(self, key: str) -> int:
        """How many words an answer has."""
        return words_in(self.package.answer(key).words)


def sheet_of(who: Bidding, bid: Bid) -> Sheet:
    """The bid, for its own bidder."""
    package = own_draft(who, bid)
    last = standing_submission(bid)
    receipts = tuple(_receipt(one, one == last) for one in bid.submissions.order_by("number"))
    now = hash_of_sent(written(bid.pk, bid.competition_id, package))
    return Sheet(
        bid.pk, competition_public(who.by, bid.competition_id), package, lacking(bid.competition, package),
        receipts, bid.withdrawn_at is not None, last is not None and last.sha256 != now,
        bid.organisation_id is not None, told_to(who, bid), bid.let_go_at)


def bid_row(bid: UUID) -> Bid:
    """The record; whoever asks is let in by `own_draft` alone."""
    found: Bid | None = Bid.objects.select_related(
        "competition__commission__organisation", "partnership").filter(pk=bid).first()
    if found is None:
        raise NotFound(NO_BID)
    return found


def link_behind(token: str) -> BidLink:
    """The link of a token; the same NotFound whether there was never one or it was ended."""
    found: BidLink | None = BidLink.objects.select_related("bid__competition").filter(
        token_hash=hash_of(token)).first()
    if found is None or not found.works():
        raise NotFound("This link does not open a bid. Look whether it is whole, or ask whoever gave it to you.")
    return found


def own_bid_of(viewer: Viewer, competition: CompetitionCard) -> Bid | None:
    """The bid of the organisation the viewer acts for, if it has begun one."""
    whose = viewer.organisation_in(competition.partnership)
    rows = Bid.objects.filter(competition=competition.id, organisation=whose) if whose else Bid.objects.none()
    found: Bid | None = rows.first()
    return found


def begun_from_profile(viewer: Viewer, competition: CompetitionCard) -> Package:
    """A bid that begins with what the organisation has said before; each such answer waits to be read."""
    body, profile = own_profile(viewer, competition.partnership)
    package = fresh(body.name if body else "")
    before = _before(viewer, competition)
    for each in competition.criteria:
        key = each.question.key
        words = before.answer(key).words or _known(key, package.name, profile)
        if words:
            package = package.with_answer(key, Said(words, 0, taken_over=True))
    return package


def _before(viewer: Viewer, competition: CompetitionCard) -> Package:
    """What the same organisation last wrote in another competition of this partnership."""
    whose = viewer.organisation_in(competition.partnership)
    last = Bid.objects.filter(partnership=competition.partnership, organisation=whose).exclude(
        competition=competition.id).order_by("-created").first() if whose else None
    return own_draft(Bidding(viewer), last) if last else Package()


def _known(key: str, name: str, profile: ProfileCard | None) -> str:
    """What is known for one question, each line on its own."""
    found: list[str] = []
    for part in prefill().get(key, ()):
        if part == "name":
            found += [name] if name else []
        elif profile is not None:
            lines = next((rows for kind, _, rows in profile.lines if kind == part), None)
            value = getattr(profile, part, None)
            if lines is not None:
                found += [one.text for one in lines if not one.over]
            elif part == "turnover" and value is not None:
                year = f" in {profile.turnover_year}" if profile.turnover_year else ""
                found.append(f"Turnover £{value:,.0f}{year}.")
            elif value not in (None, ""):
                found.append(str(value))
    return "\n".join(found) if found != [name] else ""


def _receipt(row: Submission, stands: bool) -> Receipt:
    return Receipt(row.number, row.sha256, row.at, said(row.at), exactly(row.at), said(row.closes), row.late,
                   round((row.at - row.closes).total_seconds(), 6), stands)

