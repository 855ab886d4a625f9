"""Trading services without money: who gives what to whom, what that is fairly worth, and what each gains by it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from commonweal.core import clock
from commonweal.core.models import Organisation, PartnershipRecord, PartnershipRecordQuerySet, Person
from commonweal.core.permissions import Permission
from commonweal.procurement.models.commission import Commission


class Method(models.TextChoices):
    """How a fair value was found."""

    MARKET = "market", "What it would cost to buy"
    COST = "cost", "What it costs whoever gives it"
    AGREED = "agreed", "Both agreed on a sum"


class Trade(PartnershipRecord):
    """Two organisations exchange services. `first` began it; both agree before it runs."""

    view_permission: ClassVar[Permission] = Permission.VIEW_PARTNERSHIP

    title = models.CharField(max_length=120)
    first = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    second = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    commission = models.ForeignKey(Commission, models.PROTECT, null=True, blank=True, related_name="trades")
    begins = models.DateField()
    ends = models.DateField()
    first_gains = models.CharField(max_length=500)
    second_gains = models.CharField(max_length=500, blank=True)
    begun_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=300, blank=True)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="procurement_trade_span",
                                   violation_error_message="It must end after it begins."),
            models.CheckConstraint(condition=~Q(first=F("second")), name="procurement_trade_two",
                                   violation_error_message="It takes two different organisations."),
        ]

    def __str__(self) -> str:
        return self.title


class Promise(PartnershipRecord):
    """One thing that one side gives: how much, what one unit is fairly worth, and how that was found."""

    view_permission: ClassVar[Permission] = Permission.VIEW_PARTNERSHIP

    trade = models.ForeignKey(Trade, models.PROTECT, related_name="promises")
    giver = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    what = models.CharField(max_length=200)
    unit = models.CharField(max_length=40)
    quantity = models.DecimalField(max_digits=10, decimal_places=2)
    rate = models.DecimalField(max_digits=12, decimal_places=2)
    method = models.CharField(max_length=8, choices=Method)
    because = models.CharField(max_length=300)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["created", "id"]
        constraints = [models.CheckConstraint(
            condition=Q(quantity__gt=0, rate__gt=0), name="procurement_promise_above_0",
            violation_error_message="How much, and what one is worth, must be above nought.")]


class Given(PartnershipRecord):
    """So much of a promise was given on a day, as the side that got it says too once it is confirmed."""

    view_permission: ClassVar[Permission] = Permission.VIEW_PARTNERSHIP

    promise = models.ForeignKey(Promise, models.PROTECT, related_name="given")
    on = models.DateField()
    quantity = models.DecimalField(max_digits=10, decimal_places=2)
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    class Meta:
        ordering = ["on", "id"]
        constraints = [models.CheckConstraint(
            condition=Q(quantity__gt=0), name="procurement_given_above_0",
            violation_error_message="How much was given must be above nought.")]
