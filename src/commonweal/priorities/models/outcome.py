"""What should be different, for whom and where: outcomes on three levels, what each answers, how far to go."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from commonweal.core import clock
from commonweal.core.models import AppendOnly, PartnershipRecord, Person, Version, Versioned, VersionQuerySet
from commonweal.core.permissions import Permission
from commonweal.needs.models import NeedVersion


class Level(models.TextChoices):
    """Where it stands in the triangle of outcomes."""

    OVERARCHING = "overarching", "Overarching"
    INTERMEDIATE = "intermediate", "Intermediate"
    SERVICE = "service", "Service"


class OutcomeState(models.TextChoices):
    """Whether it still stands."""

    STANDS = "stands", "Stands"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Outcome(Versioned):
    """The identity of an outcome; what it says is in its versions, of which the newest stands."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    title = models.CharField(max_length=120)
    level = models.CharField(max_length=12, choices=Level)
    state = models.CharField(max_length=12, choices=OutcomeState, default=OutcomeState.STANDS)
    history = HistoricalRecords()

    class Meta:
        indexes = [models.Index(fields=["partnership", "state", "created"], name="priorities_outcome_by_state")]

    def __str__(self) -> str:
        return self.title


class OutcomeVersion(Version):
    """What an outcome says: what should be different, for whom, and in which place or places."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    identity = models.ForeignKey(Outcome, models.PROTECT, related_name="versions")
    title = models.CharField(max_length=120)
    statement = models.TextField(max_length=1000)
    who = models.CharField(max_length=300)
    where = models.CharField(max_length=300)
    reason = models.CharField(max_length=500, blank=True)
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)
    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta(Version.Meta):
        pass

    def __str__(self) -> str:
        return f"version {self.number}"


class OutcomeAnswers(AppendOnly, PartnershipRecord):
    """The thread: one version of an outcome answers one version of a need."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    version = models.ForeignKey(OutcomeVersion, models.PROTECT, related_name="answers")
    need = models.ForeignKey(NeedVersion, models.PROTECT, related_name="outcomes")
    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "need"], name="priorities_answers_once")]


class OutcomeServes(AppendOnly, PartnershipRecord):
    """One version of an outcome leads to an outcome above it in the triangle."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    version = models.ForeignKey(OutcomeVersion, models.PROTECT, related_name="serves")
    above = models.ForeignKey(Outcome, models.PROTECT, related_name="served_by")
    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "above"], name="priorities_serves_once")]


class OutcomeTarget(AppendOnly, PartnershipRecord):
    """By which measure, from which baseline, to which target and when, in one place; a later one supersedes it."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    outcome = models.ForeignKey(Outcome, models.PROTECT, related_name="targets")
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="superseded_by")
    indicator = models.CharField(max_length=120, blank=True)   # a key of policy's frameworks
    own_measure = models.CharField(max_length=300, blank=True)
    unit = models.CharField(max_length=60)
    place = models.CharField(max_length=300)
    baseline = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    baseline_on = models.DateField(null=True, blank=True)
    baseline_source = models.CharField(max_length=300, blank=True)
    target = models.DecimalField(max_digits=18, decimal_places=4)
    target_on = models.DateField()
    minimum_change = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    set_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=clock.now)
    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(indicator="", own_measure__gt="") | Q(indicator__gt="", own_measure=""),
                name="priorities_target_one_measure",
                violation_error_message="Choose an indicator of a framework, or write a measure of your own.",
            ),
            models.CheckConstraint(
                condition=Q(baseline=None) | (Q(baseline_on__isnull=False) & Q(baseline_source__gt="")),
                name="priorities_baseline_sourced",
                violation_error_message="Say of which day the baseline is, and from where.",
            ),
            models.CheckConstraint(
                condition=Q(baseline_on=None) | Q(target_on__gt=models.F("baseline_on")),
                name="priorities_target_after_baseline",
                violation_error_message="The target's day must be after the baseline's.",
            ),
            models.CheckConstraint(
                condition=Q(minimum_change=None) | Q(minimum_change__gt=0), name="priorities_least_change",
                violation_error_message="The smallest change that can be told is more than nothing.",
            ),
        ]


class TrajectoryPoint(AppendOnly, PartnershipRecord):
    """Where a target's measure should be on a day between the baseline and the target."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    target = models.ForeignKey(OutcomeTarget, models.PROTECT, related_name="trajectory")
    on = models.DateField()
    value = models.DecimalField(max_digits=18, decimal_places=4)
    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["on"]
        constraints = [models.UniqueConstraint(fields=["target", "on"], name="priorities_trajectory_once")]
