"""The register of people who could help: what they did, for whom, who can say so, and what they declare."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from commonweal.core import clock
from commonweal.core.models import Organisation, PartnershipRecord, PartnershipRecordQuerySet
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer

RENEWED = timedelta(days=730)   # what somebody said of themselves holds so long, unless they say it anew


class AdviserKind(models.TextChoices):
    """In which way somebody helps."""

    CONSULTANT = "consultant", "Consultant, paid"
    PEER = "peer", "Peer: does the same work elsewhere"


class AdviserQuerySet(PartnershipRecordQuerySet):
    """People of the register; nobody is in it before they said yes themselves."""

    def listed(self) -> Self:
        """Those who said yes and have not taken that back."""
        return self.exclude(consented_at=None).filter(erased_at=None)

    def shown_to(self, viewer: Viewer, partnership: Any) -> Self:
        """Those of the partnership, and those of others who are willing to be seen by every partnership."""
        rows = self.listed()
        if not (viewer.system or viewer.may(Permission.VIEW_PARTNERSHIP, partnership)):
            return rows.none()
        return rows.filter(Q(partnership=partnership) | Q(wide=True))


class Adviser(PartnershipRecord):
    """One person, in their own words; unanswered or taken back it keeps nothing but that it was there."""

    view_permission: ClassVar[Permission] = Permission.VIEW_PARTNERSHIP

    asked_by = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=AdviserKind)
    name = models.CharField(max_length=100, blank=True)
    email = models.EmailField(blank=True)
    about = models.CharField(max_length=600, blank=True)
    area = models.CharField(max_length=200, blank=True)
    prices = models.CharField(max_length=200, blank=True)
    conflicts = models.CharField(max_length=600, blank=True)
    reach = models.CharField(max_length=200, blank=True)
    wide = models.BooleanField(default=False)
    asked_at = models.DateTimeField(default=clock.now)
    consented_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    objects: ClassVar[Any] = AdviserQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "email"], condition=~Q(email=""),
                                    name="providers_adviser_once",
                                    violation_error_message="This person was asked already."),
            models.CheckConstraint(
                condition=Q(consented_at=None) | Q(erased_at__isnull=False) | ~Q(conflicts=""),
                name="providers_adviser_declares",
                violation_error_message="Say which ties you have, or write: none.",
            ),
        ]

    def __str__(self) -> str:
        return self.name or "Somebody"


class AdviserWork(PartnershipRecord):
    """One thing they did: what, for whom, and in which years."""

    view_permission: ClassVar[Permission] = Permission.VIEW_PARTNERSHIP

    adviser = models.ForeignKey(Adviser, models.CASCADE, related_name="works")
    what = models.CharField(max_length=300)
    client = models.CharField(max_length=160)
    since = models.PositiveSmallIntegerField()
    until = models.PositiveSmallIntegerField(null=True, blank=True)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "created"]
        constraints = [
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=models.F("since")),
                                   name="providers_work_span",
                                   violation_error_message="The last year is before the first."),
            models.CheckConstraint(condition=Q(since__gte=1950, since__lte=2100), name="providers_work_year",
                                   violation_error_message="Give a year such as 2024."),
        ]


class Reference(PartnershipRecord):
    """Somebody was asked what was done for them: facts, their answers, and the other's reply beside them."""

    view_permission: ClassVar[Permission] = Permission.VIEW_PARTNERSHIP

    work = models.ForeignKey(AdviserWork, models.CASCADE, related_name="references")
    name = models.CharField(max_length=100, blank=True)
    email = models.EmailField(blank=True)
    asked_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    answers = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField()                 # of the questions
    reply = models.CharField(max_length=600, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [models.UniqueConstraint(fields=["work", "email"], condition=~Q(email=""),
                                               name="providers_reference_once",
                                               violation_error_message="They were asked about this already.")]
