"""How an agreement is known to work: named measures of use, satisfaction or difference, and their targets."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from commonweal.agreements.models.answers import Clause
from commonweal.core.models import PartnershipRecord, PartnershipRecordQuerySet
from commonweal.core.permissions import Permission
from commonweal.needs.models import NeedVersion
from commonweal.options.models import Agreement
from commonweal.priorities.models import OutcomeVersion


class MeasureKind(models.TextChoices):
    """The three things that are measured, and one that need not be."""

    USE = "use", "Use"
    SATISFACTION = "satisfaction", "Satisfaction"
    DIFFERENCE = "difference", "Difference made"
    OTHER = "other", "None of these"


class Better(models.TextChoices):
    """Which way is better."""

    MORE = "more", "More is better"
    LESS = "less", "Less is better"


class Adds(models.TextChoices):
    """How the values of several periods or sites go together."""

    SUM = "sum", "They add up"
    MEAN = "mean", "They are averaged over those asked"
    NEVER = "never", "They are never added: the same people may be in both"


class Every(models.TextChoices):
    """How often it is told."""

    MONTH = "month", "Every month"
    QUARTER = "quarter", "Every quarter"
    YEAR = "year", "Every year"
    ONCE = "once", "Once"


class MeasureState(models.TextChoices):
    """Whether it still stands."""

    STANDS = "stands", "Stands"
    DROPPED = "dropped", "Dropped"


class Measure(PartnershipRecord):
    """One measure of one agreement: what it counts, how often, and which outcome and need it answers (or none)."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="measures")
    clause = models.ForeignKey(Clause, models.PROTECT, null=True, blank=True, related_name="measures")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    what = models.CharField(max_length=500)
    unit = models.CharField(max_length=60)
    kind = models.CharField(max_length=12, choices=MeasureKind)
    better = models.CharField(max_length=4, choices=Better, default=Better.MORE)
    adds = models.CharField(max_length=5, choices=Adds)
    every = models.CharField(max_length=7, choices=Every)
    need = models.ForeignKey(NeedVersion, models.PROTECT, null=True, blank=True, related_name="measures")
    outcome = models.ForeignKey(OutcomeVersion, models.PROTECT, null=True, blank=True, related_name="measures")
    baseline = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    baseline_on = models.DateField(null=True, blank=True)
    baseline_source = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=7, choices=MeasureState, default=MeasureState.STANDS)
    dropped_on = models.DateField(null=True, blank=True)
    dropped_because = models.CharField(max_length=500, blank=True)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "created"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "title"], name="agreements_measure_once",
                violation_error_message="There is a measure of this name already in this agreement.",
            ),
            models.CheckConstraint(
                condition=Q(baseline=None) | (Q(baseline_on__isnull=False) & Q(baseline_source__gt="")),
                name="agreements_measure_baseline",
                violation_error_message="Say of which day the baseline is, and from where.",
            ),
            models.CheckConstraint(
                condition=Q(state="stands", dropped_on=None, dropped_because="")
                | Q(state="dropped", dropped_on__isnull=False, dropped_because__gt=""),
                name="agreements_measure_dropped",
                violation_error_message="Say why this measure goes.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class MeasureTarget(PartnershipRecord):
    """What a measure should come to from `start` up to, not including, `end`."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="targets")
    start = models.DateField()
    end = models.DateField()
    target = models.DecimalField(max_digits=18, decimal_places=4)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["start"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "start"], name="agreements_target_once",
                violation_error_message="There is a target from this day already.",
            ),
            models.CheckConstraint(
                condition=Q(end__gt=F("start")), name="agreements_target_span",
                violation_error_message="A target's last day is not before its first.",
            ),
        ]
