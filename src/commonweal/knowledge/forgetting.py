"""What the knowledge stage lets go of when a person is forgotten: the score they have not yet handed over."""

from __future__ import annotations

from commonweal.core.forgetting import forgets
from commonweal.core.models import Person
from commonweal.knowledge.models import PrivateScore


@forgets("knowledge-scores")
def forget_scores(person: Person) -> None:
    """A score that is still open goes with whoever gave it."""
    PrivateScore.objects.filter(person=person).delete()
