"""What belongs to one partnership: never without it, never seen without asking who looks and why."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models

from commonweal.core.models.base import Identified
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer


class PartnershipRecordQuerySet(models.QuerySet[Any]):
    """Rows of partnerships; the only lawful way in is `visible_to`."""

    def visible_to(self, viewer: Viewer, purpose: Purpose) -> Self:
        """Those the viewer may see for that purpose: of partnerships where a role of theirs allows it."""
        needed = self.model.view_permission_for(purpose)
        if viewer.system:
            return self.all()
        return self.filter(partnership__in=viewer.partnerships(needed))


class PartnershipRecord(Identified):
    """A record that belongs to exactly one partnership."""

    view_permission: ClassVar[Permission] = Permission.VIEW_PARTNERSHIP

    partnership = models.ForeignKey("core.Partnership", models.PROTECT, related_name="+")

    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def view_permission_for(cls, purpose: Purpose) -> Permission:
        """The permission that seeing this for a purpose takes; a model may ask more for some purposes."""
        return cls.view_permission
