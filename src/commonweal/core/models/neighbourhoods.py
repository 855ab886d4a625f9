"""Townships and neighbourhoods inside a partnership's place: who speaks for each, and its own budget."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from commonweal.core.models.base import Dated, ends_after_start
from commonweal.core.models.organisations import Organisation
from commonweal.core.models.paid_time import VatBasis
from commonweal.core.models.partnerships import DatedRecordQuerySet, PartnershipPlace
from commonweal.core.models.people import Person
from commonweal.core.models.records import PartnershipRecord, PartnershipRecordQuerySet
from commonweal.core.money import Money, Vat


class Neighbourhood(PartnershipRecord, Dated):
    """Wards of one place, of a stated vintage, with the organisation that speaks for them; `wards` are codes."""

    place = models.ForeignKey(PartnershipPlace, models.PROTECT, related_name="neighbourhoods")
    name = models.CharField(max_length=200)
    wards = models.JSONField(default=list)
    vintage = models.PositiveSmallIntegerField()
    speaker = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar[Any] = DatedRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            ends_after_start("core_neighbourhood_span"),
            models.UniqueConstraint(
                fields=["partnership", "name"], condition=Q(end=None), name="core_neighbourhood_name",
                violation_error_message="There is already a neighbourhood of this name.",
            ),
            models.CheckConstraint(
                condition=~Q(wards=[]), name="core_neighbourhood_wards",
                violation_error_message="Choose its wards: one at least.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class NeighbourhoodBudget(PartnershipRecord):
    """What a neighbourhood may spend in one financial year, and who decided so; the newest of a year counts."""

    neighbourhood = models.ForeignKey(Neighbourhood, models.PROTECT, related_name="budgets")
    year = models.CharField(max_length=7)
    pounds = models.DecimalField(max_digits=14, decimal_places=2)
    vat = models.CharField(max_length=10, choices=VatBasis, default=VatBasis.OUTSIDE)
    source = models.CharField(max_length=300)
    by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(pounds__gte=0), name="core_neighbourhood_budget_pounds",
                violation_error_message="A budget is not less than nothing.",
            ),
        ]

    @property
    def money(self) -> Money:
        """The amount, in the prices of its own year."""
        return Money(self.pounds, Vat(self.vat), self.year, self.year)
