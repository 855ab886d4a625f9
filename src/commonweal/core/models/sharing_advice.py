"""What a data protection officer advised on the impact of one version of a sharing agreement; never changed."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from commonweal.core.models.organisations import Organisation
from commonweal.core.models.people import Person
from commonweal.core.models.records import PartnershipRecord
from commonweal.core.models.sharing import SharingVersion
from commonweal.core.models.versions import AppendOnly, VersionQuerySet


class ImpactAdvice(AppendOnly, PartnershipRecord):
    """The advice, whether the organisation accepts it and why not; or (`advice` empty) why there is none."""

    version = models.ForeignKey(SharingVersion, models.PROTECT, related_name="advice")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    officer = models.CharField(max_length=200, blank=True)
    given = models.DateField(null=True, blank=True)
    advice = models.CharField(max_length=4000, blank=True)
    accepted = models.BooleanField(default=False)
    reason = models.CharField(max_length=1000, blank=True)
    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted=True) | ~Q(reason=""), name="core_impact_advice_reason",
                violation_error_message="Say why it is not accepted, or why there is no advice.",
            ),
            models.CheckConstraint(
                condition=(~Q(advice="") & ~Q(officer="") & Q(given__isnull=False)) | Q(advice="", accepted=False),
                name="core_impact_advice_whole",
                violation_error_message="Advice needs its words, who gave it and the day.",
            ),
        ]
