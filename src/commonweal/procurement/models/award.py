"""Who got a commission, for how much and until when; what was paid, done and how it ended; what was published."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from commonweal.core import clock
from commonweal.core.models import (
    AppendOnly,
    Department,
    PartnershipRecord,
    PartnershipRecordQuerySet,
    Person,
    VersionQuerySet,
)
from commonweal.core.permissions import Permission
from commonweal.procurement.models.commission import Commission


class Basis(models.TextChoices):
    """How whoever got it was chosen."""

    OPEN = "open", "An advertised competition"
    QUOTES = "quotes", "Quotes from those we asked"
    DIRECT = "direct", "Awarded directly"
    GRANT_OPEN = "grant-open", "An open grant programme"
    GRANT_ASKED = "grant-asked", "A grant to a group we asked"


class Ending(models.TextChoices):
    """How it ended."""

    RAN = "ran", "It ran its time"
    EARLY = "early", "It ended early"


class Award(PartnershipRecord):
    """One award of a commission, as an officer enters it: it stands on its own, whatever led to it.

    `net` is without VAT; `lost_vat` the VAT that cannot be recovered; `ends_on` is the last day, `extends_to` the
    last day if every extension is taken.
    """

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    commission = models.ForeignKey(Commission, models.PROTECT, related_name="awards")
    position = models.PositiveSmallIntegerField()           # first, second: its place in the process
    reference = models.CharField(max_length=60)
    title = models.CharField(max_length=160)
    description = models.CharField(max_length=1500)
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="+")
    contact = models.CharField(max_length=200)
    decided_on = models.DateField()
    basis = models.CharField(max_length=12, choices=Basis)
    because = models.CharField(max_length=600, blank=True)
    net = models.DecimalField(max_digits=14, decimal_places=2)
    lost_vat = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    bids = models.PositiveSmallIntegerField(null=True, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    extends_to = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ending = models.CharField(max_length=6, choices=Ending, blank=True)
    ended_because = models.CharField(max_length=600, blank=True)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["commission", "position"], name="procurement_award_place"),
            models.UniqueConstraint(
                fields=["partnership", "reference"], name="procurement_award_reference",
                violation_error_message="This reference number is used already. Every award has its own."),
            models.CheckConstraint(condition=Q(net__gte=0, lost_vat__gte=0), name="procurement_award_from_0",
                                   violation_error_message="The sum must be nought or more."),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="procurement_award_span",
                                   violation_error_message="It must not end before it starts."),
            models.CheckConstraint(
                condition=Q(extends_to=None) | Q(extends_to__gte=F("ends_on")), name="procurement_award_extends",
                violation_error_message="With its extensions it must not end before it ends without."),
            models.CheckConstraint(
                condition=Q(ended_on=None, ending="") | Q(ended_on__isnull=False, ending__gt=""),
                name="procurement_award_ended", violation_error_message="Say how it ended."),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"


class AwardSupplier(PartnershipRecord):
    """Who got it. A person's own name stays here: what is published says "An individual"."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    award = models.ForeignKey(Award, models.CASCADE, related_name="suppliers")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    scheme = models.CharField(max_length=20, blank=True)      # of org-id.guide, or GB-PPON
    number = models.CharField(max_length=40, blank=True)
    sme = models.BooleanField(null=True, blank=True)
    vcse = models.BooleanField(null=True, blank=True)
    person = models.BooleanField(default=False)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["award", "position"], name="procurement_supplier_once"),
            models.CheckConstraint(
                condition=Q(scheme="", number="") | Q(scheme__gt="", number__gt=""),
                name="procurement_supplier_number",
                violation_error_message="Say which register the number is of, or leave both out."),
        ]

    def __str__(self) -> str:
        return self.name


class AwardLot(PartnershipRecord):
    """A part of what was let, where it was let in parts."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    award = models.ForeignKey(Award, models.CASCADE, related_name="lots")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    net = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["award", "position"], name="procurement_lot_once")]

    def __str__(self) -> str:
        return self.title


class Payment(PartnershipRecord):
    """One payment made under an award."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    award = models.ForeignKey(Award, models.PROTECT, related_name="payments")
    reference = models.CharField(max_length=60)
    paid_on = models.DateField()
    pounds = models.DecimalField(max_digits=14, decimal_places=2)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["paid_on", "reference"]
        constraints = [
            models.UniqueConstraint(
                fields=["award", "reference"], name="procurement_payment_once",
                violation_error_message="A payment of this reference is entered already."),
            models.CheckConstraint(condition=Q(pounds__gt=0), name="procurement_payment_above_0",
                                   violation_error_message="A payment is more than nought."),
        ]


class AwardMilestone(PartnershipRecord):
    """Something due by a day, and the day it was done."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    award = models.ForeignKey(Award, models.PROTECT, related_name="milestones")
    title = models.CharField(max_length=160)
    due_on = models.DateField()
    met_on = models.DateField(null=True, blank=True)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["due_on", "created"]
        constraints = [
            models.UniqueConstraint(fields=["award", "title"], name="procurement_milestone_once",
                                    violation_error_message="There is a milestone of this name already."),
        ]


class Process(PartnershipRecord):
    """A commission as the public register knows it: its open contracting id is given once and never changes."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    commission = models.OneToOneField(Commission, models.PROTECT, related_name="process")
    ocid = models.CharField(max_length=80, unique=True)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    def __str__(self) -> str:
        return self.ocid


class Stage(models.TextChoices):
    """What a publication tells of."""

    PLANNING = "planning", "What is planned"
    TENDER = "tender", "The invitation"
    AWARD = "award", "Who got it"
    CONTRACT = "contract", "What was signed"
    IMPLEMENTATION = "implementation", "What was paid and done"
    GRANT = "grant", "The grant"


class Release(AppendOnly, PartnershipRecord):
    """One publication, as everybody can read it: kept for good, put right only by a later one.

    `content` is the OCDS release, or the 360Giving grants; `lines` the rows of the two registers it gives.
    """

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    process = models.ForeignKey(Process, models.PROTECT, related_name="releases")
    number = models.PositiveIntegerField()
    stage = models.CharField(max_length=14, choices=Stage)
    content = models.JSONField()
    lines = models.JSONField(default=list, blank=True)
    digest = models.CharField(max_length=64)
    published_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    published_at = models.DateTimeField(default=clock.now)
    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["published_at", "number"]
        constraints = [models.UniqueConstraint(fields=["process", "number"], name="procurement_release_once")]
