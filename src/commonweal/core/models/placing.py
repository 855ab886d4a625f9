"""What one organisation brings: its own until it is placed before the partnership, or an agreement shares it."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from commonweal.core.models.records import PartnershipRecord, PartnershipRecordQuerySet
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer


class PlacedQuerySet(PartnershipRecordQuerySet):
    """Rows with an owner: seen by its people, by everybody once placed, and where an agreement opens them."""

    def visible_to(self, viewer: Viewer, purpose: Purpose) -> Self:
        """Those the viewer may see for that purpose."""
        seen = super().visible_to(viewer, purpose)
        if viewer.system:
            return seen
        return seen.filter(self.model.open_to(viewer, purpose))


class Placed(PartnershipRecord):
    """A record of one organisation in a partnership; `placed` says when it was put before all partners."""

    placed = models.DateTimeField(null=True, blank=True)
    objects: ClassVar[Any] = PlacedQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def open_to(cls, viewer: Viewer, purpose: Purpose) -> Q:
        """Which rows are open: placed ones, and those of an organisation the viewer acts for there."""
        own = Q(pk__in=[])
        for grant in viewer.grants:
            own |= Q(partnership=grant.partnership, organisation=grant.organisation)
        return Q(placed__isnull=False) | own
