"""Reviews: what became of the needs and of each agreement, what is decided, what the next round has."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from commonweal.core import clock
from commonweal.core.models import (
    AppendOnly,
    PartnershipRecord,
    PartnershipRecordQuerySet,
    Person,
    Version,
    Versioned,
    VersionQuerySet,
)
from commonweal.core.permissions import Permission
from commonweal.needs.models import EvidenceItem, Need, NeedVersion
from commonweal.options.models import Agreement


class Review(Versioned):
    """The identity of a review: of which days it looks; what was decided is in its versions."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    title = models.CharField(max_length=120)
    first = models.DateField()
    last = models.DateField()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "title"], name="measures_review_once",
                violation_error_message="There is a review of this name already.",
            ),
            models.CheckConstraint(
                condition=Q(last__gte=F("first")), name="measures_review_span",
                violation_error_message="The last day is before the first.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ReviewLine(PartnershipRecord):
    """What a review proposes for one agreement, until it is decided: the verdict is empty while nobody judged."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    review = models.ForeignKey(Review, models.PROTECT, related_name="lines")
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="+")
    verdict = models.SlugField(max_length=8, blank=True)
    reasons = models.TextField(max_length=2000, blank=True)
    lessons = models.TextField(max_length=1500, blank=True)
    from_day = models.DateField(null=True, blank=True)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "agreement"], name="measures_review_line_once"),
            models.CheckConstraint(
                condition=Q(verdict="") | Q(reasons__gt="", from_day__isnull=False),
                name="measures_review_reasons",
                violation_error_message="Say why, and from which day.",
            ),
        ]


class ReviewVersion(Version):
    """What was decided, by which body and when; `frozen` is what it stood on and `digest` proves it unaltered."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    identity = models.ForeignKey(Review, models.PROTECT, related_name="versions")
    body = models.CharField(max_length=200)
    decided_on = models.DateField()
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)
    frozen = models.TextField()
    digest = models.CharField(max_length=64)
    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta(Version.Meta):
        pass


class ReviewDecision(AppendOnly, PartnershipRecord):
    """The thread: what was decided of one agreement, and one need that it goes back to, as then read."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    version = models.ForeignKey(ReviewVersion, models.PROTECT, related_name="decisions")
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="reviewed")
    need = models.ForeignKey(NeedVersion, models.PROTECT, related_name="reviewed")
    verdict = models.SlugField(max_length=8)
    from_day = models.DateField()
    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(
            fields=["version", "agreement", "need"], name="measures_decided_once")]


class CarriedOver(AppendOnly, PartnershipRecord):
    """What the next round begins with: what came of an agreement, as evidence held against the need it answers."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    version = models.ForeignKey(ReviewVersion, models.PROTECT, related_name="carried")
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="+")
    need = models.ForeignKey(Need, models.PROTECT, related_name="+")
    item = models.ForeignKey(EvidenceItem, models.PROTECT, related_name="+")
    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(
            fields=["version", "agreement", "need"], name="measures_carried_once")]
