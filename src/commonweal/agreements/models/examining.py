"""An old agreement held against today's needs: the change thought of, and what is planned."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from commonweal.core.models import PartnershipRecord, PartnershipRecordQuerySet
from commonweal.core.permissions import Permission
from commonweal.options.models import Agreement


class Examination(PartnershipRecord):
    """The newest examination of an agreement: earlier ones are in its history."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    agreement = models.OneToOneField(Agreement, models.PROTECT, related_name="examination")
    change = models.CharField(max_length=600, blank=True)     # what is thought of
    told = models.JSONField(default=dict, blank=True)         # by the keys of policy's questions
    way = models.SlugField(max_length=12, blank=True)
    because = models.CharField(max_length=1000, blank=True)
    turns_on = models.DateField(null=True, blank=True)        # the break or end that the plan works towards
    decided_on = models.DateField(null=True, blank=True)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(way="") | Q(because__gt="", decided_on__isnull=False), name="agreements_way_because",
                violation_error_message="Say why."),
        ]

    def __str__(self) -> str:
        return f"Examination of {self.agreement}"


class PlanStep(PartnershipRecord):
    """One step of what is planned with an old agreement."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    examination = models.ForeignKey(Examination, models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=300)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["examination", "position"], name="agreements_step_once")]

    def __str__(self) -> str:
        return self.words
