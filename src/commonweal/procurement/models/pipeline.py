"""What a partner chose to publish of a coming commission, who might take part, and who asked for news."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from commonweal.core import clock
from commonweal.core.models import Department, PartnershipRecord, PartnershipRecordQuerySet, Person
from commonweal.core.models.base import Identified
from commonweal.core.permissions import Permission
from commonweal.procurement.models.commission import Commission


class Size(models.TextChoices):
    """How large it is, roughly, where its value is not to be told."""

    SMALL = "small", "Under £30,000"
    MIDDLE = "middle", "£30,000 to £200,000"
    LARGE = "large", "£200,000 to £1 million"
    MAJOR = "major", "Over £1 million"


class Listing(PartnershipRecord):
    """One line of the public calendar: a copy, so that what changes inside stays inside till published anew."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    commission = models.OneToOneField(Commission, models.PROTECT, related_name="listing")
    title = models.CharField(max_length=120)
    plain = models.CharField(max_length=600)
    place = models.CharField(max_length=300)
    kind = models.SlugField(max_length=20)
    size = models.CharField(max_length=10, choices=Size)
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="+")
    engage_on = models.DateField(null=True, blank=True)
    engage_at = models.TimeField(null=True, blank=True)
    engage_where = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    interest_by = models.DateField(null=True, blank=True)
    contact = models.CharField(max_length=200)
    tier = models.PositiveSmallIntegerField(null=True, blank=True)
    withdrawn = models.BooleanField(default=False)
    published_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    published_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(engage_at=None) | Q(engage_on__isnull=False),
                                   name="procurement_talk_hour_has_day",
                                   violation_error_message="Give the day of the talk as well as its hour."),
            models.CheckConstraint(condition=Q(tier=None) | Q(tier__range=(1, 5)),
                                   name="procurement_listing_tier"),
        ]

    def __str__(self) -> str:
        return self.title


class Interest(PartnershipRecord):
    """Somebody might take part: their answers, and how to reach them until they or the buyer take that out."""

    view_permission: ClassVar[Permission] = Permission.RECORD_EVIDENCE

    listing = models.ForeignKey(Listing, models.PROTECT, related_name="interests")
    organisation = models.CharField(max_length=200)
    name = models.CharField(max_length=120, blank=True)
    reach = models.CharField(max_length=200, blank=True)
    answers = models.JSONField(default=dict, blank=True)    # words by the key of the question
    version = models.PositiveIntegerField()                 # of the questions
    sent_at = models.DateTimeField(default=clock.now)
    erased_at = models.DateTimeField(null=True, blank=True)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    class Meta:
        ordering = ["sent_at", "id"]


class Subscription(Identified):
    """An e-mail address that is told of what is new; unconfirmed it gets nothing, ended it is gone."""

    email = models.EmailField(unique=True)
    place = models.CharField(max_length=100, blank=True)
    kind = models.SlugField(max_length=20, blank=True)
    asked_at = models.DateTimeField(default=clock.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
