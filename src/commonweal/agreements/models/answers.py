"""What an agreement answers and what it requires: each clause tied to its need, outcome and commission."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from commonweal.core.models import PartnershipRecord, PartnershipRecordQuerySet
from commonweal.core.permissions import Permission
from commonweal.needs.models import NeedVersion
from commonweal.options.models import Agreement
from commonweal.priorities.models import OutcomeVersion
from commonweal.procurement.models import Requirement


class AgreementAnswers(PartnershipRecord):
    """The thread: an agreement answers one version of a need, or of an outcome."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="answers")
    need = models.ForeignKey(NeedVersion, models.PROTECT, null=True, blank=True, related_name="agreements")
    outcome = models.ForeignKey(OutcomeVersion, models.PROTECT, null=True, blank=True, related_name="agreements")
    removed = models.BooleanField(default=False)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(need=None, outcome__isnull=False) | Q(need__isnull=False, outcome=None),
                name="agreements_answers_one",
            ),
            models.UniqueConstraint(
                fields=["agreement", "need"], condition=Q(removed=False), name="agreements_answers_need_once",
            ),
            models.UniqueConstraint(
                fields=["agreement", "outcome"], condition=Q(removed=False),
                name="agreements_answers_outcome_once",
            ),
        ]


class Clause(PartnershipRecord):
    """One thing an agreement requires; `requirement` where it came from a commission's specification."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="clauses")
    position = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=20, blank=True)   # as the paper numbers it
    words = models.CharField(max_length=1000)
    requirement = models.ForeignKey(Requirement, models.PROTECT, null=True, blank=True, related_name="clauses")
    need = models.ForeignKey(NeedVersion, models.PROTECT, null=True, blank=True, related_name="clauses")
    outcome = models.ForeignKey(OutcomeVersion, models.PROTECT, null=True, blank=True, related_name="clauses")
    removed = models.BooleanField(default=False)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "created"]

    def __str__(self) -> str:
        return f"{self.number} {self.words}".strip()
