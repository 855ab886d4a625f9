"""What must be answered before an option is chosen, the business case in people's words, and the choice itself."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from commonweal.core import clock
from commonweal.core.models import (
    AppendOnly,
    Organisation,
    PartnershipRecord,
    PartnershipRecordQuerySet,
    Person,
    Version,
    Versioned,
    VersionQuerySet,
)
from commonweal.core.permissions import Permission
from commonweal.options.models.appraisal import Appraisal, Option


class GateAnswer(PartnershipRecord):
    """One gate answered: its fields by key, or why it does not apply."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    appraisal = models.ForeignKey(Appraisal, models.CASCADE, related_name="gates")
    gate = models.SlugField(max_length=20)
    fields = models.JSONField(default=dict, blank=True)
    not_applying = models.CharField(max_length=500, blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(default=clock.now)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["appraisal", "gate"], name="options_gate_once")]


class CaseNotes(PartnershipRecord):
    """What a business case needs that no sum gives: what is recommended and why, money, how it is done."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    appraisal = models.OneToOneField(Appraisal, models.CASCADE, related_name="notes")
    recommended = models.ForeignKey(Option, models.SET_NULL, null=True, blank=True, related_name="+")
    because = models.TextField(max_length=2000, blank=True)
    affordable = models.TextField(max_length=2000, blank=True)
    bought = models.TextField(max_length=2000, blank=True)
    managed = models.TextField(max_length=2000, blank=True)
    exempt = models.TextField(max_length=4000, blank=True)
    exempt_why = models.CharField(max_length=300, blank=True)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [models.CheckConstraint(
            condition=Q(exempt="") | ~Q(exempt_why=""), name="options_notes_exempt_why",
            violation_error_message="Say by which rule the appendix is exempt.",
        )]


class Choice(Versioned):
    """The identity of a decision between options; one an appraisal."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    appraisal = models.OneToOneField(Appraisal, models.PROTECT, related_name="choice")
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()


class ChoiceVersion(Version):
    """Which option was chosen, where, when and why; `frozen` is what it stood on, `digest` proves it unaltered."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    identity = models.ForeignKey(Choice, models.PROTECT, related_name="versions")
    option = models.ForeignKey(Option, models.PROTECT, related_name="chosen")
    body = models.CharField(max_length=200)
    reasons = models.TextField(max_length=4000)
    conditions = models.TextField(max_length=2000, blank=True)
    decided_on = models.DateField()
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)
    frozen = models.TextField()
    digest = models.CharField(max_length=64)
    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta(Version.Meta):
        pass


class ChoiceTaker(AppendOnly, PartnershipRecord):
    """One of those who decided, and for whom."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    version = models.ForeignKey(ChoiceVersion, models.PROTECT, related_name="takers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "person"], name="options_choice_taker_once")]
