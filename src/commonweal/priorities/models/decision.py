"""Priorities decided: by named people on a date, with reasons, on the evidence as it stood; only superseded."""

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
from commonweal.priorities.models.weighing import WeighingVersion


class Decision(Versioned):
    """The identity of a decision on priorities; what was decided is in its versions."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    title = models.CharField(max_length=120)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title


class DecisionVersion(Version):
    """What was decided, where, when and why; `frozen` is what it stood on and `digest` proves it unaltered."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    identity = models.ForeignKey(Decision, models.PROTECT, related_name="versions")
    weighing = models.ForeignKey(WeighingVersion, models.PROTECT, related_name="decisions")
    body = models.CharField(max_length=200)
    reasons = models.TextField(max_length=4000)
    decided_on = models.DateField()
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)
    frozen = models.TextField()
    digest = models.CharField(max_length=64)
    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta(Version.Meta):
        pass


class DecisionTaker(AppendOnly, PartnershipRecord):
    """One of those who decided, and for whom."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    version = models.ForeignKey(DecisionVersion, models.PROTECT, related_name="takers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "person"], name="priorities_taker_once")]


class DecidedOutcome(AppendOnly, PartnershipRecord):
    """One priority of a decision, in the version that was read, with its place; 0 where it must be done anyway."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    version = models.ForeignKey(DecisionVersion, models.PROTECT, related_name="priorities")
    outcome = models.ForeignKey(OutcomeVersion, models.PROTECT, related_name="decided")
    place = models.PositiveSmallIntegerField()
    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "outcome"], name="priorities_decided_once")]
