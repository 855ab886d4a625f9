"""The joint statement of needs: what the partners agreed, in what order, and what they did not agree on."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from commonweal.core import clock
from commonweal.core.models import (
    AppendOnly,
    Organisation,
    PartnershipRecord,
    Person,
    Version,
    Versioned,
    VersionQuerySet,
)
from commonweal.core.permissions import Permission
from commonweal.needs.models.ranking import RankingRound


class JointStatement(AppendOnly, Versioned):
    """The one statement of a partnership; what it says is in its versions, of which the newest stands."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partnership"], name="needs_one_joint_statement")]


class JointStatementVersion(Version):
    """One version: the needs, their order and the disagreements as they stood (`frozen`, `digest`)."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    identity = models.ForeignKey(JointStatement, models.PROTECT, related_name="versions")
    round = models.ForeignKey(RankingRound, models.PROTECT, related_name="+")
    frozen = models.TextField()
    digest = models.CharField(max_length=64)
    reason = models.CharField(max_length=500, blank=True)
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)
    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta(Version.Meta):
        pass


class JointAnswer(AppendOnly, PartnershipRecord):
    """One organisation's answer to one version: it signs, or says why it does not."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    version = models.ForeignKey(JointStatementVersion, models.PROTECT, related_name="answers")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    signs = models.BooleanField()
    words = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField(default=clock.now)
    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "organisation"], name="needs_joint_answer_once",
                violation_error_message="Your organisation has already answered this version.",
            ),
        ]
