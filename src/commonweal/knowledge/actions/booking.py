"""People book a place or wait for one, give it back, are marked as there, and give feedback without a name."""

from __future__ import annotations

import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from smtplib import SMTPException
from typing import Any
from urllib.parse import urljoin
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.db import models, transaction
from django.template.loader import render_to_string
from django.urls import reverse

from commonweal.core import clock
from commonweal.core.actions.recording import person_of, record_event, saved
from commonweal.core.errors import NotAllowed, NotFound, Refused
from commonweal.core.permissions import Permission
from commonweal.core.viewer import SYSTEM, Viewer, acted_for, require
from commonweal.knowledge.models import Booking, BookingState, Feedback, Gathering, GatheringState
from commonweal.knowledge.queries.event_links import token_of

KEPT = timedelta(days=60)
WAITING_MOST = 200
logger = logging.getLogger("commonweal.mail")


class BookingVerb(models.TextChoices):
    """The deeds of booking."""

    BOOKED = "booking.made"
    LEFT = "booking.left"
    ERASED = "booking.erased"
    MARKED = "gathering.attendance"
    ANSWERED = "gathering.feedback"


@dataclass(frozen=True, slots=True, kw_only=True)
class Booker:
    """Who comes, and what they need to take part."""

    name: str
    email: str
    access_needs: str = ""


@dataclass(frozen=True, slots=True)
class Booked:
    """The booking; `again` where the address had one, which is then told to that address and to nobody else."""

    booking: Booking
    again: bool


@transaction.atomic
def book(*, by: Viewer, gathering: Gathering, booker: Booker) -> Booked:
    """A place, or the next one on the waiting list; asked twice by one address it is the same booking."""
    row = _held(gathering)
    if not row.public:
        require(by, Permission.VIEW_PARTNERSHIP, row.partnership_id)
    if row.state == GatheringState.CANCELLED or row.day < clock.today():
        raise Refused("This event takes no more bookings.")
    email = booker.email.strip().lower()
    same = row.bookings.filter(email=email, erased_at=None).exclude(state=BookingState.LEFT).first()
    if same is not None:
        _tell(same, "receipt")
        return Booked(same, again=by.person is None or same.person_id != by.person)
    full = row.places is not None and row.bookings.filter(state=BookingState.PLACE).count() >= row.places
    if full and row.bookings.filter(state=BookingState.WAITING).count() >= WAITING_MOST:
        raise Refused("The waiting list is full too. Ring whoever is named on the page.")
    made = saved(Booking(
        partnership_id=row.partnership_id, gathering=row, person=person_of(by), name=booker.name.strip(),
        email=email, access_needs=booker.access_needs.strip(),
        state=BookingState.WAITING if full else BookingState.PLACE,
    ))
    record_event(by=by, verb=BookingVerb.BOOKED, subject=made, partnership=row.partnership_id)
    _tell(made, "receipt")
    return Booked(made, again=False)


@transaction.atomic
def leave(*, by: Viewer, booking: Booking) -> Booking:
    """Give the place back: who it was is taken out, and the next in line has it."""
    gathering = _held(booking.gathering)
    row: Booking = Booking.objects.select_for_update().get(pk=booking.pk)
    if row.state != BookingState.LEFT:
        row.state = BookingState.LEFT
        _erase(row)
        record_event(by=by, verb=BookingVerb.LEFT, subject=row, partnership=row.partnership_id)
        use_free_places(gathering)
    return row


@transaction.atomic
def mark_attendance(*, by: Viewer, gathering: Gathering, came: Collection[UUID]) -> int:
    """Who came, of those who had a place; the others did not."""
    require(by, Permission.DISCUSS, gathering.partnership_id)
    row = _held(gathering)
    if acted_for(by, row.partnership_id) != row.host_id:
        raise NotAllowed("Whoever hosts the event writes down who came.")
    if row.day > clock.today():
        raise Refused("It has not taken place yet.")
    placed = row.bookings.filter(state=BookingState.PLACE)
    placed.update(came=False)
    count = placed.filter(pk__in=came).update(came=True)
    record_event(by=by, verb=BookingVerb.MARKED, subject=row, partnership=row.partnership_id)
    return count


@transaction.atomic
def give_feedback(
    *, by: Viewer, booking: Booking, worth: int, useful: str, following: str, quote: bool
) -> Feedback:
    """Three answers, once a booking; which booking they came from is not kept."""
    row: Booking = Booking.objects.select_for_update().select_related("gathering").get(pk=booking.pk)
    if row.answered:
        raise Refused("You have answered already. Thank you.")
    if row.state != BookingState.PLACE or row.gathering.day > clock.today():
        raise Refused("These questions are for those who were there, afterwards.")
    Booking.objects.filter(pk=row.pk).update(answered=True)
    made = saved(Feedback(
        partnership_id=row.partnership_id, gathering=row.gathering, worth=worth, useful=useful.strip(),
        next=following.strip(), quote=quote,
    ))
    record_event(by=SYSTEM, verb=BookingVerb.ANSWERED, subject=row.gathering, partnership=row.partnership_id)
    return made


def use_free_places(gathering: Gathering) -> None:
    """Whoever waited longest has the place that is free, and is told."""
    waiting = gathering.bookings.filter(state=BookingState.WAITING).order_by("booked_at", "id")
    taken = gathering.bookings.filter(state=BookingState.PLACE).count()
    free = waiting.count() if gathering.places is None else max(gathering.places - taken, 0)
    for one in list(waiting[:free]):
        one.state = BookingState.PLACE
        saved(one)
        _tell(one, "promoted")


def tell_all(gathering: Gathering, letter: str) -> None:
    """A letter to everybody who has a place or waits."""
    for one in gathering.bookings.filter(erased_at=None).exclude(state=BookingState.LEFT):
        _tell(one, letter)


def let_old_bookings_go() -> None:
    """Sixty days after an event nobody needs to know who booked; the counts stay."""
    for one in old_bookings().order_by("pk")[:500]:
        with transaction.atomic():
            _erase(one)
            record_event(by=SYSTEM, verb=BookingVerb.ERASED, subject=one, partnership=one.partnership_id)


def old_bookings() -> Any:
    """Those of events sixty days ago that still name somebody."""
    return Booking.objects.filter(gathering__day__lt=clock.today() - KEPT, erased_at=None)


def _erase(row: Booking) -> None:
    row.name, row.email, row.access_needs, row.person, row.erased_at = "", "", "", None, clock.now()
    saved(row)


def _held(gathering: Gathering) -> Gathering:
    found: Gathering | None = Gathering.objects.select_for_update().filter(pk=gathering.pk).first()
    if found is None:
        raise NotFound("There is no such event any more.")
    return found


def _tell(row: Booking, letter: str) -> None:
    """After the transaction; a letter that cannot be sent stops nothing, since the page says it too."""
    if not row.email or row.partnership.invented:
        return
    address, link = row.email, urljoin(settings.SITE_ADDRESS, reverse("knowledge:booking", args=[token_of(row)]))
    words = render_to_string("knowledge/mail/event.txt", {"row": row, "event": row.gathering, "letter": letter,
                                                          "link": link})
    subject = {"receipt": "Your booking", "promoted": "You have a place", "changed": "Changed",
               "cancelled": "Cancelled"}[letter]
    title = " ".join(row.gathering.title.split())

    def go() -> None:
        try:
            send_mail(f"{subject}: {title}", words, None, [address])
        except (SMTPException, OSError):
            logger.exception("a letter about an event could not be sent")

    transaction.on_commit(go)
