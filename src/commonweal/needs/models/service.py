"""What is provided today: one service, why it runs and what it costs, and which needs it answers."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from commonweal.core.models import Organisation, PartnershipRecord, PartnershipRecordQuerySet, Person
from commonweal.core.permissions import Permission
from commonweal.needs.models.need import Need, NeedVersion


class ServiceKind(models.TextChoices):
    """What sort of service it is."""

    ACTIVITIES = "activities", "Activities and classes"
    FACILITY = "facility", "A place people go"
    COLLECTION = "collection", "A collection: books, objects, archives"
    OUTREACH = "outreach", "Outreach, where people already are"
    EVENTS = "events", "Events and festivals"
    GRANTS = "grants", "Grants to groups"
    ADVICE = "advice", "Information and advice"
    OTHER = "other", "Something else"


class WhyItRuns(models.TextChoices):
    """Why it runs today."""

    NEED = "need", "It answers a need"
    DUTY = "duty", "The law asks for it"
    HISTORICAL = "historical", "It always has"
    MEMBERS = "members", "Members want it"
    EXTERNAL = "external", "Money from outside pays for it"
    UNKNOWN = "unknown", "Nobody here knows"


class Service(PartnershipRecord):
    """One service. `spend` is what it costs the partners in a year after fees, in pounds without VAT.

    `areas` are wards or places as code and name, none where it is for the whole place. `organisation` is the
    partner that runs it, where a partner does; `said_for` is the organisation whose person recorded it.
    """

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=ServiceKind)
    run_by = models.CharField(max_length=200)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    said_for = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    said_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    site = models.CharField(max_length=200, blank=True)
    areas = models.JSONField(default=list, blank=True)
    groups = models.CharField(max_length=200, blank=True)
    themes = models.JSONField(default=list)
    spend = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    spend_year = models.PositiveSmallIntegerField(null=True, blank=True)
    spend_source = models.CharField(max_length=200, blank=True)
    since = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=12, choices=WhyItRuns)
    reason_words = models.CharField(max_length=300, blank=True)
    money_ends = models.DateField(null=True, blank=True)
    review = models.DateField(null=True, blank=True)
    would_justify = models.CharField(max_length=400, blank=True)
    asked_by = models.CharField(max_length=200, blank=True)
    ended = models.DateField(null=True, blank=True)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "name", "run_by"], condition=Q(ended=None), name="needs_service_once",
                violation_error_message="A service of this name, run by the same organisation, is here already.",
            ),
            models.CheckConstraint(
                condition=Q(spend=None) | (Q(spend__gte=0) & Q(spend_year__isnull=False) & ~Q(spend_source="")),
                name="needs_service_spend_sourced",
                violation_error_message="Give the spend as 0 or more, with its financial year and its source.",
            ),
            models.CheckConstraint(
                condition=~Q(reason="external") | Q(money_ends__isnull=False), name="needs_service_money_ends",
                violation_error_message="Say when the money from outside ends.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Answers(models.TextChoices):
    """How far a service answers a need."""

    WHOLE = "whole", "Served"
    PART = "part", "Partly"
    NONE = "none", "Not"
    UNCLEAR = "unclear", "Not known"


class ServiceNeed(PartnershipRecord):
    """How far one service answers one need, of the version that was read, and how that is known."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    service = models.ForeignKey(Service, models.PROTECT, related_name="answers")
    need = models.ForeignKey(Need, models.PROTECT, related_name="services")
    version = models.ForeignKey(NeedVersion, models.PROTECT, related_name="+")
    answers = models.CharField(max_length=8, choices=Answers)
    how_known = models.CharField(max_length=300, blank=True)
    judged_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    judged_on = models.DateField()
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["service", "need"], name="needs_service_need_once",
                violation_error_message="It is said already how far this service answers this need.",
            ),
            models.CheckConstraint(
                condition=~Q(answers__in=("whole", "part")) | ~Q(how_known=""), name="needs_service_need_known",
                violation_error_message="Say how you know that the service answers the need.",
            ),
        ]
