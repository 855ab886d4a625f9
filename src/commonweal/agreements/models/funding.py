"""Money beside the register: other grants, help in kind and trading; what bodies have; notice; reward shared."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from commonweal.core.models import PartnershipRecord, PartnershipRecordQuerySet
from commonweal.core.permissions import Permission
from commonweal.needs.models import Need
from commonweal.options.models import Agreement


class FundingKind(models.TextChoices):
    """What sort of money it is; their words are in content/funding.yaml too."""

    CORE = "core", "Core grant"
    GRANT = "grant", "Grant for a project"
    COMMISSION = "commission", "Commission"
    IN_KIND = "in-kind", "In kind"
    TRADING = "trading", "Trading"


class FundingLine(PartnershipRecord):
    """One giver's money to one organisation in one financial year, outside the register of agreements.

    `ref` is the grant's own identifier where it was brought from a file, so that bringing it again changes it.
    """

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    giver = models.CharField(max_length=200)
    receiver = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=FundingKind)
    infrastructure = models.BooleanField(default=False)
    area = models.CharField(max_length=120, blank=True)
    need = models.ForeignKey(Need, models.SET_NULL, null=True, blank=True, related_name="+")
    year = models.CharField(max_length=7)
    pounds = models.DecimalField(max_digits=14, decimal_places=2)
    source = models.CharField(max_length=300)
    as_at = models.DateField()
    title = models.CharField(max_length=200, blank=True)
    ref = models.CharField(max_length=200, blank=True)
    number = models.CharField(max_length=60, blank=True)   # of the receiver, with its scheme
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        indexes = [models.Index(fields=["partnership", "year"], name="agreements_funding_year")]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "ref"], condition=~Q(ref=""),
                                    name="agreements_funding_ref_once"),
            models.CheckConstraint(condition=Q(pounds__gte=0), name="agreements_funding_pounds",
                                   violation_error_message="Pounds are 0 or more."),
            models.CheckConstraint(condition=~Q(source=""), name="agreements_funding_sourced",
                                   violation_error_message="Say where this is from."),
        ]


class FundingRole(PartnershipRecord):
    """What the register does not say of an agreement's money: core or not, infrastructure or not, and where."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    agreement = models.OneToOneField(Agreement, models.CASCADE, related_name="funding_role")
    kind = models.CharField(max_length=10, choices=FundingKind)
    infrastructure = models.BooleanField(default=False)
    area = models.CharField(max_length=120, blank=True)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()


class Means(PartnershipRecord):
    """What an organisation had in one year by its accounts: income, and reserves it is free to use."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    organisation = models.CharField(max_length=200)
    year = models.CharField(max_length=7)
    income = models.DecimalField(max_digits=14, decimal_places=2)
    reserves = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    source = models.CharField(max_length=300)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "organisation", "year"],
                name="agreements_means_once",
                violation_error_message="This year of this organisation is there already.",
            ),
            models.CheckConstraint(
                condition=Q(income__gte=0) & (Q(reserves=None) | Q(reserves__gte=0)),
                name="agreements_means_from_0",
                violation_error_message="Income and reserves are 0 or more.",
            ),
            models.CheckConstraint(
                condition=~Q(source=""),
                name="agreements_means_sourced",
                violation_error_message="Say where this is from.",
            ),
        ]


class Notice(PartnershipRecord):
    """That a body was told in writing what becomes of its money, on which day, and what it answered."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="notices")
    told_on = models.DateField()
    what = models.CharField(max_length=8, choices=[
        ("goes-on", "It goes on"), ("changes", "It changes"), ("ends", "It ends")])
    words = models.CharField(max_length=500)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["told_on", "created"]


class PathStep(PartnershipRecord):
    """One step from a grant to a commission that is done."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="path")
    step = models.SlugField(max_length=20)
    note = models.CharField(max_length=500)
    done_on = models.DateField()
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "step"], name="agreements_path_once")]


class Reward(PartnershipRecord):
    """A pot earned together and shared by a rule that was said first; the rows as worked out are kept with it.

    Percentages of the pot: `alike` in equal parts, `delivered` by what each delivered, `need` by how much of that
    reached people in need. `rows` are [name, delivered, of them in need, pence].
    """

    view_permission: ClassVar[Permission] = Permission.VIEW_PARTNERSHIP

    title = models.CharField(max_length=120)
    pot = models.DecimalField(max_digits=12, decimal_places=2)
    alike = models.PositiveSmallIntegerField()
    delivered = models.PositiveSmallIntegerField()
    need = models.PositiveSmallIntegerField()
    counts = models.CharField(max_length=120)
    source = models.CharField(max_length=300)
    agreed_on = models.DateField()
    rows = models.JSONField(default=list)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-agreed_on", "created"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "title"], name="agreements_reward_once",
                                    violation_error_message="There is a reward of this name already."),
            models.CheckConstraint(
                condition=Q(alike=100 - models.F("delivered") - models.F("need")), name="agreements_reward_whole",
                violation_error_message="The three parts add up to 100."),
        ]
