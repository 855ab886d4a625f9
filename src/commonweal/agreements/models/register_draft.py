"""A register that was brought and waits to have its columns named; it goes after that, or two days."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from commonweal.core.models import PartnershipRecord, PartnershipRecordQuerySet
from commonweal.core.permissions import Permission


class RegisterDraft(PartnershipRecord):
    """The table as text: its headings, and each row with its number in the file."""

    view_permission: ClassVar[Permission] = Permission.UPLOAD

    name = models.CharField(max_length=150)
    headings = models.JSONField()
    rows = models.JSONField()   # [number, [cells]]
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
