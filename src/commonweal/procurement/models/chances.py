"""Who is told of which coming commission, how each wishes to be told, and what each answered."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from commonweal.core import clock
from commonweal.core.models import Organisation, PartnershipRecord, PartnershipRecordQuerySet, Person
from commonweal.core.permissions import Permission
from commonweal.procurement.models.pipeline import Listing


class Often(models.TextChoices):
    """How somebody wishes to be told."""

    WEEKLY = "weekly", "By e-mail, once a week, when there is something"
    NONE = "none", "No e-mail: we look here ourselves"


class ChanceWish(PartnershipRecord):
    """How one person, for one organisation, wishes to be told of chances in one partnership."""

    view_permission: ClassVar[Permission] = Permission.BRING_EVIDENCE

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    often = models.CharField(max_length=8, choices=Often)
    told_at = models.DateTimeField(default=clock.now)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(
            fields=["partnership", "organisation", "person"], name="procurement_wish_once")]


class ChanceAnswer(models.TextChoices):
    """What an organisation said to a chance."""

    TRACKED = "tracked", "Keeps track of it"
    DECLINED = "declined", "Not for us"


class Chance(PartnershipRecord):
    """One organisation and one coming commission: when it was written to, and what it answered."""

    view_permission: ClassVar[Permission] = Permission.BRING_EVIDENCE

    listing = models.ForeignKey(Listing, models.CASCADE, related_name="chances")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    mailed_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=8, choices=ChanceAnswer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["listing", "organisation"], name="procurement_chance_once"),
            models.CheckConstraint(condition=Q(answer="", answered_at=None) | ~Q(answer=""),
                                   name="procurement_chance_answer"),
        ]
