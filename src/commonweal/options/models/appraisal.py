"""A question about a service: what it stands on, its criteria and options, how each scores, and whose weights."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

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
from commonweal.needs.models import NeedVersion
from commonweal.options.models.agreement import Agreement
from commonweal.options.models.money import MoneySheet
from commonweal.priorities.models import OutcomeVersion


class Appraisal(PartnershipRecord):
    """One question to be decided. Weights and scores wait until the ends of every scale are agreed."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    title = models.CharField(max_length=120)
    question = models.CharField(max_length=300)
    service = models.SlugField(max_length=20)
    where = models.CharField(max_length=200)
    sheet = models.ForeignKey(MoneySheet, models.SET_NULL, null=True, blank=True, related_name="appraisals")
    ends_agreed_at = models.DateTimeField(null=True, blank=True)
    ends_agreed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [models.UniqueConstraint(
            fields=["partnership", "title"], name="options_appraisal_once",
            violation_error_message="There is an appraisal of this name already.",
        )]

    def __str__(self) -> str:
        return self.title


class AppraisalOutcome(PartnershipRecord):
    """An outcome that the question is about, in the version that was read."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    appraisal = models.ForeignKey(Appraisal, models.CASCADE, related_name="outcomes")
    outcome = models.ForeignKey(OutcomeVersion, models.PROTECT, related_name="appraised")
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["appraisal", "outcome"], name="options_outcome_once")]


class AppraisalNeed(PartnershipRecord):
    """A need that the question is about, in the version that was read."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    appraisal = models.ForeignKey(Appraisal, models.CASCADE, related_name="needs")
    need = models.ForeignKey(NeedVersion, models.PROTECT, related_name="appraised")
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["appraisal", "need"], name="options_need_once")]


class Criterion(PartnershipRecord):
    """What options are told apart by: what the worst and the best end mean, and their numbers where measured."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    appraisal = models.ForeignKey(Appraisal, models.CASCADE, related_name="criteria")
    outcome = models.ForeignKey(OutcomeVersion, models.PROTECT, null=True, blank=True, related_name="criteria")
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=80)
    unit = models.CharField(max_length=40, blank=True)
    worst = models.DecimalField(max_digits=14, decimal_places=4, default=0)
    best = models.DecimalField(max_digits=14, decimal_places=4, default=100)
    worst_means = models.CharField(max_length=200, blank=True)
    best_means = models.CharField(max_length=200, blank=True)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["appraisal", "title"], name="options_criterion_once",
                violation_error_message="Two criteria are the same. Each thing is weighed once.",
            ),
            models.CheckConstraint(
                condition=~Q(worst=F("best")), name="options_criterion_ends",
                violation_error_message="The two ends of a scale are the same. Give two that differ.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Sift(models.TextChoices):
    """Whether an option is on the short list."""

    OPEN = "", "Not sifted yet"
    KEPT = "kept", "On the short list"
    DROPPED = "dropped", "Put aside"


class Option(PartnershipRecord):
    """One answer to the question; the `baseline` is what happens if nothing is changed."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    appraisal = models.ForeignKey(Appraisal, models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=80)
    vehicle = models.SlugField(max_length=30, blank=True)      # a key of policy's catalogue
    description = models.CharField(max_length=600, blank=True)
    baseline = models.BooleanField(default=False)
    agreement = models.ForeignKey(Agreement, models.SET_NULL, null=True, blank=True, related_name="options")
    sift = models.CharField(max_length=8, choices=Sift, default=Sift.OPEN, blank=True)
    sift_reason = models.CharField(max_length=300, blank=True)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["appraisal", "title"], name="options_option_once",
                violation_error_message="There is an option of this name already.",
            ),
            models.UniqueConstraint(
                fields=["appraisal"], condition=Q(baseline=True), name="options_option_one_baseline",
                violation_error_message="Only one option can be what happens if nothing is changed.",
            ),
            models.CheckConstraint(
                condition=Q(sift="") | ~Q(sift_reason=""), name="options_option_sift_reason",
                violation_error_message="Say why an option is kept or put aside.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Score(PartnershipRecord):
    """How one option does on one criterion: at least, most likely, at most, on what evidence, said by whom."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    option = models.ForeignKey(Option, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="scores")
    low = models.DecimalField(max_digits=14, decimal_places=4)
    likely = models.DecimalField(max_digits=14, decimal_places=4)
    high = models.DecimalField(max_digits=14, decimal_places=4)
    evidence = models.CharField(max_length=500, blank=True)     # a note beside what it points to
    given_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=clock.now)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["option", "criterion"], name="options_score_once"),
            models.CheckConstraint(
                condition=Q(likely__gte=F("low"), high__gte=F("likely")), name="options_score_in_order",
                violation_error_message="A score goes up: at least, most likely, at most.",
            ),
        ]


class StakeholderGroup(PartnershipRecord):
    """People whose weights count as one: who they are, and how many took part."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    appraisal = models.ForeignKey(Appraisal, models.CASCADE, related_name="groups")
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=80)
    took_part = models.CharField(max_length=200)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(
            fields=["appraisal", "title"], name="options_group_once",
            violation_error_message="There is a group of this name already.",
        )]

    def __str__(self) -> str:
        return self.title


class WeightSet(AppendOnly, PartnershipRecord):
    """A group's swing points by criterion, from 0 to 100, and by how much they may be off. The last stands."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    group = models.ForeignKey(StakeholderGroup, models.PROTECT, related_name="weights")
    points = models.JSONField()        # {criterion id: [points, give or take]}
    reason = models.CharField(max_length=500)
    given_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=clock.now)
    objects: ClassVar[Any] = VersionQuerySet.as_manager()
