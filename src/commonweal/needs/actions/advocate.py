"""Write down who else says so, what they agreed to, and take it out whenever they wish."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core import signing
from django.db import models, transaction

from commonweal.core import clock
from commonweal.core.actions.recording import acting_organisation, acting_person, record_event, saved
from commonweal.core.errors import NotAllowed, NotFound, Refused
from commonweal.core.models import Partnership, PartnershipOrganisation
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, acted_for, require
from commonweal.needs.models import Advocate, Reach
from commonweal.needs.personal_text import personal_in

SALT = "needs.advocate"
BY_LINK = "By their own answer to the link they were sent"
MOST = 20


class Verb(models.TextChoices):
    """The deeds of advocates."""

    ADDED = "advocate.added"
    AGREED = "advocate.agreed"
    WITHDRAWN = "advocate.withdrawn"


@dataclass(frozen=True, slots=True)
class Told:
    """Who says what, and where they said it."""

    name: str
    stands_for: str
    words: str
    said_where: str
    said_on: date


@dataclass(frozen=True, slots=True)
class Consent:
    """How far it may be shown, and since when and how that is known."""

    reach: Reach
    on: date | None = None
    how: str = ""


@transaction.atomic
def add_advocate(
    *, by: Viewer, partnership: Partnership, partner: UUID, told: Told, consent: Consent
) -> Advocate:
    """Somebody who speaks for the case to one partner; seen by one's own organisation alone until they agreed."""
    require(by, Permission.DISCUSS, partnership.pk)
    require(by, Permission.VIEW_EVIDENCE, partnership.pk)
    seats = PartnershipOrganisation.objects.filter(partnership=partnership, organisation=partner)
    seats = seats.exclude(end__lte=clock.today())
    if not list(seats.select_for_update()):
        raise NotFound("There is no such organisation in this partnership.")
    _sound(told, consent)
    whose = acting_organisation(by, partnership)
    held = Advocate.objects.filter(partnership=partnership, partner=partner, withdrawn=None, recorded_for=whose)
    if held.count() >= MOST:
        raise Refused(f"Your organisation wrote down {MOST} already. Withdraw one first.")
    made = saved(Advocate(
        partnership=partnership, partner_id=partner, name=told.name, stands_for=told.stands_for, words=told.words,
        said_where=told.said_where, said_on=told.said_on, reach=consent.reach, agreed_on=consent.on,
        agreed_how=consent.how, recorded_by=acting_person(by), recorded_for=whose,
    ))
    record_event(by=by, verb=Verb.ADDED, subject=made, partnership=partnership.pk)
    return made


@transaction.atomic
def record_consent(*, by: Viewer, advocate: Advocate, consent: Consent) -> None:
    """What they agreed to since, as those who wrote it down know it."""
    row = _own(by, advocate)
    _agreed(row, consent)
    record_event(by=by, verb=Verb.AGREED, subject=row, partnership=row.partnership_id)


@transaction.atomic
def withdraw_advocate(*, by: Viewer, advocate: Advocate) -> None:
    """Name and words are gone from every page and from every file made from now on."""
    _gone(by, _own(by, advocate))


@transaction.atomic
def answer_for_oneself(*, by: Viewer, token: str, reach: Reach | None) -> None:
    """The advocate's own answer, by the address they were sent: how far to show it, or nothing to withdraw it."""
    row: Advocate = Advocate.objects.select_for_update().get(pk=advocate_of(token).pk)
    if reach is None:
        _gone(by, row)
        return
    _agreed(row, Consent(reach, clock.today(), BY_LINK))
    record_event(by=by, verb=Verb.AGREED, subject=row, partnership=row.partnership_id)


def token_of(advocate: Advocate) -> str:
    """What the address for the advocate carries; it opens this one and no other."""
    return signing.dumps(str(advocate.pk), salt=SALT)


def advocate_of(token: str) -> Advocate:
    """Whose address it is; NotFound where it is none, or what it led to was withdrawn."""
    try:
        found = Advocate.objects.filter(pk=signing.loads(token, salt=SALT), withdrawn=None).first()
    except signing.BadSignature:
        found = None
    if found is None:
        raise NotFound("Nothing is held at this address: it was withdrawn, or the address is not whole.")
    row: Advocate = found
    return row


def _own(by: Viewer, advocate: Advocate) -> Advocate:
    require(by, Permission.DISCUSS, advocate.partnership_id)
    row: Advocate = Advocate.objects.select_for_update().get(pk=advocate.pk)
    if acted_for(by, row.partnership_id) != row.recorded_for_id:
        raise NotAllowed("Another organisation wrote this down. Only its own people, or who said it, change it.")
    if row.withdrawn:
        raise Refused("It was withdrawn. Write it down anew if they say so again.")
    return row


def _agreed(row: Advocate, consent: Consent) -> None:
    _sound_consent(consent, row.said_on)
    row.reach, row.agreed_on, row.agreed_how = consent.reach, consent.on, consent.how
    saved(row)


def _gone(by: Viewer, row: Advocate) -> None:
    row.name = row.stands_for = row.words = row.said_where = row.agreed_how = ""
    row.reach, row.agreed_on, row.withdrawn = Reach.NOBODY, None, clock.today()
    saved(row)
    record_event(by=by, verb=Verb.WITHDRAWN, subject=row, partnership=row.partnership_id)


def _sound(told: Told, consent: Consent) -> None:
    if told.said_on > clock.today():
        raise Refused("The day they said it is in the future. Give the day it was said.")
    if not all((told.name, told.stands_for, told.words, told.said_where)):
        raise Refused("Say who, for whom they speak, what they said and where.")
    if {one.what for one in personal_in(f"{told.stands_for} {told.words}")} - {"a name"}:
        raise Refused("Leave out e-mail addresses, telephone numbers and postcodes: nobody needs them here.")
    _sound_consent(consent, told.said_on)


def _sound_consent(consent: Consent, said_on: date) -> None:
    if consent.reach == Reach.NOBODY:
        return
    if consent.on is None or not consent.how:
        raise Refused("Say on which day and how they agreed.")
    if not said_on <= consent.on <= clock.today():
        raise Refused("They agreed after they said it, and not in the future. Check the day.")
