"""A list of words that somebody brought, read and waiting for a yes."""

from __future__ import annotations

from django.db import models

from commonweal.core.models import PartnershipRecord, Person
from commonweal.core.permissions import Permission


class WordImport(PartnershipRecord):
    """What was found in the file; nothing of it is a word of the partnership until it is confirmed."""

    view_permission = Permission.RECORD_EVIDENCE

    title = models.CharField(max_length=300)
    found = models.JSONField()
    notes = models.JSONField(default=list, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    confirmed = models.DateTimeField(null=True, blank=True)
