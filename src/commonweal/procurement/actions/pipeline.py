"""Partners publish a coming commission or take it back; anybody says that they might take part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from django.db import models, transaction

from commonweal.core import clock
from commonweal.core.actions.recording import acting_organisation, acting_person, in_turn, record_event, saved
from commonweal.core.errors import NotFound, Refused
from commonweal.core.models import Department
from commonweal.core.permissions import Permission
from commonweal.core.viewer import SYSTEM, Viewer, require
from commonweal.policy.papers import interest_questions, papers_version
from commonweal.policy.tiers import tiers
from commonweal.procurement.models import Commission, CommissionState, Interest, Listing

MOST = 300              # expressions of interest in one commission
LONGEST = 2000          # letters of an answer
KEPT = timedelta(days=365)


class Verb(models.TextChoices):
    """The deeds of the public calendar."""

    PUBLISHED = "listing.published"
    WITHDRAWN = "listing.withdrawn"
    INTERESTED = "interest.sent"
    ERASED = "interest.erased"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingSaid:
    """What may be read by everybody."""

    plain: str
    size: str
    contact: str
    department: UUID | None = None
    engage_at: time | None = None
    engage_where: str = ""
    interest_by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestSaid:
    """Who might take part, and their answers by the key of the question."""

    organisation: str
    name: str
    reach: str
    answers: dict[str, str]


@transaction.atomic
def publish_listing(*, by: Viewer, commission: Commission, said: ListingSaid) -> Listing:
    """Put it in the public calendar as it stands now, or put what is new in place of what was there."""
    row = own_commission(by, commission)
    if row.state in (CommissionState.DECIDED, CommissionState.WITHDRAWN):
        raise Refused("It is not coming any more, so it does not go into the calendar.")
    if not row.deal:
        raise Refused("Say first whether it is bought, given, let or traded: clubs look for that.")
    held = Listing.objects.filter(commission=row).first()
    listing = held or Listing(partnership_id=row.partnership_id, commission=row, published_by=acting_person(by))
    for name in ("title", "place", "engage_on", "starts_on", "tier"):
        setattr(listing, name, getattr(row, name))
    listing.kind, listing.plain, listing.size = row.deal, said.plain.strip(), said.size
    listing.contact, listing.department = said.contact.strip(), _department(row, said.department)
    listing.engage_at, listing.engage_where = said.engage_at, said.engage_where.strip()
    listing.interest_by, listing.withdrawn, listing.changed_at = said.interest_by, False, clock.now()
    saved(listing)
    record_event(by=by, verb=Verb.PUBLISHED, subject=listing, partnership=row.partnership_id)
    return listing


@transaction.atomic
def withdraw_listing(*, by: Viewer, listing: Listing) -> None:
    """Take it out of the calendar; whoever had asked to take part is kept."""
    own_commission(by, listing.commission)
    listing.withdrawn, listing.changed_at = True, clock.now()
    saved(listing)
    record_event(by=by, verb=Verb.WITHDRAWN, subject=listing, partnership=listing.partnership_id)


@transaction.atomic
def express_interest(*, by: Viewer, listing: Listing, said: InterestSaid) -> Interest:
    """Anybody, without an account; sent twice in the same words it is kept once."""
    in_turn(listing.partnership)
    row: Listing = Listing.objects.get(pk=listing.pk)
    if not open_to_interest(row):
        raise Refused("This one takes no more expressions of interest. Ring whoever is named on its page.")
    asked = [one.key for one in interest_questions(tiers()[row.tier - 1] if row.tier else None)]
    answers = {key: said.answers.get(key, "").strip()[:LONGEST] for key in asked}
    same = row.interests.filter(organisation=said.organisation.strip(), reach=said.reach.strip(), answers=answers)
    held: Interest | None = same.first()
    if held is not None:
        return held
    if row.interests.count() >= MOST:
        raise Refused("So many have asked already that no more are taken here. Ring whoever is named on its page.")
    made = saved(Interest(
        partnership_id=row.partnership_id, listing=row, organisation=said.organisation.strip(),
        name=said.name.strip(), reach=said.reach.strip(), answers=answers, version=papers_version()[0],
    ))
    record_event(by=by, verb=Verb.INTERESTED, subject=made, partnership=row.partnership_id)
    return made


@transaction.atomic
def erase_interest(*, by: Viewer, interest: Interest, oneself: bool = False) -> None:
    """Take out who it was and what they wrote: by whoever holds its receipt, or by the buyer."""
    if not oneself:
        own_commission(by, interest.listing.commission)
    interest.organisation, interest.name, interest.reach, interest.answers = "Taken out", "", "", {}
    interest.erased_at = clock.now()
    saved(interest)
    record_event(by=by, verb=Verb.ERASED, subject=interest, partnership=interest.partnership_id)


def let_old_interests_go() -> None:
    """A year after it was sent nobody needs to know who it was."""
    for one in old_interests()[:500]:
        erase_interest(by=SYSTEM, interest=one, oneself=True)


def old_interests() -> Any:
    """Those sent more than a year ago."""
    return Interest.objects.filter(sent_at__lt=clock.now() - KEPT, erased_at=None)


def open_to_interest(row: Listing) -> bool:
    """Whether anybody may still say that they might take part."""
    late = row.interest_by is not None and row.interest_by < clock.today()
    over = row.commission.state in (CommissionState.DECIDED, CommissionState.WITHDRAWN)
    return not (row.withdrawn or late or over)


def own_commission(by: Viewer, commission: Commission) -> Commission:
    """The row, locked, for those who act for whoever commissions it."""
    require(by, Permission.RECORD_EVIDENCE, commission.partnership_id)
    row: Commission = Commission.objects.select_for_update().select_related("partnership").get(pk=commission.pk)
    if acting_organisation(by, row.partnership).pk != row.organisation_id:
        raise Refused("Only whoever commissions it may do this. Ask them.")
    return row


def _department(row: Commission, asked: UUID | None) -> Department | None:
    if asked is None:
        return None
    found = Department.objects.filter(pk=asked, organisation=row.organisation_id, retired=None).first()
    if found is None:
        raise NotFound("There is no such department any more. Choose again.")
    return found
