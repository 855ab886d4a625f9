"""What became of organisations: merged into one or divided into several, from which day, by which law."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from commonweal.core.models.base import Identified
from commonweal.core.models.organisations import Organisation
from commonweal.core.models.partnerships import SuccessionKind
from commonweal.core.models.versions import AppendOnly, AppendOnlyQuerySet


class OrganisationSuccession(AppendOnly, Identified):
    """One organisation's work going on in another; `keeps` where what the first held alone goes on there."""

    before = models.ForeignKey(Organisation, models.PROTECT, related_name="heirs")
    after = models.ForeignKey(Organisation, models.PROTECT, related_name="forerunners")
    day = models.DateField()
    kind = models.CharField(max_length=10, choices=SuccessionKind)
    law = models.CharField(max_length=300)
    keeps = models.BooleanField(default=True)

    objects: ClassVar[Any] = AppendOnlyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["before", "after"], name="core_heir_once"),
            models.UniqueConstraint(fields=["before"], condition=Q(keeps=True), name="core_heir_keeps_once"),
            models.CheckConstraint(condition=~Q(before=models.F("after")), name="core_heir_other"),
            models.CheckConstraint(condition=~Q(law=""), name="core_heir_law"),
        ]
