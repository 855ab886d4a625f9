"""A council's own standing orders as a small dated table: up to which value how many quotes, or an advert."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from commonweal.core import clock
from commonweal.core.models import AppendOnly, Organisation, PartnershipRecord, Person, VersionQuerySet
from commonweal.core.permissions import Permission


class StandingOrdersTable(AppendOnly, PartnershipRecord):
    """The table of one organisation from a day on; a later one takes its place and this one is kept."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    since = models.DateField()
    with_vat = models.BooleanField()
    source = models.CharField(max_length=300)
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=clock.now)
    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["since", "entered_at", "id"]


class StandingOrdersBand(AppendOnly, PartnershipRecord):
    """One band: what is asked up to a value, or without an end."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    table = models.ForeignKey(StandingOrdersTable, models.PROTECT, related_name="bands")
    position = models.PositiveSmallIntegerField()
    up_to = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    quotes = models.PositiveSmallIntegerField()
    advertise = models.BooleanField()
    words = models.CharField(max_length=200, blank=True)
    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["table", "position"], name="procurement_band_once")]
