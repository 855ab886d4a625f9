"""Organisations, their departments, what others call them, and facts with a source."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models.functions import Lower
from simple_history.models import HistoricalRecords

from commonweal.core.models.base import Dated, DatedQuerySet, Identified, ends_after_start


class OrganisationKind(models.TextChoices):
    """What sort of body it is, as far as commissioning cares."""

    DISTRICT = "district", "District or borough council"
    COUNTY = "county", "County council"
    UNITARY = "unitary", "Unitary or metropolitan council"
    PARISH = "parish", "Town or parish council"
    TRUST = "trust", "Leisure or culture trust"
    HEALTH = "health", "Health body"
    POLICE = "police", "Police or fire"
    SCHOOL = "school", "School or college"
    UNIVERSITY = "university", "University"
    THIRD_SECTOR = "third_sector", "Charity, club or community group"
    INFRASTRUCTURE = "infrastructure", "Third sector support body"
    COMPANY = "company", "Company"
    OTHER = "other", "Other"


class Visibility(models.TextChoices):
    """Who may see a fact about an organisation."""

    PUBLIC = "public", "Everyone"
    PARTNERS = "partners", "Partnerships it belongs to"
    OWN = "own", "Its own people"


class Organisation(Identified):
    """A body that takes part, or could."""

    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=20, choices=OrganisationKind)
    example = models.BooleanField(default=False)

    history = HistoricalRecords()

    def __str__(self) -> str:
        return self.name


class Department(Identified):
    """A part of an organisation: leisure, public health, planning; `commissions` says what it buys or funds."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="departments")
    name = models.CharField(max_length=300)
    commissions = models.CharField(max_length=300, blank=True)
    retired = models.DateField(null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "organisation", Lower("name"), condition=models.Q(retired=None), name="core_department_name",
                violation_error_message="There is already a department of this name.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OrganisationIdentifier(Dated):
    """A number or code that somebody else gives an organisation, as (scheme, value): GB-CHC, GB-COH, GSS."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="identifiers")
    scheme = models.SlugField(max_length=40)
    value = models.CharField(max_length=100)
    source = models.CharField(max_length=300)

    objects: ClassVar[Any] = DatedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            ends_after_start("core_identifier_span"),
            models.UniqueConstraint(fields=["scheme", "value", "start"], name="core_identifier_once"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}-{self.value}"


class OrganisationFact(Identified):
    """Something known of an organisation, by whom, when, and who may see it."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="facts")
    kind = models.SlugField(max_length=60)
    value = models.JSONField()
    source = models.CharField(max_length=300)
    as_at = models.DateField()
    visibility = models.CharField(max_length=20, choices=Visibility, default=Visibility.OWN)

    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "source", "as_at"], name="core_fact_once"
            ),
            models.CheckConstraint(condition=~models.Q(source=""), name="core_fact_sourced"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.organisation_id}"
