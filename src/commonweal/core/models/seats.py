"""What became of an organisation's seat: each change with its day and the reason that was given."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from simple_history.models import HistoricalRecords

from commonweal.core import clock
from commonweal.core.models.partnerships import PartnershipOrganisation
from commonweal.core.models.people import Person
from commonweal.core.models.records import PartnershipRecord, PartnershipRecordQuerySet


class SeatChangeKind(models.TextChoices):
    """What can happen to a seat after it is given."""

    SIGN_OFF_GIVEN = "sign_off_given", "Began to sign off what is agreed"
    SIGN_OFF_ENDED = "sign_off_ended", "Stopped signing off what is agreed"
    LEFT = "left", "Left the partnership"


def has_left(seat: PartnershipOrganisation) -> bool:
    """Whether it has been given up by today: a seat given up on its first day still ends on the next."""
    today = clock.today()
    if seat.end is None or seat.end <= today:
        return seat.end is not None
    left = SeatChange.objects.filter(seat=seat, what=SeatChangeKind.LEFT, called_off=None, day__lte=today)
    return bool(left.exists())


class SeatChange(PartnershipRecord):
    """One change to a seat; `day` is when it takes effect, `called_off` where it was undone before that day."""

    seat = models.ForeignKey(PartnershipOrganisation, models.PROTECT, related_name="changes")
    what = models.CharField(max_length=20, choices=SeatChangeKind)
    day = models.DateField()
    called_off = models.DateTimeField(null=True, blank=True)
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
