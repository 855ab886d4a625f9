"""What holds each partner back, by its own account: sheets nobody else sees, and a plan with owners and dates."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from commonweal.core import clock
from commonweal.core.models import Organisation, PartnershipRecord, PartnershipRecordQuerySet, Person
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer


class CapacityQuerySet(PartnershipRecordQuerySet):
    """Rounds: an organisation sees its own, and those that others have shown to the partnership."""

    def visible_to(self, viewer: Viewer, purpose: Purpose) -> CapacityQuerySet:
        """Of the viewer's partnerships, their own organisation's or those shown."""
        rows = super().visible_to(viewer, purpose)
        if viewer.system:
            return rows
        own = Q()
        for grant in viewer.grants:
            own |= Q(partnership=grant.partnership, organisation=grant.organisation)
        return rows.filter(own | Q(shown_at__isnull=False))


class CapacityRound(PartnershipRecord):
    """One organisation's self-assessment, once; `shown` is what it chose to show, as it stood."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    began = models.DateField(default=clock.today)
    shown = models.JSONField(null=True, blank=True)
    shown_at = models.DateTimeField(null=True, blank=True)
    objects: ClassVar[Any] = CapacityQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["shown"])

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "organisation", "number"], name="needs_capacity_round_once",
                violation_error_message="This round has already begun.",
            ),
            models.CheckConstraint(
                condition=Q(shown__isnull=True, shown_at__isnull=True)
                | Q(shown__isnull=False, shown_at__isnull=False),
                name="needs_capacity_shown_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"round {self.number}"


class CapacitySheet(PartnershipRecord):
    """One set of answers: a person's own, or (`person` empty) the one the organisation agreed together."""

    round = models.ForeignKey(CapacityRound, models.PROTECT, related_name="sheets")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "person"], name="needs_capacity_sheet_person"),
            models.UniqueConstraint(
                fields=["round"], condition=Q(person=None), name="needs_capacity_sheet_agreed"
            ),
        ]


class CapacityAnswer(PartnershipRecord):
    """The answer to one question; no level: could not say. No history: opinions may change."""

    sheet = models.ForeignKey(CapacitySheet, models.CASCADE, related_name="answers")
    question = models.SlugField(max_length=60)
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "question"], name="needs_capacity_answer_once"),
            models.CheckConstraint(
                condition=Q(level=None) | Q(level__lte=3), name="needs_capacity_answer_level"
            ),
        ]


class PlanStep(PartnershipRecord):
    """One step of an organisation's plan: what, who answers for it, by when, and when it was done."""

    round = models.ForeignKey(CapacityRound, models.PROTECT, related_name="plan")
    step = models.SlugField(max_length=60)
    owner = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    due = models.DateField()
    done = models.DateField(null=True, blank=True)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "step"], name="needs_plan_step_once",
                violation_error_message="This step is already in the plan.",
            ),
        ]

    def __str__(self) -> str:
        return self.step
