"""A competition: when it opens and closes, what is asked and how it counts, what was asked back and answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from commonweal.core import clock
from commonweal.core.models import (
    AppendOnly,
    PartnershipRecord,
    PartnershipRecordQuerySet,
    Person,
    VersionQuerySet,
)
from commonweal.core.permissions import Permission
from commonweal.procurement.models.commission import Commission
from commonweal.procurement.models.specification import SpecificationVersion


class Competition(PartnershipRecord):
    """How one commission is competed. Once published only its end may change, for all, with a record.

    `criteria` are pairs of a question's key and its weight; `words` is how many words an answer may have. Price
    counts `price_weight` per cent by `formula`; a bid below `quality_floor` per cent of quality is out; one more
    than `low_percent` per cent below the mean of the others' prices must explain itself. For a grant `may_exceed`
    says whether somebody may ask for more than the sum there is.
    """

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    commission = models.OneToOneField(Commission, models.PROTECT, related_name="competition")
    way = models.SlugField(max_length=20)
    specification = models.ForeignKey(
        SpecificationVersion, models.PROTECT, null=True, blank=True, related_name="+")
    contact = models.CharField(max_length=200)
    opens = models.DateTimeField()
    questions_by = models.DateTimeField()
    closes = models.DateTimeField()
    criteria = models.JSONField(default=list)
    words = models.PositiveSmallIntegerField()
    price_weight = models.PositiveSmallIntegerField()
    formula = models.SlugField(max_length=12, blank=True)
    floor = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    ceiling = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    quality_floor = models.PositiveSmallIntegerField(default=0)
    low_percent = models.PositiveSmallIntegerField(default=25)
    several = models.BooleanField(default=False)
    may_exceed = models.BooleanField(default=False)
    stages = models.JSONField(default=list, blank=True)
    published_at = models.DateTimeField(default=clock.now)
    published_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")), name="procurement_closes_after_opens",
                violation_error_message="The deadline must be after it opens."),
            models.CheckConstraint(
                condition=Q(questions_by__lte=F("closes")), name="procurement_questions_before_close",
                violation_error_message="Questions must end before the deadline."),
            models.CheckConstraint(
                condition=Q(price_weight__lte=100, quality_floor__lte=100, low_percent__range=(1, 99)),
                name="procurement_per_cents", violation_error_message="Per cents are from 0 to 100."),
            models.CheckConstraint(
                condition=Q(opened_at=None) | Q(opened_at__gt=F("closes")), name="procurement_opened_after_close"),
        ]

    def running(self, at: datetime | None = None) -> bool:
        """Whether bids are taken: from its opening up to and with the deadline."""
        return self.opens <= (at or clock.now()) <= self.closes


class Extension(AppendOnly, PartnershipRecord):
    """The deadline was moved for all: from when to when, why, and by whom."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    competition = models.ForeignKey(Competition, models.PROTECT, related_name="extensions")
    before = models.DateTimeField()
    after = models.DateTimeField()
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.CheckConstraint(
            condition=Q(after__gt=F("before")), name="procurement_extension_later",
            violation_error_message="A deadline is only ever moved later.")]


class Clarification(PartnershipRecord):
    """A question that somebody asked back, and its answer; nobody is told who asked."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    competition = models.ForeignKey(Competition, models.PROTECT, related_name="clarifications")
    asked = models.CharField(max_length=1000)
    asked_at = models.DateTimeField(default=clock.now)
    answer = models.TextField(max_length=3000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "id"]
