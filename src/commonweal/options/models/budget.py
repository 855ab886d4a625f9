"""A budget to be spent on some of several options, and a public vote with its rule locked beforehand."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from commonweal.core.models import PartnershipRecord, PartnershipRecordQuerySet
from commonweal.core.permissions import Permission


class Allocation(PartnershipRecord):
    """A budget and the table of what may be funded: `table` holds groups, their need and floor, and each option.

    `about` says what a point of benefit is and where the points are from.
    """

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    title = models.CharField(max_length=120)
    budget = models.DecimalField(max_digits=14, decimal_places=2)
    about = models.CharField(max_length=300)
    table = models.JSONField(default=dict)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "title"], name="options_allocation_once",
                violation_error_message="There is a budget of this name already.",
            ),
            models.CheckConstraint(
                condition=Q(budget__gte=0), name="options_allocation_budget",
                violation_error_message="A budget is 0 or more.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Completion(models.TextChoices):
    """What is done with money that equal shares leaves over; part of the rule, so chosen before anybody votes."""

    ADD1U = "add1u", "Raise every share until the next rise would overspend, then fill by votes"
    ADD1 = "add1", "Raise every share until the next rise would overspend; keep the rest"


class PublicVote(PartnershipRecord):
    """A sum on which the public votes. Once the rule is published it, the sum and the projects are fixed."""

    title = models.CharField(max_length=120)
    budget = models.DecimalField(max_digits=14, decimal_places=2)
    completion = models.CharField(max_length=8, choices=Completion, default=Completion.ADD1U)
    step = models.DecimalField(max_digits=8, decimal_places=2, default=1)
    published_at = models.DateTimeField(null=True, blank=True)
    rule_hash = models.CharField(max_length=64, blank=True)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "title"], name="options_vote_once",
                violation_error_message="There is a vote of this name already.",
            ),
            models.CheckConstraint(
                condition=Q(budget__gt=0, step__gt=0), name="options_vote_above_0",
                violation_error_message="The sum and the step are above 0.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class VoteProject(PartnershipRecord):
    """A project that may be voted for."""

    vote = models.ForeignKey(PublicVote, models.CASCADE, related_name="projects")
    code = models.CharField(max_length=20)
    title = models.CharField(max_length=160)
    cost = models.DecimalField(max_digits=12, decimal_places=2)
    place = models.PositiveSmallIntegerField()
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["vote", "code"], name="options_project_once"),
            models.CheckConstraint(condition=Q(cost__gt=0), name="options_project_cost"),
        ]

    def __str__(self) -> str:
        return self.title


class BallotBox(PartnershipRecord):
    """The ballots of a vote as counted kinds of ballot, never who cast which; and what came of them."""

    vote = models.OneToOneField(PublicVote, models.PROTECT, related_name="box")
    voters = models.PositiveIntegerField()
    papers = models.JSONField(default=list)
    outcome = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
