"""Why an organisation does not sign a version of a need; a later version may answer it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from commonweal.core import clock
from commonweal.core.models import AppendOnly, Organisation, PartnershipRecord, Person, VersionQuerySet
from commonweal.core.permissions import Permission
from commonweal.needs.models.need import NeedVersion


class Objection(AppendOnly, PartnershipRecord):
    """One organisation's objection to one version, with its reason."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    version = models.ForeignKey(NeedVersion, models.PROTECT, related_name="objections")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    reason = models.TextField()
    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "organisation"], name="needs_objection_once",
                violation_error_message="Your organisation has already objected to this version.",
            ),
        ]
