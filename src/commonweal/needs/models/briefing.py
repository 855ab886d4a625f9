"""A page for members, or the case to a partner, as it stood each time; and the polls that stop its publishing."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from commonweal.core import clock
from commonweal.core.models import (
    Organisation,
    PartnershipRecord,
    PartnershipRecordQuerySet,
    Person,
    Version,
    Versioned,
    VersionQuerySet,
)
from commonweal.core.permissions import Permission


class Briefing(Versioned):
    """One place's briefing or the case to one partner; `public_number` is the one everybody may read, if any."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    partner = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    place_code = models.CharField(max_length=2000, blank=True)
    place_name = models.CharField(max_length=300)
    public_number = models.PositiveIntegerField(null=True, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "place_code"], condition=Q(partner=None), name="needs_briefing_once",
                violation_error_message="This place already has a briefing.",
            ),
            models.UniqueConstraint(
                fields=["partnership", "partner"], name="needs_case_once",
                violation_error_message="The case to this partner is kept already.",
            ),
            models.CheckConstraint(
                condition=Q(partner=None) ^ Q(place_code=""), name="needs_briefing_of_place_or_partner",
            ),
            models.CheckConstraint(
                condition=Q(public_number=None, issued_at=None) | Q(public_number__gte=1, issued_at__isnull=False),
                name="needs_briefing_issued",
            ),
        ]

    def __str__(self) -> str:
        return self.place_name


class BriefingVersion(Version):
    """What the page said, and from which figures."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    identity = models.ForeignKey(Briefing, models.PROTECT, related_name="versions")
    frozen = models.TextField()
    digest = models.CharField(max_length=64)
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)
    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta(Version.Meta):
        pass


class Poll(PartnershipRecord):
    """Whether one council holds an election on a day, and from when its notice stands, as somebody here said."""

    council = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    day = models.DateField()
    held = models.BooleanField()
    notice = models.DateField(null=True, blank=True)
    said_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "council", "day"], name="needs_poll_once"),
            models.CheckConstraint(
                condition=Q(notice=None) | Q(held=True, notice__lt=F("day")), name="needs_poll_notice",
                violation_error_message="The notice of election is published before polling day.",
            ),
        ]
