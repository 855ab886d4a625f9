"""Time of voluntary organisations that somebody pays for, so that they can afford to sit at the table."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from commonweal.core.models.organisations import Organisation
from commonweal.core.models.people import Person
from commonweal.core.models.records import PartnershipRecord, PartnershipRecordQuerySet
from commonweal.core.money import Money, Vat, financial_year


class VatBasis(models.TextChoices):
    """Whether VAT is in the rate, as core.money has it."""

    OUTSIDE = Vat.OUTSIDE.value, "No VAT applies"
    EXCLUDED = Vat.EXCLUDED.value, "VAT comes on top"
    INCLUDED = Vat.INCLUDED.value, "VAT is in it"


class PaidTime(PartnershipRecord):
    """Hours of one organisation that another pays for, in part of one financial year; `end` is the day after."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    payer = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=200)
    hours = models.DecimalField(max_digits=8, decimal_places=2)
    rate = models.DecimalField(max_digits=8, decimal_places=2)
    vat = models.CharField(max_length=10, choices=VatBasis, default=VatBasis.OUTSIDE)
    start = models.DateField()
    end = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn = models.DateField(null=True, blank=True)

    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="core_paid_time_span",
                                   violation_error_message="The last day must not be before the first."),
            models.CheckConstraint(condition=Q(hours__gt=0), name="core_paid_time_hours",
                                   violation_error_message="Enter the hours: more than none."),
            models.CheckConstraint(condition=Q(rate__gt=0), name="core_paid_time_rate",
                                   violation_error_message="Enter the pounds an hour: more than none."),
        ]

    @property
    def year(self) -> str:
        """The financial year it lies in."""
        return financial_year(self.start)

    @property
    def cost(self) -> Money:
        """Hours times rate, in the prices of its own year."""
        hour = Money(self.rate, Vat(self.vat), self.year, self.year)
        return hour.times(self.hours)
