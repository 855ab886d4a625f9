"""What is to be bought, funded, let or traded: what it answers, what is known, how much rigour it takes."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from commonweal.core.models import Organisation, PartnershipRecord, PartnershipRecordQuerySet, Person
from commonweal.core.permissions import Permission
from commonweal.needs.models import NeedVersion
from commonweal.priorities.models import OutcomeVersion


class CommissionState(models.TextChoices):
    """How far it has come."""

    COMING = "coming", "Coming"
    PREPARING = "preparing", "Being prepared"
    OPEN = "open", "Open"
    DECIDED = "decided", "Decided"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Commission(PartnershipRecord):
    """One commission. What the law is asked (`deal` to `market`) may be untold; its answer says so."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    title = models.CharField(max_length=120)
    purpose = models.CharField(max_length=500)
    place = models.CharField(max_length=300)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    begun_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=CommissionState, default=CommissionState.COMING)

    deal = models.SlugField(max_length=20, blank=True)
    buyer = models.SlugField(max_length=20, blank=True)
    nation = models.SlugField(max_length=20, blank=True)
    what = models.SlugField(max_length=20, blank=True)
    net = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    vat_rate = models.DecimalField(max_digits=4, decimal_places=3, null=True, blank=True)
    years = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    begun = models.DateField(null=True, blank=True)
    spend = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    advertised = models.BooleanField(null=True, blank=True)
    engaged = models.BooleanField(null=True, blank=True)
    cross_border = models.BooleanField(null=True, blank=True)
    ground = models.SlugField(max_length=20, blank=True)
    reserve = models.SlugField(max_length=20, blank=True)
    varying = models.BooleanField(default=False)
    market = models.BooleanField(default=False)

    engage_on = models.DateField(null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)

    risks = models.JSONField(default=list, blank=True)   # keys of policy's tiers
    able = models.SlugField(max_length=10, blank=True)   # how able those are who could do it
    tier = models.PositiveSmallIntegerField(null=True, blank=True)
    tier_reason = models.CharField(max_length=500, blank=True)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        indexes = [models.Index(fields=["partnership", "state", "created"], name="procurement_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(net=None) | Q(net__gte=0), name="procurement_net_from_0",
                violation_error_message="The value must be nought or more.",
            ),
            models.CheckConstraint(
                condition=Q(tier=None) | Q(tier__range=(1, 5)), name="procurement_tier_1_to_5",
                violation_error_message="A tier is one of five.",
            ),
            models.CheckConstraint(
                condition=Q(engage_on=None) | Q(starts_on=None) | Q(starts_on__gt=models.F("engage_on")),
                name="procurement_starts_after_talk",
                violation_error_message="It must start after the early talk with suppliers.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class CommissionAnswers(PartnershipRecord):
    """The thread: a commission answers one version of a need, or of an outcome."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    commission = models.ForeignKey(Commission, models.PROTECT, related_name="answers")
    need = models.ForeignKey(NeedVersion, models.PROTECT, null=True, blank=True, related_name="commissions")
    outcome = models.ForeignKey(OutcomeVersion, models.PROTECT, null=True, blank=True, related_name="commissions")
    removed = models.BooleanField(default=False)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(need=None, outcome__isnull=False) | Q(need__isnull=False, outcome=None),
                name="procurement_answers_one",
            ),
            models.UniqueConstraint(
                fields=["commission", "need"], condition=Q(removed=False), name="procurement_answers_need_once",
            ),
            models.UniqueConstraint(
                fields=["commission", "outcome"], condition=Q(removed=False),
                name="procurement_answers_outcome_once",
            ),
        ]
