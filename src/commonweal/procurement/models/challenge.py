"""A community challenges how a service is run: its expression of interest, what was decided, what it set off."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from commonweal.core import clock
from commonweal.core.models import Organisation, PartnershipRecord, PartnershipRecordQuerySet, Person
from commonweal.core.permissions import Permission
from commonweal.procurement.models.commission import Commission


class Verdict(models.TextChoices):
    """What was decided on it."""

    ACCEPTED = "accepted", "Accepted"
    CHANGED = "changed", "Accepted, with a change they agreed to"
    REJECTED = "rejected", "Turned down"


class Challenge(PartnershipRecord):
    """One expression of interest in running a service of a council; `whose` is the organisation that sent it here.

    `begins_after` and `begins_by` are the days between which the competition begins that an acceptance sets off.
    """

    view_permission: ClassVar[Permission] = Permission.BRING_EVIDENCE

    authority = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    whose = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    body = models.CharField(max_length=200)
    kind = models.SlugField(max_length=20)
    reach = models.CharField(max_length=200, blank=True)
    service = models.CharField(max_length=200)
    difference = models.TextField(max_length=2000)
    able = models.TextField(max_length=2000)
    staff = models.TextField(max_length=2000, blank=True)
    received_on = models.DateField(default=clock.today)
    answer_by = models.DateField()
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=10, choices=Verdict, blank=True)
    ground = models.SlugField(max_length=20, blank=True)
    change = models.CharField(max_length=500, blank=True)
    reasons = models.TextField(max_length=2000, blank=True)
    decider = models.CharField(max_length=200, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    begins_after = models.DateField(null=True, blank=True)
    begins_by = models.DateField(null=True, blank=True)
    commission = models.OneToOneField(Commission, models.PROTECT, null=True, blank=True, related_name="challenge")
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-received_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer_by__gte=F("received_on")), name="procurement_challenge_answered_after",
                violation_error_message="The day of the answer must not lie before the day it came."),
            models.CheckConstraint(
                condition=Q(verdict="") | Q(decided_on__isnull=False), name="procurement_challenge_decided_when"),
            models.CheckConstraint(
                condition=~Q(verdict="rejected") | ~Q(ground=""), name="procurement_challenge_has_ground",
                violation_error_message="It is turned down on one of the grounds, or not at all."),
            models.CheckConstraint(
                condition=Q(begins_by=None) | Q(begins_by__gt=F("begins_after")),
                name="procurement_challenge_begins",
                violation_error_message="The last day to begin must be after the first."),
        ]

    def __str__(self) -> str:
        return self.service
