"""The numbers of a data set that an organisation pools: counts by a few labels, never rows about people."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models

from commonweal.core import clock
from commonweal.core.models.held import HeldDataset
from commonweal.core.models.people import Person
from commonweal.core.models.records import PartnershipRecord, PartnershipRecordQuerySet
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer


class HeldNumbersQuerySet(PartnershipRecordQuerySet):
    """Seen by whoever sees the data set they belong to, and then only in the fields that are shared."""

    def visible_to(self, viewer: Viewer, purpose: Purpose) -> Self:
        """Those of data sets that the viewer sees for a purpose."""
        return self.filter(held__in=HeldDataset.objects.visible_to(viewer, purpose).filter(retired=None))


class HeldNumbers(PartnershipRecord):
    """One table, the newest: brought again it is replaced. `rows`: labels in the order of `labels`, then a number.

    A number is empty where it was a count of one to four: it was hidden as it came in and is not kept.
    """

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    held = models.OneToOneField(HeldDataset, models.PROTECT, related_name="numbers")
    labels = models.JSONField()
    measure = models.CharField(max_length=100)
    rows = models.JSONField()
    base = models.CharField(max_length=200)
    period = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    brought_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    brought_at = models.DateTimeField(default=clock.now)
    objects: ClassVar[Any] = HeldNumbersQuerySet.as_manager()
