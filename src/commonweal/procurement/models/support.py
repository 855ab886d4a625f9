"""A gap becomes a plan with an owner, money and a date; what was given to close it is counted."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from commonweal.core.models import Organisation, PartnershipRecord, PartnershipRecordQuerySet
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer
from commonweal.procurement.models.consortium import TeamBrief
from commonweal.providers.models import Offer


class GapKind(models.TextChoices):
    """What is lacking."""

    STANDARD = "standard", "A standard, policy or insurance"
    CAPABILITY = "capability", "Something that is not done yet"
    CAPACITY = "capacity", "Too few hours, people or too little turnover"
    OTHER = "other", "Something else"


class PlanState(models.TextChoices):
    """What became of it."""

    OPEN = "open", "Under way"
    CLOSED = "closed", "Closed"
    DROPPED = "dropped", "Let go"


class SupportPlanQuerySet(PartnershipRecordQuerySet):
    """Plans: one of an organisation is seen by it and by whoever helps, never by who else might buy from it."""

    def shared_with(self, viewer: Viewer, partnership: Any) -> Any:
        """Those of the viewer's organisation, those it helps with, and gaps that nobody has closed for all."""
        rows = self.filter(partnership=partnership)
        if viewer.system:
            return rows
        if not viewer.may(Permission.VIEW_PARTNERSHIP, partnership):
            return rows.none()
        own = viewer.organisations_in(partnership)
        ours = Q(organisation__in=own) | Q(owner__in=own) | Q(mentor__in=own)
        return rows.filter(ours | Q(organisation=None))


class SupportPlan(PartnershipRecord):
    """How one gap is closed; `organisation` empty where it is a gap that nobody in the place covers."""

    view_permission: ClassVar[Permission] = Permission.VIEW_PARTNERSHIP

    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    brief = models.ForeignKey(TeamBrief, models.SET_NULL, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=10, choices=GapKind)
    gap = models.CharField(max_length=200)
    steps = models.CharField(max_length=600)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    money = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    money_from = models.CharField(max_length=120, blank=True)
    training = models.ForeignKey(Offer, models.SET_NULL, null=True, blank=True, related_name="+")
    mentor = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    due = models.DateField()
    state = models.CharField(max_length=8, choices=PlanState, default=PlanState.OPEN)
    ended_on = models.DateField(null=True, blank=True)
    took = models.CharField(max_length=600, blank=True)
    begun_on = models.DateField()
    objects: ClassVar[Any] = SupportPlanQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["due", "created"]
        constraints = [
            models.CheckConstraint(
                condition=Q(money=None) | Q(money_from__gt=""),
                name="procurement_support_money_from",
                violation_error_message="Say who gives the money, or where it is to come from.",
            ),
            models.CheckConstraint(
                condition=Q(state="open", ended_on=None)
                | (~Q(state="open") & Q(ended_on__isnull=False, took__gt="")),
                name="procurement_support_ended",
                violation_error_message="Say what it took, or why it is let go.",
            ),
        ]

    def __str__(self) -> str:
        return self.gap


class SupportGiven(PartnershipRecord):
    """What one organisation gave on one day towards closing a gap."""

    view_permission: ClassVar[Permission] = Permission.VIEW_PARTNERSHIP

    plan = models.ForeignKey(SupportPlan, models.CASCADE, related_name="given")
    giver = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    what = models.CharField(max_length=200)
    hours = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    pounds = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    on = models.DateField()
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["on", "created"]
        constraints = [
            models.CheckConstraint(
                condition=Q(hours__isnull=False, hours__gt=0) | Q(pounds__isnull=False, pounds__gt=0),
                name="procurement_given_something",
                violation_error_message="Give the hours, the pounds, or both.",
            )
        ]
