"""What goes out, when, and what was held back: planned releases, and every table that went out."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from commonweal.core import clock
from commonweal.core.models import (
    AppendOnly,
    PartnershipRecord,
    PartnershipRecordQuerySet,
    Person,
    VersionQuerySet,
)
from commonweal.core.permissions import Permission
from commonweal.knowledge.models import CaseStudy
from commonweal.options.models import Agreement


class ReleaseState(models.TextChoices):
    """How far a planned release has come."""

    PLANNED = "planned", "To come"
    PUBLISHED = "published", "Published"
    HELD = "held", "Held back"


class PlannedRelease(PartnershipRecord):
    """Something that is to be published on a day, said beforehand; then that it was, or why it was held back."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    title = models.CharField(max_length=120)
    what = models.SlugField(max_length=20)
    first = models.DateField()
    last = models.DateField()
    due = models.DateField()
    state = models.CharField(max_length=9, choices=ReleaseState, default=ReleaseState.PLANNED)
    settled_on = models.DateField(null=True, blank=True)
    because = models.CharField(max_length=500, blank=True)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "title"], name="measures_release_once",
                violation_error_message="Something of this name is planned already.",
            ),
            models.CheckConstraint(
                condition=~Q(state="held") | Q(because__gt=""), name="measures_release_held",
                violation_error_message="Say why it is held back.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ReleasedTable(AppendOnly, PartnershipRecord):
    """One table as it went out. `true` is what it was made from: kept so that no later table gives a few away."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    of = models.ForeignKey(PlannedRelease, models.PROTECT, null=True, blank=True, related_name="tables")
    case = models.ForeignKey(CaseStudy, models.PROTECT, null=True, blank=True, related_name="+")
    agreement = models.ForeignKey(Agreement, models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=200)
    rule = models.SlugField(max_length=20)
    outcome = models.SlugField(max_length=12)
    reason = models.CharField(max_length=500)
    hidden = models.PositiveIntegerField()
    rows = models.JSONField()
    columns = models.JSONField()
    cells = models.JSONField()
    true = models.JSONField()
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    objects: ClassVar[Any] = VersionQuerySet.as_manager()
