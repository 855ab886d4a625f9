"""Notes of talks in a dialogue or while something is designed together: the same for all who take part."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from commonweal.core import clock
from commonweal.core.models import AppendOnly, PartnershipRecord, Person, VersionQuerySet
from commonweal.core.permissions import Permission
from commonweal.procurement.models.competition import Competition


class TalkNote(AppendOnly, PartnershipRecord):
    """What was said in one talk, of one stage, as everybody reads it."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    competition = models.ForeignKey(Competition, models.PROTECT, related_name="talks")
    stage = models.CharField(max_length=120, blank=True)
    held_on = models.DateField()
    words = models.TextField(max_length=4000)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["held_on", "id"]
