"""Notes of talks, the same for all who take part; and what was agreed with one before it was chosen."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from commonweal.core import clock
from commonweal.core.models import AppendOnly, PartnershipRecord, Person, VersionQuerySet
from commonweal.core.permissions import Permission
from commonweal.procurement.models.bid import Bid
from commonweal.procurement.models.competition import Competition


class TalkNote(AppendOnly, PartnershipRecord):
    """What was said in one talk, of one stage, as everybody reads it."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    competition = models.ForeignKey(Competition, models.PROTECT, related_name="talks")
    stage = models.CharField(max_length=120, blank=True)
    held_on = models.DateField()
    words = models.TextField(max_length=4000)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["held_on", "id"]


class AgreedTerms(AppendOnly, PartnershipRecord):
    """What was agreed with one bidder once all was scored: its words and, where it changed, its price.

    The newest stands; those before it stay as they were.
    """

    view_permission: ClassVar[Permission] = Permission.RECORD_EVIDENCE

    bid = models.ForeignKey(Bid, models.PROTECT, related_name="agreed")
    held_on = models.DateField()
    words = models.TextField(max_length=3000)
    price = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.CheckConstraint(condition=models.Q(price=None) | models.Q(price__gte=0),
                                              name="procurement_agreed_price_from_0",
                                              violation_error_message="A price is nought or more.")]
