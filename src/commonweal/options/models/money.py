"""What options cost and bring by year: a sheet compares several, each with its lines, in one year's prices."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from commonweal.core.models import PartnershipRecord, PartnershipRecordQuerySet
from commonweal.core.money import Vat
from commonweal.core.permissions import Permission


class Side(models.TextChoices):
    """Whether a line is spent or gained."""

    COST = "cost", "Cost"
    BENEFIT = "benefit", "Benefit"


class MoneySheet(PartnershipRecord):
    """Options set beside one another: over so many years, in one year's prices, by one edition of the Green Book.

    Incomes (equivalised, pounds a year) are of the middle household, of people where need is greatest, of others.
    """

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    title = models.CharField(max_length=120)
    price_year = models.PositiveSmallIntegerField()
    years = models.PositiveSmallIntegerField()
    edition = models.SlugField(max_length=20)
    income_middle = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    income_in_need = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    income_others = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "title"], name="options_sheet_once",
                violation_error_message="There is a sheet of this name already.",
            ),
            models.CheckConstraint(
                condition=Q(years__gte=1, years__lte=60), name="options_sheet_years",
                violation_error_message="Give from 1 to 60 years.",
            ),
            models.CheckConstraint(
                condition=Q(price_year__gte=2000, price_year__lte=2100), name="options_sheet_prices",
                violation_error_message="Give the year of the prices, such as 2026.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Costing(PartnershipRecord):
    """One option of a sheet; the `baseline` is what happens if nothing is changed."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    sheet = models.ForeignKey(MoneySheet, models.CASCADE, related_name="costings")
    title = models.CharField(max_length=120)
    baseline = models.BooleanField(default=False)
    option = models.OneToOneField(
        "options.Option", models.SET_NULL, null=True, blank=True, related_name="costing",
    )
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "title"], name="options_costing_once",
                violation_error_message="This sheet has an option of this name already.",
            ),
            models.UniqueConstraint(
                fields=["sheet"], condition=Q(baseline=True), name="options_costing_one_baseline",
                violation_error_message="Only one option can be what happens if nothing is changed.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class MoneyLine(PartnershipRecord):
    """So many pounds in each year of a span, year 0 being now; or wellbeing, as points of so many people."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    costing = models.ForeignKey(Costing, models.CASCADE, related_name="lines")
    side = models.CharField(max_length=8, choices=Side)
    kind = models.SlugField(max_length=20)
    title = models.CharField(max_length=120)
    first = models.PositiveSmallIntegerField()
    last = models.PositiveSmallIntegerField()
    pounds = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    vat = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Vat], default=Vat.EXCLUDED)
    optimism = models.SlugField(max_length=20, default="none")
    mitigated = models.PositiveSmallIntegerField(default=0)
    to_need = models.PositiveSmallIntegerField(null=True, blank=True)
    points = models.DecimalField(max_digits=4, decimal_places=2, null=True, blank=True)
    people = models.PositiveIntegerField(null=True, blank=True)
    source = models.CharField(max_length=300)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last__gte=F("first"), last__lte=60), name="options_line_span",
                violation_error_message="The last year is not before the first, and at most 60.",
            ),
            models.CheckConstraint(
                condition=Q(pounds__gte=0), name="options_line_pounds",
                violation_error_message="Pounds are 0 or more: a saving is a benefit, not a cost below 0.",
            ),
            models.CheckConstraint(
                condition=Q(mitigated__lte=100) & (Q(to_need=None) | Q(to_need__lte=100)),
                name="options_line_shares",
                violation_error_message="Shares are from 0 to 100 per cent.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="wellbeing") | Q(points__isnull=False, people__isnull=False, side="benefit"),
                name="options_line_wellbeing",
                violation_error_message="Wellbeing needs the points that were measured and the number of people.",
            ),
            models.CheckConstraint(
                condition=~Q(source=""), name="options_line_sourced",
                violation_error_message="Say where the figure is from.",
            ),
        ]

    def __str__(self) -> str:
        return self.title
