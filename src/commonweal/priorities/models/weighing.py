"""Candidate outcomes scored once on agreed criteria, and weighed twice: as members want, and as need says."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from commonweal.core import clock
from commonweal.core.models import (
    AppendOnly,
    Organisation,
    PartnershipRecord,
    PartnershipRecordQuerySet,
    Person,
    Version,
    Versioned,
    VersionQuerySet,
)
from commonweal.core.permissions import Permission
from commonweal.priorities.models.outcome import OutcomeVersion


class WeighingSide(models.TextChoices):
    """Whose weights they are."""

    WANT = "want", "What members want"
    NEED = "need", "What need says"


class Weighing(Versioned):
    """The identity of one weighing; its criteria are fixed when it begins, so that both sides weigh the same."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    title = models.CharField(max_length=120)
    criteria = models.JSONField()      # titles in order
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title


class WeighingVersion(Version):
    """What is weighed and how each scores; scored anew it is a next version."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    identity = models.ForeignKey(Weighing, models.PROTECT, related_name="versions")
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)
    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta(Version.Meta):
        pass


class WeighedOutcome(AppendOnly, PartnershipRecord):
    """One candidate: scores from 0 to 100 in the order of the criteria, or why it must be done anyway."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    version = models.ForeignKey(WeighingVersion, models.PROTECT, related_name="candidates")
    outcome = models.ForeignKey(OutcomeVersion, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    scores = models.JSONField(default=list, blank=True)
    because = models.CharField(max_length=500, blank=True)
    must = models.CharField(max_length=300, blank=True)
    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "outcome"], name="priorities_weighed_once")]


class SideWeights(AppendOnly, PartnershipRecord):
    """The weights of one side, in the order of the criteria; the latest stands and the others are kept."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    weighing = models.ForeignKey(Weighing, models.PROTECT, related_name="weights")
    side = models.CharField(max_length=4, choices=WeighingSide)
    weights = models.JSONField()
    reason = models.CharField(max_length=500)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    given_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=clock.now)
    objects: ClassVar[Any] = VersionQuerySet.as_manager()
