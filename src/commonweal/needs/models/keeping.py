"""What a partnership keeps of its needs assessments: frozen versions, superseded and never altered."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from commonweal.core import clock
from commonweal.core.models import Person
from commonweal.core.models.versions import Version, Versioned
from commonweal.core.permissions import Permission


class KeptAssessment(Versioned):
    """The assessment of one place as a partnership keeps it; what it says is in its versions."""

    view_permission = Permission.VIEW_EVIDENCE

    place_code = models.CharField(max_length=2000)
    place_name = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "place_code"], name="needs_kept_once"),
        ]

    def __str__(self) -> str:
        return self.place_name


class KeptAssessmentVersion(Version):
    """One frozen copy: every figure as it stood, with the fingerprint that proves it unaltered."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    identity = models.ForeignKey(KeptAssessment, models.PROTECT, related_name="versions")
    kept_at = models.DateTimeField(default=clock.now)
    kept_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    headline = models.TextField()
    store_version = models.CharField(max_length=40)
    method_version = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    frozen = models.TextField()

    class Meta(Version.Meta):
        pass

    def __str__(self) -> str:
        return f"version {self.number}"
