"""What an agreement's provider is asked to return, how often and by whom, and each return that is due."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from commonweal.core import clock
from commonweal.core.models import Organisation, PartnershipRecord, PartnershipRecordQuerySet, Person
from commonweal.core.permissions import Permission
from commonweal.options.models import Agreement

PERSONAL = ["contact_name", "contact_email", "contact_phone"]


class ReturnPlan(PartnershipRecord):
    """What returns an agreement asks for: the tier, how often, in whose words, and whom to write to or ring.

    `groups` and `areas` are pairs of key and title: those who may be missed, and neighbourhoods.
    """

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    agreement = models.OneToOneField(Agreement, models.PROTECT, related_name="return_plan")
    provider = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    provider_name = models.CharField(max_length=160)
    tier = models.PositiveSmallIntegerField()
    tier_reason = models.CharField(max_length=500, blank=True)
    every = models.PositiveSmallIntegerField()
    begins = models.DateField()
    ends = models.DateField(null=True, blank=True)
    difference = models.CharField(max_length=160)
    place = models.CharField(max_length=160, blank=True)
    groups = models.JSONField(default=list, blank=True)
    areas = models.JSONField(default=list, blank=True)
    contact_name = models.CharField(max_length=120, blank=True)
    contact_email = models.EmailField(max_length=254, blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=PERSONAL)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(tier__range=(1, 5)), name="measures_plan_tier",
                violation_error_message="A tier is one of five.",
            ),
            models.CheckConstraint(
                condition=Q(every__in=(1, 3, 6, 12)), name="measures_plan_every",
                violation_error_message="Returns come every 1, 3, 6 or 12 months.",
            ),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("begins")), name="measures_plan_span",
                violation_error_message="The last day is before the first.",
            ),
        ]

    def __str__(self) -> str:
        return f"Returns of {self.provider_name}"


class ReturnState(models.TextChoices):
    """Whether it has been sent."""

    OPEN = "open", "Not sent"
    SENT = "sent", "Sent"


class Return(PartnershipRecord):
    """One return for one period (`first` to `last`, both counted). `asked` freezes which questions it asks."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    plan = models.ForeignKey(ReturnPlan, models.PROTECT, related_name="returns")
    first = models.DateField()
    last = models.DateField()
    due = models.DateField()
    tier = models.PositiveSmallIntegerField()
    asked = models.JSONField(default=list)
    state = models.CharField(max_length=4, choices=ReturnState, default=ReturnState.OPEN)
    nothing = models.BooleanField(default=False)
    sent_at = models.DateTimeField(null=True, blank=True)
    receipt = models.CharField(max_length=12, blank=True)
    warned = models.JSONField(default=list, blank=True)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["partnership", "state", "due"], name="measures_return_due")]
        constraints = [
            models.UniqueConstraint(fields=["plan", "first"], name="measures_return_once"),
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="measures_return_span"),
            models.CheckConstraint(condition=Q(due__gt=F("last")), name="measures_return_due_after"),
            models.CheckConstraint(
                condition=Q(state="open", sent_at=None, receipt="")
                | Q(state="sent", sent_at__isnull=False, receipt__gt=""), name="measures_return_sent",
            ),
            models.UniqueConstraint(
                fields=["partnership", "receipt"], condition=Q(receipt__gt=""), name="measures_receipt_once",
            ),
        ]


class ReturnLink(PartnershipRecord):
    """An invitation to one return. What stands in the link is sent, never kept: here is its hash alone."""

    view_permission: ClassVar[Permission] = Permission.RECORD_EVIDENCE

    of = models.ForeignKey(Return, models.PROTECT, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    address = models.EmailField(max_length=254, blank=True)
    expires = models.DateTimeField()
    ended = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    def works(self, at: datetime | None = None) -> bool:
        """Whether it still opens the return."""
        return self.ended is None and self.expires > (at or clock.now())


class SpokenReturn(PartnershipRecord):
    """Answers given by word of mouth and entered by somebody of the partnership: who said them, and when."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    of = models.ForeignKey(Return, models.PROTECT, related_name="spoken")
    said_by = models.CharField(max_length=120)
    said_on = models.DateField()
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()


class ReturnReminder(PartnershipRecord):
    """A reminder: the first before a return is due, the second after. Each is sent once, whoever sends it."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    of = models.ForeignKey(Return, models.PROTECT, related_name="reminders")
    number = models.PositiveSmallIntegerField()
    tried = models.DateTimeField(null=True, blank=True)
    sent = models.DateTimeField(null=True, blank=True)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of", "number"], name="measures_reminder_once"),
            models.CheckConstraint(condition=Q(number__in=(1, 2)), name="measures_reminder_number"),
        ]
