"""A key by which a program reads, or sends, as one person in one partnership, and no more than that."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.db import models

from commonweal.core import clock
from commonweal.core.models.organisations import Organisation
from commonweal.core.models.people import Person
from commonweal.core.models.records import PartnershipRecord, PartnershipRecordQuerySet
from commonweal.core.permissions import Permission


class TokenScope(models.TextChoices):
    """What a token lets a program do, within what its person may."""

    READ = "read", "Read what you may see here"
    RETURNS = "returns", "Send returns"


class ExportEvery(models.TextChoices):
    """How often a file of what a token may read is made for it."""

    DAY = "day", "Every day"
    WEEK = "week", "Every week"
    MONTH = "month", "Every month"


class ProgramToken(PartnershipRecord):
    """A token. What it says is shown once and never kept: here is its hash alone.

    `every` says how often a file is made for it, `export_said` what the newest holds.
    """

    view_permission = Permission.VIEW_PARTNERSHIP

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=80)
    token_hash = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    expires = models.DateTimeField()
    ended = models.DateTimeField(null=True, blank=True)
    used_on = models.DateField(null=True, blank=True)
    every = models.CharField(max_length=5, choices=ExportEvery, blank=True)
    exported_at = models.DateTimeField(null=True, blank=True)
    export_said = models.CharField(max_length=300, blank=True)

    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    def works(self, at: datetime | None = None) -> bool:
        """Whether it still lets a program in."""
        return self.ended is None and self.expires > (at or clock.now())
