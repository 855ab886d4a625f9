"""What a partnership has ticked off the checklist of a step."""

from __future__ import annotations

from django.db import models

from commonweal.core import clock
from commonweal.core.models import PartnershipRecord, Person


class StepTick(PartnershipRecord):
    """One line of one checklist, ticked; taken back, the row goes. A person forgotten leaves the tick."""

    step = models.SlugField(max_length=20)
    item = models.SlugField(max_length=20)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    ticked_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "step", "item"], name="needs_step_tick_once"),
        ]
