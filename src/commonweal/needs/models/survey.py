"""Surveys that partners bring as files: whose, when, how chosen, how asked; the answers are in the lake."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from commonweal.core.models import Organisation, Person, Upload
from commonweal.core.models.placing import Placed, PlacedQuerySet
from commonweal.core.permissions import Permission
from commonweal.needs.models.evidence import AskedBy, Chosen, Covers, EvidenceItem, Perspective


class SurveyState(models.TextChoices):
    """How far its file has come."""

    READING = "reading", "Being read"
    ASKED = "asked", "Waiting for you to say what the columns are"
    READ = "read", "Read and weighted"
    REFUSED = "refused", "Could not be read"
    REMOVED = "removed", "Answers deleted"


class Survey(Placed):
    """One survey of one organisation; only its people see it, and partners see the evidence made of it.

    `columns` is what each column of the file seems to be, `mapping` what a person said it is, `questions` the
    questions kept, `left` what stayed at the door; all of them words and counts, never an answer of anybody.
    """

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    perspective = models.CharField(max_length=20, choices=Perspective)
    gathered_from = models.DateField(null=True, blank=True)
    gathered_to = models.DateField(null=True, blank=True)
    chosen = models.CharField(max_length=20, choices=Chosen, default=Chosen.UNKNOWN)
    asked_by = models.CharField(max_length=20, choices=AskedBy, default=AskedBy.UNKNOWN)
    covers = models.CharField(max_length=20, choices=Covers, default=Covers.UNKNOWN)
    asked = models.PositiveIntegerField(null=True, blank=True)
    answered = models.PositiveIntegerField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=SurveyState, default=SurveyState.READING)
    said = models.CharField(max_length=500, blank=True)
    fingerprint = models.CharField(max_length=32, blank=True)
    columns = models.JSONField(default=list, blank=True)
    mapping = models.JSONField(default=dict, blank=True)
    questions = models.JSONField(default=list, blank=True)
    left = models.JSONField(default=dict, blank=True)
    upload = models.ForeignKey(Upload, models.PROTECT, null=True, blank=True, related_name="+")
    evidence = models.ForeignKey(EvidenceItem, models.PROTECT, null=True, blank=True, related_name="+")
    brought_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    objects: ClassVar[Any] = PlacedQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["columns", "mapping", "questions", "left"])

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(gathered_to=None) | Q(gathered_from=None) | Q(gathered_to__gte=F("gathered_from")),
                name="needs_survey_dates", violation_error_message="It cannot end before it began.",
            ),
            models.CheckConstraint(
                condition=Q(answered=None) | Q(asked=None) | Q(asked__gte=F("answered")),
                name="needs_survey_answered",
                violation_error_message="More people answered than were asked. Check how many were asked.",
            ),
        ]
        indexes = [models.Index(fields=["partnership", "organisation", "created"], name="needs_survey_of_whom")]

    def __str__(self) -> str:
        return self.title
