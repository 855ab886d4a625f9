"""How a service is meant to lead to an outcome: steps and links, what each link rests on, and who reviewed it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from simple_history.models import HistoricalRecords

from commonweal.core import clock
from commonweal.core.models import (
    AppendOnly,
    Organisation,
    PartnershipRecord,
    PartnershipRecordQuerySet,
    Person,
    VersionQuerySet,
)
from commonweal.core.permissions import Permission
from commonweal.priorities.models.outcome import Outcome


class StepKind(models.TextChoices):
    """What a step is."""

    ACTIVITY = "activity", "What is done"
    OUTPUT = "output", "What comes of it at once"
    OUTCOME = "outcome", "What is different"


class TheoryStep(PartnershipRecord):
    """One step of the theory of change; a step that is an outcome may be one of those written."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    kind = models.CharField(max_length=10, choices=StepKind)
    title = models.CharField(max_length=80)
    outcome = models.ForeignKey(Outcome, models.PROTECT, null=True, blank=True, related_name="+")
    removed = models.BooleanField(default=False)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    def __str__(self) -> str:
        return self.title


class TheoryLink(PartnershipRecord):
    """That one step leads to another, and why it should."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    before = models.ForeignKey(TheoryStep, models.PROTECT, related_name="leads")
    after = models.ForeignKey(TheoryStep, models.PROTECT, related_name="led")
    why = models.CharField(max_length=300)
    removed = models.BooleanField(default=False)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [models.UniqueConstraint(
            fields=["before", "after"], condition=models.Q(removed=False), name="priorities_theory_link_once",
            violation_error_message="These two steps are linked already.",
        )]


class LinkEvidenceKind(models.TextChoices):
    """What sort of evidence it is."""

    RESEARCH = "research", "Research"
    CASE = "case", "A case"
    OWN = "own", "Our own results"
    RIVAL = "rival", "Another explanation"


class LinkEvidence(AppendOnly, PartnershipRecord):
    """One piece of evidence for or against a link; its step follows from `design`."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    link = models.ForeignKey(TheoryLink, models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=10, choices=LinkEvidenceKind)
    speaks_for = models.BooleanField()
    design = models.SlugField(max_length=40)
    says = models.CharField(max_length=500)
    source = models.CharField(max_length=300)
    address = models.URLField(max_length=300, blank=True)
    year = models.PositiveSmallIntegerField()
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=clock.now)
    objects: ClassVar[Any] = VersionQuerySet.as_manager()


class LinkReview(AppendOnly, PartnershipRecord):
    """That a university was asked to look at a link."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    link = models.ForeignKey(TheoryLink, models.PROTECT, related_name="reviews")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    question = models.CharField(max_length=500)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    objects: ClassVar[Any] = VersionQuerySet.as_manager()


class ReviewVerdict(models.TextChoices):
    """What a reviewer says of a link."""

    HOLDS = "holds", "The link holds"
    PARTLY = "partly", "It holds in part"
    NOT = "not", "It does not hold"


class LinkReviewAnswer(AppendOnly, PartnershipRecord):
    """The answer to a review, as it was given."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    review = models.OneToOneField(LinkReview, models.PROTECT, related_name="answer")
    verdict = models.CharField(max_length=8, choices=ReviewVerdict)
    words = models.TextField(max_length=2000)
    answered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(default=clock.now)
    objects: ClassVar[Any] = VersionQuerySet.as_manager()
