"""What the knowledge stage lets go of when a person is forgotten: open scores, offers to be rung, bookings."""

from __future__ import annotations

from commonweal.core import clock
from commonweal.core.forgetting import forgets
from commonweal.core.models import Person
from commonweal.knowledge.models import Booking, PeerOffer, PrivateScore


@forgets("knowledge-scores")
def forget_scores(person: Person) -> None:
    """A score that is still open goes with whoever gave it."""
    PrivateScore.objects.filter(person=person).delete()


@forgets("knowledge-peers")
def forget_peers(person: Person) -> None:
    """Their offers to be rung."""
    PeerOffer.objects.filter(person=person).delete()


@forgets("knowledge-bookings")
def forget_bookings(person: Person) -> None:
    """Who booked; that a place was taken stays counted."""
    rows = Booking.objects.filter(person=person)
    rows.update(name="", email="", access_needs="", person=None, erased_at=clock.now())
