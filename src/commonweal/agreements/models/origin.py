"""Where an agreement came from: the award it was made by, and the option it carries out."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from simple_history.models import HistoricalRecords

from commonweal.core.models import PartnershipRecord, PartnershipRecordQuerySet
from commonweal.core.permissions import Permission
from commonweal.options.models import Agreement, ChoiceVersion
from commonweal.procurement.models import Award


class AgreementOrigin(PartnershipRecord):
    """The award it was made by and the choice it carries out, either or both; lots make several of one award."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    agreement = models.OneToOneField(Agreement, models.PROTECT, related_name="origin")
    award = models.ForeignKey(Award, models.PROTECT, null=True, blank=True, related_name="agreements")
    choice = models.ForeignKey(ChoiceVersion, models.PROTECT, null=True, blank=True, related_name="agreements")
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()
