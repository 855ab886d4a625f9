"""A contract whose risk is shared: lines, rule, who might run it, and the register of what may go wrong."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from commonweal.core.models import PartnershipRecord, PartnershipRecordQuerySet
from commonweal.core.permissions import Permission


class SharingRule(models.TextChoices):
    """How a departure from plan is shared."""

    FIXED = "fixed", "Fixed price"
    CAP = "cap", "Loss up to a cap"
    COLLAR = "collar", "Within a collar"
    BANDS = "bands", "Shared in bands"
    OPEN = "open", "Open book"
    PASSED = "passed", "Pass-through"


class Bearer(models.TextChoices):
    """Who carries a risk."""

    OPERATOR = "operator", "Whoever runs it"
    COUNCIL = "council", "The council"
    SHARED = "shared", "Shared by the rule"


class ContractCase(PartnershipRecord):
    """A contract as planned, and how risk in it is shared. Pounds a year; shares in per cent.

    `limit` is how often, in 100 draws, running out of reserves could be borne; `seed` gives the same draws again.
    """

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    title = models.CharField(max_length=120)
    option = models.OneToOneField(
        "options.Option", models.SET_NULL, null=True, blank=True, related_name="risk_case",
    )
    years = models.PositiveSmallIntegerField()
    margin = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    rule = models.CharField(max_length=8, choices=SharingRule)
    collar = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    cap = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    shared = models.PositiveSmallIntegerField(default=50)
    beyond = models.PositiveSmallIntegerField(default=0)
    gains = models.PositiveSmallIntegerField(null=True, blank=True)    # of a gain past the collar; None: as a loss
    limit = models.PositiveSmallIntegerField(default=5)
    seed = models.PositiveIntegerField(default=1)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "title"], name="options_case_once",
                violation_error_message="There is a contract of this name already.",
            ),
            models.CheckConstraint(
                condition=Q(years__gte=1, years__lte=40), name="options_case_years",
                violation_error_message="Give from 1 to 40 years.",
            ),
            models.CheckConstraint(
                condition=Q(collar__gte=0, cap__gte=F("collar"), margin__gte=0), name="options_case_bands",
                violation_error_message="The cap is not below the first part, and none of them below 0.",
            ),
            models.CheckConstraint(
                condition=Q(shared__lte=100, beyond__lte=100, limit__gte=1, limit__lte=50)
                & (Q(gains=None) | Q(gains__lte=100)),
                name="options_case_shares",
                violation_error_message="Shares are from 0 to 100; how often running out is borne from 1 to 50.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class CaseLine(PartnershipRecord):
    """One line of a contract: pounds a year, its spread in per cent, and by how much the plan may be off."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    case = models.ForeignKey(ContractCase, models.CASCADE, related_name="lines")
    kind = models.SlugField(max_length=20)
    pounds = models.DecimalField(max_digits=14, decimal_places=2)
    yearly = models.DecimalField(max_digits=5, decimal_places=1)
    off = models.DecimalField(max_digits=5, decimal_places=1, default=0)
    passed = models.BooleanField(default=False)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "kind"], name="options_case_line_once"),
            models.CheckConstraint(
                condition=Q(yearly__gte=0, yearly__lte=200, off__gte=-100, off__lte=100),
                name="options_case_line_spread",
                violation_error_message="A spread is from 0 to 200 per cent, and a plan off by at most 100.",
            ),
        ]


class CaseParty(PartnershipRecord):
    """Somebody who might run the contract, or the council itself, with what it has put by."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    case = models.ForeignKey(ContractCase, models.CASCADE, related_name="parties")
    kind = models.SlugField(max_length=20)
    reserves = models.DecimalField(max_digits=14, decimal_places=2)
    least = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "kind"], name="options_case_party_once"),
            models.CheckConstraint(
                condition=Q(reserves__gte=0, least__gte=0), name="options_case_party_reserves",
                violation_error_message="Reserves are 0 or more. A body with less than nothing cannot take it on.",
            ),
        ]


class Risk(PartnershipRecord):
    """One thing that may go wrong in any year: how likely, at what cost, who carries it, what is done about it."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    case = models.ForeignKey(ContractCase, models.CASCADE, related_name="risks")
    kind = models.SlugField(max_length=20)
    title = models.CharField(max_length=160)
    bearer = models.CharField(max_length=10, choices=Bearer)
    chance = models.DecimalField(max_digits=4, decimal_places=1)
    least = models.DecimalField(max_digits=12, decimal_places=2)
    likely = models.DecimalField(max_digits=12, decimal_places=2)
    most = models.DecimalField(max_digits=12, decimal_places=2)
    control = models.CharField(max_length=400)
    watches = models.CharField(max_length=120)
    why = models.CharField(max_length=300, blank=True)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(chance__gte=0, chance__lte=100), name="options_risk_chance",
                violation_error_message="A chance is from 0 to 100 per cent a year.",
            ),
            models.CheckConstraint(
                condition=Q(least__gte=0, likely__gte=F("least"), most__gte=F("likely")), name="options_risk_cost",
                violation_error_message="Costs are 0 or more and go up: at least, most likely, at most.",
            ),
        ]

    def __str__(self) -> str:
        return self.title
