"""Files that people bring: what became of each, and until when its bytes are kept."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from commonweal.core.models.organisations import Organisation
from commonweal.core.models.people import Person
from commonweal.core.models.records import PartnershipRecord, PartnershipRecordQuerySet
from commonweal.core.permissions import ROLES, Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer


class UploadState(models.TextChoices):
    """Where an upload stands."""

    WAITING = "waiting", "Waiting to be read"
    MAPPING = "mapping", "Waiting for you to say what the columns are"
    READ = "read", "Read"
    PARTLY = "partly", "Read, with some rows kept out"
    SET_ASIDE = "set_aside", "Could not be read"
    EXPIRED = "expired", "Deleted unread"


class UploadQuerySet(PartnershipRecordQuerySet):
    """Files as they were brought: of the organisation that brought them, until what they hold is shared."""

    def visible_to(self, viewer: Viewer, purpose: Purpose) -> UploadQuerySet:
        """One's own, and those that somebody brought for an organisation in which a role of one's allows it."""
        seen = super().visible_to(viewer, purpose)
        if viewer.system:
            return seen
        needed = self.model.view_permission_for(purpose)
        ours = Q(by=viewer.person) if viewer.person else Q(pk__in=[])
        for grant in viewer.grants:
            if needed in ROLES[grant.role]:
                ours |= Q(partnership=grant.partnership, organisation=grant.organisation)
        return seen.filter(ours)


class Upload(PartnershipRecord):
    """One file as uploaded; its bytes are in the quarantine under its id, never in the database.

    `organisation` is the one it was brought for; without one only whoever brought it sees it.
    """

    view_permission = Permission.VIEW_JOBS

    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="uploads")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
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

    objects: ClassVar[Any] = UploadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="core_upload_not_empty"),
            models.CheckConstraint(condition=Q(state__in=UploadState.values), name="core_upload_state"),
        ]

    def __str__(self) -> str:
        return self.name
