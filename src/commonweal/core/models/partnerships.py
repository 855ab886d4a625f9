"""Partnerships: who takes part, in which role, for which places, and what they became."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from commonweal.core.models.base import Dated, DatedQuerySet, Identified, ends_after_start
from commonweal.core.models.organisations import Organisation
from commonweal.core.models.people import Person
from commonweal.core.models.records import PartnershipRecord, PartnershipRecordQuerySet
from commonweal.core.permissions import Role


class Partnership(Dated):
    """Organisations that work on a place together. `invented` marks the worked example."""

    name = models.CharField(max_length=300)
    invented = models.BooleanField(default=False)

    objects: ClassVar[Any] = DatedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [ends_after_start("core_partnership_span")]

    def __str__(self) -> str:
        return self.name


class SuccessionKind(models.TextChoices):
    """How one partnership came out of another."""

    JOIN = "join", "joined"
    SPLIT = "split", "split"


class PartnershipSuccession(Identified):
    """One partnership's work going on in another; both keep their ids."""

    before = models.ForeignKey(Partnership, models.PROTECT, related_name="successors")
    after = models.ForeignKey(Partnership, models.PROTECT, related_name="predecessors")
    day = models.DateField()
    kind = models.CharField(max_length=10, choices=SuccessionKind)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["before", "after"], name="core_succession_once"),
            models.CheckConstraint(condition=~Q(before=models.F("after")), name="core_succession_other"),
        ]


class DatedRecordQuerySet(PartnershipRecordQuerySet, DatedQuerySet):  # type: ignore[override]
    """Partnership records that hold between two dates."""


class PartnershipOrganisation(PartnershipRecord, Dated):
    """An organisation's seat; `signs_off` where it must agree what the partnership agrees."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="seats")
    signs_off = models.BooleanField(default=False)

    objects: ClassVar[Any] = DatedRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            ends_after_start("core_seat_span"),
            models.UniqueConstraint(fields=["partnership", "organisation", "start"], name="core_seat_once"),
        ]


class PartnershipRole(PartnershipRecord, Dated):
    """A person's role in a partnership, for one organisation, between two dates."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="roles")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="roles")
    role = models.CharField(max_length=20, choices=Role)

    objects: ClassVar[Any] = DatedRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(end=None) | Q(end__gte=models.F("start")), name="core_role_span",
                violation_error_message="The end must not be before the start.",
            ),
            models.UniqueConstraint(
                fields=["partnership", "person", "organisation", "role"], condition=Q(end=None),
                name="core_role_once", violation_error_message="This person already has this role.",
            ),
        ]


class PartnershipPlace(PartnershipRecord, Dated):
    """A place of a partnership: a published area, or a drawn set of small areas, of a stated vintage."""

    kind = models.CharField(max_length=20)
    code = models.CharField(max_length=12, blank=True)
    vintage = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    areas = models.JSONField(default=list, blank=True)

    objects: ClassVar[Any] = DatedRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            ends_after_start("core_place_span"),
            models.CheckConstraint(
                condition=(
                    (Q(kind="drawn", code="") & ~Q(areas=[])) | (~Q(kind="drawn") & ~Q(code="") & Q(areas=[]))
                ),
                name="core_place_area_or_drawn",
            ),
            models.UniqueConstraint(
                fields=["partnership", "kind", "code", "vintage"], condition=Q(end=None) & ~Q(code=""),
                name="core_place_once", violation_error_message="The partnership already has this place.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
