"""What the procurement stage lets go of with a person: their name in plans and in what was said of taking part."""

from __future__ import annotations

import re
from typing import Any

from commonweal.core import clock
from commonweal.core.forgetting import forgets
from commonweal.core.models import Person
from commonweal.procurement.models import ChanceWish, Interest, Subscription, SupportGiven, SupportPlan

SOMEBODY = "somebody"
HELD: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (SupportPlan, ("gap", "steps", "money_from", "took")), (SupportGiven, ("what",)),
)


def _interests(address: str) -> None:
    whole = re.compile(rf"(?<![\w.+-]){re.escape(address)}(?![\w-])", re.IGNORECASE)
    for row in Interest.objects.filter(reach__icontains=address):
        if whole.search(row.reach):
            Interest.objects.filter(pk=row.pk).update(
                organisation="Taken out", name="", reach="", answers={}, erased_at=clock.now())


@forgets("procurement-chances")
def forget_chances(person: Person) -> None:
    """How they wished to be told goes; plans, hours and sums stay, without the name."""
    ChanceWish.objects.filter(person=person).delete()
    if person.email:
        Subscription.objects.filter(email__iexact=person.email).delete()
        _interests(person.email)
    name = person.name.strip()
    if not name:
        return
    spelled = re.compile(re.escape(name), re.IGNORECASE)
    for model, fields in HELD:
        for table in (model, model.history.model):
            for row in table.objects.all():
                changed = {field: spelled.sub(SOMEBODY, getattr(row, field)) for field in fields
                           if spelled.search(getattr(row, field))}
                if changed:
                    table.objects.filter(pk=row.pk).update(**changed)
