"""What became of an organisation's seat: each change with its day and the reason that was given."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from simple_history.models import HistoricalRecords

from commonweal.core.models.partnerships import PartnershipOrganisation
from commonweal.core.models.people import Person
from commonweal.core.models.records import PartnershipRecord, PartnershipRecordQuerySet


class SeatChangeKind(models.TextChoices):
    """What can happen to a seat after it is given."""

    SIGN_OFF_GIVEN = "sign_off_given", "Began to sign off what is agreed"
    SIGN_OFF_ENDED = "sign_off_ended", "Stopped signing off what is agreed"
    LEFT = "left", "Left the partnership"


class SeatChange(PartnershipRecord):
    """One change to a seat."""

    seat = models.ForeignKey(PartnershipOrganisation, models.PROTECT, related_name="changes")
    what = models.CharField(max_length=20, choices=SeatChangeKind)
    day = models.DateField()
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(reason=""), name="core_seat_change_reason",
                violation_error_message="Say why, in a few words.",
            ),
        ]
