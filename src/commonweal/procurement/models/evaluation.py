"""Who scores, what each scored, what was agreed in moderation, and the decision: frozen with all it stood on."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from commonweal.core import clock
from commonweal.core.models import (
    AppendOnly,
    PartnershipRecord,
    PartnershipRecordQuerySet,
    Person,
    VersionQuerySet,
)
from commonweal.core.permissions import Permission
from commonweal.procurement.models.bid import Bid
from commonweal.procurement.models.commission import Commission
from commonweal.procurement.models.competition import Competition


class Evaluation(PartnershipRecord):
    """How far scoring has come: moderation opens once all have scored, and closes when every score is agreed."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    competition = models.OneToOneField(Competition, models.PROTECT, related_name="evaluation")
    moderating_at = models.DateTimeField(null=True, blank=True)
    moderated_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(closed_at=None) | Q(moderating_at__isnull=False),
                                              name="procurement_moderated_before_close")]


class Evaluator(PartnershipRecord):
    """One who scores. Without a declaration, or with a conflict, nobody does; one who left says why."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="evaluators")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    declared_at = models.DateTimeField(null=True, blank=True)
    conflict = models.BooleanField(null=True, blank=True)
    words = models.CharField(max_length=500, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    left_why = models.CharField(max_length=300, blank=True)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["created", "id"]
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "person"], name="procurement_evaluator_once"),
            models.CheckConstraint(condition=Q(declared_at=None) | Q(conflict__isnull=False),
                                   name="procurement_declared_says"),
        ]

    @property
    def scores_count(self) -> bool:
        """Whether what they score counts."""
        return self.declared_at is not None and not self.conflict and self.left_at is None


class Score(PartnershipRecord):
    """What one evaluator gave one answer, and why; kept beside what was agreed."""

    view_permission: ClassVar[Permission] = Permission.RECORD_EVIDENCE

    evaluator = models.ForeignKey(Evaluator, models.PROTECT, related_name="scores")
    bid = models.ForeignKey(Bid, models.PROTECT, related_name="scores")
    question = models.SlugField(max_length=20)
    score = models.PositiveSmallIntegerField()
    reason = models.TextField(max_length=1500)
    at = models.DateTimeField(default=clock.now)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["evaluator", "bid", "question"], name="procurement_score_once"),
            models.CheckConstraint(condition=Q(score__lte=5), name="procurement_score_0_to_5",
                                   violation_error_message="A score is from 0 to 5."),
        ]


class Moderated(PartnershipRecord):
    """The score that was agreed for one answer, and the reason the bidder will read."""

    view_permission: ClassVar[Permission] = Permission.RECORD_EVIDENCE

    bid = models.ForeignKey(Bid, models.PROTECT, related_name="moderated")
    question = models.SlugField(max_length=20)
    score = models.PositiveSmallIntegerField()
    reason = models.TextField(max_length=3000)
    alike = models.BooleanField(default=False)   # all had given the same
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bid", "question"], name="procurement_moderated_once"),
            models.CheckConstraint(condition=Q(score__lte=5), name="procurement_moderated_0_to_5",
                                   violation_error_message="A score is from 0 to 5."),
        ]


class LowPrice(PartnershipRecord):
    """A price far below the others': what the bidder said when asked, and whether it was accepted and why."""

    view_permission: ClassVar[Permission] = Permission.RECORD_EVIDENCE

    bid = models.OneToOneField(Bid, models.PROTECT, related_name="low_price")
    said = models.TextField(max_length=2000)
    accepted = models.BooleanField()
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()


class Decision(AppendOnly, PartnershipRecord):
    """Who was chosen for a commission, on whose word, and all it stood on as it then was; never changed.

    `chosen` lists name, members, share of the work and price; `order` every bid with its scores and place; `rules`
    what had been laid down before. `how` is competition or direct.
    """

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    commission = models.OneToOneField(Commission, models.PROTECT, related_name="decision")
    competition = models.OneToOneField(
        Competition, models.PROTECT, null=True, blank=True, related_name="decision")
    how = models.SlugField(max_length=12)
    chosen = models.JSONField(default=list, blank=True)
    order = models.JSONField(default=list, blank=True)
    rules = models.JSONField(default=dict, blank=True)
    reasons = models.TextField(max_length=3000)
    authority = models.CharField(max_length=200)
    decided_on = models.DateField()
    told_on = models.DateField(null=True, blank=True)
    standstill_last = models.DateField(null=True, blank=True)
    standstill_words = models.CharField(max_length=300)
    recommended_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    objects: ClassVar[Any] = VersionQuerySet.as_manager()
