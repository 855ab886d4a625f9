"""What is asked for: the difference wanted, for whom, where, how it will be known, and what is required."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from commonweal.core import clock
from commonweal.core.models import AppendOnly, PartnershipRecord, Person, Version, Versioned, VersionQuerySet
from commonweal.core.permissions import Permission
from commonweal.needs.models import NeedVersion
from commonweal.priorities.models import OutcomeVersion
from commonweal.procurement.models.commission import Commission


class Specification(Versioned):
    """The identity of a commission's specification; the newest version stands."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    commission = models.OneToOneField(Commission, models.PROTECT, related_name="specification")


class SpecificationVersion(Version):
    """What the specification says."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    identity = models.ForeignKey(Specification, models.PROTECT, related_name="versions")
    difference = models.TextField(max_length=2000)
    people = models.CharField(max_length=500)
    where = models.CharField(max_length=500)
    known = models.TextField(max_length=2000)
    missed = models.TextField(max_length=2000)
    reason = models.CharField(max_length=500, blank=True)
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)
    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta(Version.Meta):
        pass


class Requirement(AppendOnly, PartnershipRecord):
    """One thing that is required, what it answers, and why an input is laid down where it is."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    version = models.ForeignKey(SpecificationVersion, models.PROTECT, related_name="requirements")
    position = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=500)
    need = models.ForeignKey(NeedVersion, models.PROTECT, null=True, blank=True, related_name="requirements")
    outcome = models.ForeignKey(OutcomeVersion, models.PROTECT, null=True, blank=True, related_name="requirements")
    because = models.CharField(max_length=300, blank=True)
    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="procurement_requirement_once"),
        ]
