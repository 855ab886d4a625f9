"""What the knowledge stage lets go of when a person is forgotten: open scores, offers to be rung, bookings."""

from __future__ import annotations

import re
from typing import Any

from commonweal.core import clock
from commonweal.core.forgetting import forgets
from commonweal.core.models import Person
from commonweal.knowledge.models import Booking, PeerAnswer, PeerMember, PeerOffer, PeerQuestion, PrivateScore


@forgets("knowledge-scores")
def forget_scores(person: Person) -> None:
    """A score that is still open goes with whoever gave it."""
    PrivateScore.objects.filter(person=person).delete()


@forgets("knowledge-peers")
def forget_peers(person: Person) -> None:
    """Their offers to be rung."""
    PeerOffer.objects.filter(person=person).delete()


@forgets("knowledge-networks")
def forget_in_networks(person: Person) -> None:
    """Their place in networks; what they asked and answered stays without them, and names them no more."""
    PeerMember.objects.filter(person=person).delete()
    name = person.name.strip()
    spelled = re.compile(re.escape(name), re.IGNORECASE)
    models: tuple[Any, ...] = (PeerQuestion, PeerAnswer)
    for model in models:
        model.objects.filter(person=person).update(person=None)
        for row in model.objects.filter(words__icontains=name) if name else ():
            model.objects.filter(pk=row.pk).update(words=spelled.sub("somebody", row.words))


@forgets("knowledge-bookings")
def forget_bookings(person: Person) -> None:
    """Who booked; that a place was taken stays counted."""
    rows = Booking.objects.filter(person=person)
    rows.update(name="", email="", access_needs="", person=None, erased_at=clock.now())
