"""The links of events that need no account: of one booking, and of one person's calendar."""

from __future__ import annotations

from uuid import UUID

from django.core import signing

from commonweal.core.errors import NotFound
from commonweal.core.models import Person
from commonweal.core.viewer import Viewer, viewer_of
from commonweal.knowledge.models import Booking

SALT = "knowledge.booking"
CALENDAR_SALT = "knowledge.calendar"


def token_of(row: Booking) -> str:
    """What the link of a booking holds."""
    return signing.dumps(str(row.pk), salt=SALT)


def booking_behind(token: str) -> Booking:
    """The booking a link stands for, until who it was is taken out."""
    row = Booking.objects.filter(pk=_key(token, SALT)).select_related("gathering__partnership").first()
    if row is None:
        raise NotFound("There is no such booking any more.")
    return row


def calendar_token(viewer: Viewer, partnership: UUID) -> str:
    """What the link of somebody's own calendar of a partnership holds."""
    return signing.dumps(f"{viewer.person}:{partnership}", salt=CALENDAR_SALT)


def calendar_behind(token: str) -> tuple[Viewer, UUID]:
    """Whose calendar it is, with the roles they hold today, and of which partnership."""
    try:
        person, _, partnership = str(signing.loads(token, salt=CALENDAR_SALT)).partition(":")
        key, there = UUID(person), UUID(partnership)
    except (signing.BadSignature, ValueError) as wrong:
        raise NotFound("This link is not whole. Copy it anew from the events page.") from wrong
    found = Person.objects.filter(pk=key, is_active=True).first()
    if found is None:
        raise NotFound("This calendar is not kept any more.")
    return viewer_of(found), there


def _key(token: str, salt: str) -> UUID:
    try:
        return UUID(str(signing.loads(token, salt=salt)))
    except (signing.BadSignature, ValueError) as wrong:
        raise NotFound("This link is not whole. Use it as it was given.") from wrong
