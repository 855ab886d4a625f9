"""An agreement brought over from a partnership that was joined or split: which it was there."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from commonweal.core.models import AppendOnly, PartnershipRecord, VersionQuerySet
from commonweal.core.permissions import Permission
from commonweal.options.models import Agreement


class AgreementCarried(AppendOnly, PartnershipRecord):
    """The agreement as it goes on here, and as it was kept in the partnership that ended."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    agreement = models.OneToOneField(Agreement, models.CASCADE, related_name="carried")
    was = models.ForeignKey(Agreement, models.PROTECT, related_name="goes_on")
    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(
            fields=["partnership", "was"], name="agreements_carried_once",
            violation_error_message="This agreement has been brought over already.",
        )]
