"""What happened: one row a deed, with ids alone, so that it can be kept when a person is forgotten."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from commonweal.core import clock
from commonweal.core.ids import uuid7
from commonweal.core.models.versions import AppendOnly, AppendOnlyQuerySet


class Verb(models.TextChoices):
    """The deeds of this floor; stages name their own in the same manner (`need.recorded`)."""

    ORGANISATION_CREATED = "organisation.created"
    ORGANISATION_SUCCEEDED = "organisation.succeeded"
    ORGANISATION_IDENTIFIED = "organisation.identified"
    PARTNERSHIP_CREATED = "partnership.created"
    PARTNERSHIP_SUCCEEDED = "partnership.succeeded"
    ORGANISATION_JOINED = "partnership.organisation_joined"
    ORGANISATION_LEFT = "partnership.organisation_left"
    SIGN_OFF_GIVEN = "partnership.sign_off_given"
    SIGN_OFF_ENDED = "partnership.sign_off_ended"
    SEAT_CHANGE_CALLED_OFF = "partnership.seat_change_called_off"
    NEIGHBOURHOOD_ADDED = "partnership.neighbourhood_added"
    NEIGHBOURHOOD_CHANGED = "partnership.neighbourhood_changed"
    NEIGHBOURHOOD_ENDED = "partnership.neighbourhood_ended"
    BUDGET_SET = "partnership.neighbourhood_budget_set"
    PERSON_ADDED = "person.added"
    MEMBER_ADDED = "organisation.member_added"
    DEPARTMENT_ADDED = "organisation.department_added"
    DEPARTMENT_CHANGED = "organisation.department_changed"
    DEPARTMENT_RETIRED = "organisation.department_retired"
    MEMBER_MOVED = "organisation.member_moved"
    PAID_TIME_RECORDED = "partnership.paid_time_recorded"
    PAID_TIME_WITHDRAWN = "partnership.paid_time_withdrawn"
    FACT_RECORDED = "organisation.fact_recorded"
    ROLE_GIVEN = "partnership.role_given"
    ROLE_ENDED = "partnership.role_ended"
    INVITED = "partnership.invited"
    INVITED_AGAIN = "partnership.invited_again"
    INVITATION_WITHDRAWN = "partnership.invitation_withdrawn"
    INVITATION_ACCEPTED = "partnership.invitation_accepted"
    PROGRAM_LET_IN = "partnership.program_let_in"
    PROGRAM_SHUT_OUT = "partnership.program_shut_out"
    PLACE_ADDED = "partnership.place_added"
    UPLOAD_RECORDED = "upload.recorded"
    UPLOAD_SETTLED = "upload.settled"
    UPLOAD_EXPIRED = "upload.expired"
    MAPPING_CONFIRMED = "upload.mapping_confirmed"
    JOB_STARTED = "job.started"
    JOB_FINISHED = "job.finished"
    JOB_FAILED = "job.failed"
    JOB_CANCELLED = "job.cancelled"
    JOB_RETRIED = "job.retried"
    PERSON_ERASED = "person.erased"


class Event(AppendOnly):
    """A deed. No foreign keys, no names, no free text."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField(default=clock.now, db_index=True)
    actor = models.UUIDField(null=True, db_index=True)
    on_behalf_of = models.UUIDField(null=True)
    partnership = models.UUIDField(null=True, db_index=True)
    verb = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.UUIDField(db_index=True)
    subject_version = models.PositiveIntegerField(null=True)
    schema = models.PositiveSmallIntegerField(default=1)

    objects: ClassVar[Any] = AppendOnlyQuerySet.as_manager()


class TombstoneReason(models.TextChoices):
    """Why something was erased."""

    ASKED = "asked", "The person asked"
    RETENTION = "retention", "Its time was up"


class Tombstone(AppendOnly):
    """What was erased and when; a restored backup replays these, so that nothing forgotten comes back."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField(default=clock.now)
    subject_type = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    reason = models.CharField(max_length=20, choices=TombstoneReason)

    objects: ClassVar[Any] = AppendOnlyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject_type", "subject_id"], name="core_tombstone_once"),
        ]
