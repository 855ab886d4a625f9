"""Change of people under an agreement, kept as it was worked out: sums, never anybody's scores."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from commonweal.core import clock
from commonweal.core.models import AppendOnly, PartnershipRecord, Person, VersionQuerySet
from commonweal.core.permissions import Permission
from commonweal.options.models import Agreement


class KeptChange(AppendOnly, PartnershipRecord):
    """One change before and after: the answer with its rows, and what it cannot say. A period's newest stands.

    `rows` are [what it allows for, mean, lower, upper]; counts are empty where so few would show who they are.
    """

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="changes")
    instrument = models.SlugField(max_length=20)
    title = models.CharField(max_length=120)
    unit = models.CharField(max_length=60)
    first = models.DateField()
    last = models.DateField()
    people = models.PositiveIntegerField()
    began = models.PositiveIntegerField(null=True, blank=True)
    chosen = models.CharField(max_length=3, blank=True)
    licence = models.CharField(max_length=120, blank=True)
    answer = models.CharField(max_length=400)
    counts = models.CharField(max_length=400, blank=True)
    rows = models.JSONField(default=list, blank=True)
    claim = models.CharField(max_length=600)
    cannot = models.JSONField(default=list)
    method = models.CharField(max_length=400)
    by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(
            condition=Q(last__gte=F("first")), name="measures_change_span",
            violation_error_message="The last day is before the first.")]
