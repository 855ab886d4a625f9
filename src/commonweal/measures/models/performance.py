"""How a measure is read from returns, what is paid for it, and providers set beside each other."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from commonweal.agreements.models import Measure
from commonweal.core import clock
from commonweal.core.models import (
    AppendOnly,
    Organisation,
    PartnershipRecord,
    PartnershipRecordQuerySet,
    Person,
    VersionQuerySet,
)
from commonweal.core.permissions import Permission


class MeasureReading(PartnershipRecord):
    """Which answer of its agreement's returns tells a measure; `part` is a group or neighbourhood of the plan."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    measure = models.OneToOneField(Measure, models.PROTECT, related_name="reading")
    tells = models.SlugField(max_length=20)
    part = models.CharField(max_length=160, blank=True)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()


class PaymentRule(PartnershipRecord):
    """What is paid for a measure: nothing up to one share of its target, all from another (per cent)."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    measure = models.OneToOneField(Measure, models.PROTECT, related_name="payment")
    pounds = models.DecimalField(max_digits=14, decimal_places=2)
    nothing_at = models.PositiveSmallIntegerField()
    all_at = models.PositiveSmallIntegerField(default=100)
    agreed_in = models.CharField(max_length=300)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(pounds__gt=0), name="measures_payment_pounds",
                violation_error_message="Say how many pounds, more than 0.",
            ),
            models.CheckConstraint(
                condition=Q(all_at__gt=F("nothing_at")) & Q(all_at__lte=200), name="measures_payment_line",
                violation_error_message="All is paid at a higher share of the target than nothing, 200% at most.",
            ),
        ]


class Comparison(AppendOnly, PartnershipRecord):
    """Providers beside each other in one share, `first` to `last`, each drawn in by how little it can tell."""

    view_permission: ClassVar[Permission] = Permission.VIEW_PARTNERSHIP

    what = models.SlugField(max_length=20)
    first = models.DateField()
    last = models.DateField()
    middle = models.FloatField()
    between = models.FloatField()
    left_out = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    opens = models.DateField()   # from this day those who asked see every line, replied to or not
    objects: ClassVar[Any] = VersionQuerySet.as_manager()


class ComparisonLine(AppendOnly, PartnershipRecord):
    """One provider in a comparison; shares of 1."""

    view_permission: ClassVar[Permission] = Permission.VIEW_PARTNERSHIP

    comparison = models.ForeignKey(Comparison, models.PROTECT, related_name="lines")
    provider = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=160)
    yes = models.PositiveIntegerField()
    answered = models.PositiveIntegerField()
    value = models.FloatField()
    lower = models.FloatField()
    upper = models.FloatField()
    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comparison", "name"], name="measures_compared_once")]


class ComparisonReply(AppendOnly, PartnershipRecord):
    """What a provider says of its own line; the newest stands, and earlier ones stay."""

    view_permission: ClassVar[Permission] = Permission.VIEW_PARTNERSHIP

    line = models.ForeignKey(ComparisonLine, models.PROTECT, related_name="replies")
    words = models.TextField(max_length=1500)
    by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    objects: ClassVar[Any] = VersionQuerySet.as_manager()
