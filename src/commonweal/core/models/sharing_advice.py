"""What a data protection officer advised: on a sharing agreement, or on all that is kept here; never changed."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from commonweal.core.models.organisations import Organisation
from commonweal.core.models.people import Person
from commonweal.core.models.records import PartnershipRecord
from commonweal.core.models.sharing import SharingVersion
from commonweal.core.models.versions import AppendOnly, VersionQuerySet
from commonweal.core.permissions import Permission


def whole_advice(name: str) -> list[models.BaseConstraint]:
    """Advice is whole, or it is said why it is not accepted or why there is none."""
    return [
        models.CheckConstraint(
            condition=Q(accepted=True) | ~Q(reason=""), name=f"core_{name}_reason",
            violation_error_message="Say why it is not accepted, or why there is no advice.",
        ),
        models.CheckConstraint(
            condition=(~Q(advice="") & ~Q(officer="") & Q(given__isnull=False)) | Q(advice="", accepted=False),
            name=f"core_{name}_whole",
            violation_error_message="Advice needs its words, who gave it and the day.",
        ),
    ]


class OfficerAdvice(AppendOnly, PartnershipRecord):
    """The advice, whether the organisation accepts it and why not; or (`advice` empty) why there is none."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    officer = models.CharField(max_length=200, blank=True)
    given = models.DateField(null=True, blank=True)
    advice = models.CharField(max_length=4000, blank=True)
    accepted = models.BooleanField(default=False)
    reason = models.CharField(max_length=1000, blank=True)
    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta:
        abstract = True


class ImpactAdvice(OfficerAdvice):
    """On one version of a sharing agreement."""

    version = models.ForeignKey(SharingVersion, models.PROTECT, related_name="advice")

    class Meta:
        constraints = whole_advice("impact_advice")


class ProcessingAdvice(OfficerAdvice):
    """On the record of processing as it was told when it had this `mark`, and the draft made from it."""

    mark = models.CharField(max_length=16)
    view_permission = Permission.MANAGE_PARTNERSHIP

    class Meta:
        constraints = whole_advice("processing_advice")
