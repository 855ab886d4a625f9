"""Events partners hold: what it is, who booked, what they said of it without a name, and its recording."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from commonweal.core import clock
from commonweal.core.models import Organisation, PartnershipRecord, PartnershipRecordQuerySet, Person
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer


class GatheringKind(models.TextChoices):
    """What sort of event."""

    WORKSHOP = "workshop", "Workshop"
    FOLLOW_UP = "follow_up", "Follow-up"
    TRAINING = "training", "Training"
    PARTNERS = "partners", "Partners' meeting"


class GatheringState(models.TextChoices):
    """Whether it takes place."""

    PLANNED = "planned", "Planned"
    CANCELLED = "cancelled", "Cancelled"


class GatheringQuerySet(PartnershipRecordQuerySet):
    """Public ones for everybody, the others for their partnership."""

    def visible_to(self, viewer: Viewer, purpose: Purpose) -> Self:
        """Those the viewer may see."""
        if viewer.system:
            return self.all()
        here = viewer.partnerships(self.model.view_permission_for(purpose))
        return self.filter(Q(public=True) | Q(partnership__in=here))


class Gathering(PartnershipRecord):
    """One event on one day, at local hours; `joining` is for those who have a place alone."""

    host = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=GatheringKind)
    title = models.CharField(max_length=120)
    about = models.CharField(max_length=800)
    day = models.DateField()
    begins = models.TimeField()
    ends = models.TimeField()
    where = models.CharField(max_length=200)
    access = models.CharField(max_length=400)
    joining = models.CharField(max_length=600, blank=True)
    contact = models.CharField(max_length=200)
    places = models.PositiveSmallIntegerField(null=True, blank=True)
    public = models.BooleanField(default=False)
    on_the_table = models.JSONField(default=list, blank=True)   # sentences
    invited = models.JSONField(default=list, blank=True)        # {who, why, reads, href}: what each reads first
    state = models.CharField(max_length=9, choices=GatheringState, default=GatheringState.PLANNED)
    cancelled_because = models.CharField(max_length=300, blank=True)
    notes = models.TextField(max_length=6000, blank=True)
    recording = models.URLField(max_length=400, blank=True)
    recording_type = models.CharField(max_length=30, blank=True)
    recording_bytes = models.PositiveBigIntegerField(null=True, blank=True)
    recording_seconds = models.PositiveIntegerField(null=True, blank=True)
    recording_about = models.CharField(max_length=600, blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(default=clock.now)
    objects: ClassVar[Any] = GatheringQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["day", "begins", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="knowledge_gathering_hours",
                                   violation_error_message="It must end after it begins, on the same day."),
            models.CheckConstraint(
                condition=Q(recording="") | Q(recording_type__gt="", recording_bytes__isnull=False,
                                              recording_seconds__isnull=False, recorded_at__isnull=False),
                name="knowledge_gathering_recording"),
        ]

    def __str__(self) -> str:
        return self.title


class BookingState(models.TextChoices):
    """Whether there is a place."""

    PLACE = "place", "Has a place"
    WAITING = "waiting", "On the waiting list"
    LEFT = "left", "Gave it back"


class Booking(PartnershipRecord):
    """One person's place: only what is needed, taken out some weeks after the event."""

    view_permission: ClassVar[Permission] = Permission.DISCUSS

    gathering = models.ForeignKey(Gathering, models.PROTECT, related_name="bookings")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    access_needs = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=7, choices=BookingState)
    booked_at = models.DateTimeField(default=clock.now)
    came = models.BooleanField(null=True, blank=True)
    answered = models.BooleanField(default=False)       # that they gave feedback, never which
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["booked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["gathering", "email"], condition=Q(erased_at=None) & ~Q(state="left"),
                name="knowledge_booking_once", violation_error_message="This address has booked already.",
            ),
        ]


class Feedback(PartnershipRecord):
    """One answer to three questions. Nothing says whose it is."""

    gathering = models.ForeignKey(Gathering, models.PROTECT, related_name="feedback")
    worth = models.PositiveSmallIntegerField()
    useful = models.CharField(max_length=600, blank=True)
    next = models.CharField(max_length=600, blank=True)
    quote = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(worth__range=(1, 5)), name="knowledge_feedback_worth"),
        ]
