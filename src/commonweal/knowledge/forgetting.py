"""What the knowledge stage lets go of when a person is forgotten: open scores, and offers to be rung."""

from __future__ import annotations

from commonweal.core.forgetting import forgets
from commonweal.core.models import Person
from commonweal.knowledge.models import PeerOffer, PrivateScore


@forgets("knowledge-scores")
def forget_scores(person: Person) -> None:
    """A score that is still open goes with whoever gave it."""
    PrivateScore.objects.filter(person=person).delete()


@forgets("knowledge-peers")
def forget_peers(person: Person) -> None:
    """Their offers to be rung."""
    PeerOffer.objects.filter(person=person).delete()
