"""What long work gave back: a sum done in full on certain inputs, kept so that a page need not wait for it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from commonweal.core import clock
from commonweal.core.models import PartnershipRecord, PartnershipRecordQuerySet
from commonweal.core.permissions import Permission
from commonweal.options.models.appraisal import Appraisal
from commonweal.options.models.budget import Allocation
from commonweal.options.models.risk import ContractCase


class FullKind(models.TextChoices):
    """What is worked out in full."""

    WEIGHTINGS = "weightings", "A million weightings drawn"
    CONTRACT = "contract", "A contract drawn 100,000 times"
    BUDGET = "budget", "The best set looked for at length"


class FullRun(PartnershipRecord):
    """One result. `inputs` is the fingerprint of what it was worked from: other inputs, another result."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    kind = models.CharField(max_length=12, choices=FullKind)
    appraisal = models.ForeignKey(Appraisal, models.CASCADE, null=True, blank=True, related_name="full_runs")
    case = models.ForeignKey(ContractCase, models.CASCADE, null=True, blank=True, related_name="full_runs")
    allocation = models.ForeignKey(Allocation, models.CASCADE, null=True, blank=True, related_name="full_runs")
    inputs = models.CharField(max_length=64)
    result = models.JSONField()
    made_at = models.DateTimeField(default=clock.now)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(kind="weightings", appraisal__isnull=False, case=None, allocation=None)
                    | Q(kind="contract", case__isnull=False, appraisal=None, allocation=None)
                    | Q(kind="budget", allocation__isnull=False, appraisal=None, case=None)
                ), name="options_full_one_thing",
            ),
            models.UniqueConstraint(
                fields=["appraisal", "inputs"], condition=Q(kind="weightings"),
                name="options_full_weightings_once"),
            models.UniqueConstraint(
                fields=["case", "inputs"], condition=Q(kind="contract"), name="options_full_contract_once"),
            models.UniqueConstraint(
                fields=["allocation", "inputs"], condition=Q(kind="budget"), name="options_full_budget_once"),
        ]
