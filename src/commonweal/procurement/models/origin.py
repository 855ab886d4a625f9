"""What led to a commission: the option that was chosen, and the priorities that were decided."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from simple_history.models import HistoricalRecords

from commonweal.core.models import PartnershipRecord, PartnershipRecordQuerySet
from commonweal.core.permissions import Permission
from commonweal.options.models import ChoiceVersion
from commonweal.priorities.models import DecisionVersion
from commonweal.procurement.models.commission import Commission


class CommissionOrigin(PartnershipRecord):
    """The versions of a choice and of a decision that a commission carries out, either or both."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    commission = models.OneToOneField(Commission, models.PROTECT, related_name="origin")
    choice = models.ForeignKey(ChoiceVersion, models.PROTECT, null=True, blank=True, related_name="commissions")
    decision = models.ForeignKey(
        DecisionVersion, models.PROTECT, null=True, blank=True, related_name="commissions")
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()
