"""What people ask of whoever answers for the data: to see it, to complain, to have information."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from commonweal.core import clock
from commonweal.core.models.base import Identified
from commonweal.core.models.people import Person
from commonweal.core.models.records import PartnershipRecord, PartnershipRecordQuerySet
from commonweal.core.permissions import Permission


class SubjectRequest(Identified):
    """One request to see everything held about a person; `identity` says how staff knew who asks."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    received = models.DateField(default=clock.today)
    identity = models.CharField(max_length=300, blank=True)
    rows = models.PositiveIntegerField(null=True, blank=True)
    ready_at = models.DateTimeField(null=True, blank=True)
    fetched_at = models.DateTimeField(null=True, blank=True)
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["person", "created"], name="core_subject_request")]


class Complaint(Identified):
    """About how personal data was handled; without a partnership it is for the installation's staff."""

    partnership = models.ForeignKey("core.Partnership", models.PROTECT, null=True, blank=True, related_name="+")
    reference = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200, blank=True)
    reach = models.CharField(max_length=200, blank=True)
    words = models.TextField(max_length=4000)
    received = models.DateField(default=clock.today)
    settled = models.DateField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)


class ComplaintStepKind(models.TextChoices):
    """What was done about it."""

    ACKNOWLEDGED = "acknowledged", "Acknowledged"
    LOOKED_INTO = "looked_into", "Looked into"
    UPHELD = "upheld", "Outcome told: upheld"
    PARTLY = "partly", "Outcome told: upheld in part"
    NOT_UPHELD = "not_upheld", "Outcome told: not upheld"


OUTCOMES = (ComplaintStepKind.UPHELD, ComplaintStepKind.PARTLY, ComplaintStepKind.NOT_UPHELD)


class ComplaintStep(Identified):
    """One step of the log."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=20, choices=ComplaintStepKind)
    day = models.DateField(default=clock.today)
    words = models.CharField(max_length=2000, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")


class InformationRequest(PartnershipRecord):
    """A request under freedom of information or for environmental information, until it is answered."""

    view_permission = Permission.MANAGE_PARTNERSHIP

    regime = models.SlugField(max_length=10)
    name = models.CharField(max_length=200, blank=True)
    reach = models.CharField(max_length=200, blank=True)
    words = models.TextField(max_length=4000)
    received = models.DateField(default=clock.today)
    answer_by = models.DateField()
    answered = models.DateField(null=True, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()


class InformationItem(PartnershipRecord):
    """One thing held that answers a request: as it goes out, names left out, or with why it is held back."""

    view_permission = Permission.MANAGE_PARTNERSHIP

    request = models.ForeignKey(InformationRequest, models.CASCADE, related_name="items")
    title = models.CharField(max_length=400)
    words = models.TextField(max_length=20_000, blank=True)
    exemption = models.SlugField(max_length=20, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(exemption="") | ~models.Q(reason=""), name="core_information_item_reason",
                violation_error_message="Say why it is held back.",
            ),
        ]
