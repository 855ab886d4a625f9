"""Who keeps in touch with an organisation or an area, how often, and each time they did, in a line."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from commonweal.core import clock
from commonweal.core.models import Organisation, PartnershipRecord, PartnershipRecordQuerySet, Person
from commonweal.core.permissions import Permission


class Relationship(PartnershipRecord):
    """The named senior contact for one organisation or one area; `speaks_to` is whom they speak to there."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    area_code = models.CharField(max_length=12, blank=True)
    area_name = models.CharField(max_length=200, blank=True)
    keeper = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    kept_since = models.DateField(default=clock.today)
    every_weeks = models.PositiveSmallIntegerField()
    speaks_to = models.CharField(max_length=120, blank=True)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["speaks_to"])

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, area_code="") | (Q(organisation=None) & ~Q(area_code="")),
                name="needs_relationship_one_end",
            ),
            models.CheckConstraint(condition=Q(every_weeks__range=(1, 52)), name="needs_relationship_weeks"),
            models.UniqueConstraint(
                fields=["partnership", "organisation"], condition=Q(organisation__isnull=False),
                name="needs_relationship_organisation",
            ),
            models.UniqueConstraint(
                fields=["partnership", "area_code"], condition=~Q(area_code=""), name="needs_relationship_area",
            ),
        ]


class ContactLine(PartnershipRecord):
    """One contact: who spoke with whom, when, one line of what was said, and what follows. Deleted in time."""

    view_permission: ClassVar[Permission] = Permission.RECORD_EVIDENCE

    relationship = models.ForeignKey(Relationship, models.PROTECT, related_name="lines")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    with_whom = models.CharField(max_length=120)
    day = models.DateField(default=clock.today)
    said = models.CharField(max_length=200)
    next_step = models.CharField(max_length=200, blank=True)
    next_by = models.DateField(null=True, blank=True)
    next_done = models.DateField(null=True, blank=True)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["relationship", "-day"], name="needs_contact_line_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(next_step="") | Q(next_by=None, next_done=None), name="needs_contact_line_next",
            ),
        ]


class ContactNudge(PartnershipRecord):
    """The one e-mail that one person gets in one week about contacts that have lapsed."""

    view_permission: ClassVar[Permission] = Permission.MANAGE_PARTNERSHIP

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    week = models.DateField()
    tried = models.DateTimeField(null=True, blank=True)
    sent = models.DateTimeField(null=True, blank=True)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "person", "week"], name="needs_contact_nudge_once"),
        ]
