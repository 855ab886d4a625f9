"""Files that people bring: what became of each, and until when its bytes are kept."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from commonweal.core.models.people import Person
from commonweal.core.models.records import PartnershipRecord, PartnershipRecordQuerySet
from commonweal.core.permissions import Permission


class UploadState(models.TextChoices):
    """Where an upload stands."""

    WAITING = "waiting", "Waiting to be read"
    MAPPING = "mapping", "Waiting for you to say what the columns are"
    READ = "read", "Read"
    PARTLY = "partly", "Read, with some rows kept out"
    SET_ASIDE = "set_aside", "Could not be read"
    EXPIRED = "expired", "Deleted unread"


class Upload(PartnershipRecord):
    """One file as uploaded; its bytes are in the quarantine under its id, never in the database."""

    view_permission = Permission.VIEW_JOBS

    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="uploads")
    name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=12, choices=UploadState, default=UploadState.WAITING)
    dataset = models.CharField(max_length=120, blank=True)
    outcome = models.JSONField(default=dict, blank=True)
    question = models.JSONField(default=dict, blank=True)
    answer = models.JSONField(default=dict, blank=True)
    expires = models.DateTimeField()
    put_away = models.DateTimeField(null=True, blank=True)  # read what became of it: it waits no longer

    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="core_upload_not_empty"),
            models.CheckConstraint(condition=Q(state__in=UploadState.values), name="core_upload_state"),
        ]

    def __str__(self) -> str:
        return self.name
