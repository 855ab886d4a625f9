"""A trust's own workbook before it bids for work elsewhere: seen by its own people alone."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from commonweal.core.models import Organisation, PartnershipRecord, PartnershipRecordQuerySet
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer


class BidQuerySet(PartnershipRecordQuerySet):
    """Bids of the organisation one acts for; a partner never sees another's."""

    def visible_to(self, viewer: Viewer, purpose: Purpose) -> Any:
        """Those of the organisations for which the viewer brings evidence, where they act for that one."""
        seen = super().visible_to(viewer, purpose)
        if viewer.system:
            return seen
        mine = Q(pk__in=())
        for partnership in viewer.partnerships(Permission.VIEW_PARTNERSHIP):
            organisation = viewer.organisation_in(partnership)
            if organisation is not None and viewer.may(Permission.BRING_EVIDENCE, partnership):
                mine |= Q(partnership=partnership, organisation=organisation)
        return seen.filter(mine)


class Bid(PartnershipRecord):
    """A contract elsewhere as the trust would plan it. Pounds a year; weights and scores out of 100."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    buyer = models.CharField(max_length=120)
    years = models.PositiveSmallIntegerField()
    income = models.DecimalField(max_digits=13, decimal_places=2)
    staff = models.DecimalField(max_digits=13, decimal_places=2)
    other = models.DecimalField(max_digits=13, decimal_places=2)
    price = models.DecimalField(max_digits=13, decimal_places=2)
    quality_weight = models.PositiveSmallIntegerField(default=60)
    quality = models.PositiveSmallIntegerField(null=True, blank=True)
    rival_quality = models.PositiveSmallIntegerField(null=True, blank=True)
    rival_price = models.DecimalField(max_digits=13, decimal_places=2, null=True, blank=True)
    reserves = models.DecimalField(max_digits=13, decimal_places=2)
    least = models.DecimalField(max_digits=13, decimal_places=2, default=0)
    home = models.DecimalField(max_digits=13, decimal_places=2, default=0)
    route = models.SlugField(max_length=10, default="alone")
    seed = models.PositiveIntegerField(default=1)
    objects: ClassVar[Any] = BidQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "organisation", "title"], name="options_bid_once",
                violation_error_message="You have a workbook of this name already.",
            ),
            models.CheckConstraint(
                condition=Q(years__gte=1, years__lte=40), name="options_bid_years",
                violation_error_message="Give from 1 to 40 years.",
            ),
            models.CheckConstraint(
                condition=Q(income__gte=0, staff__gte=0, other__gte=0, reserves__gte=0, least__gte=0),
                name="options_bid_pounds",
                violation_error_message="Income, costs and reserves are 0 or more. Below 0, do not bid.",
            ),
            models.CheckConstraint(
                condition=Q(quality_weight__lte=100) & (Q(quality=None) | Q(quality__lte=100))
                & (Q(rival_quality=None) | Q(rival_quality__lte=100)), name="options_bid_scores",
                violation_error_message="Weights and scores are from 0 to 100.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class BidAnswer(PartnershipRecord):
    """One answer of the checklist, and why."""

    bid = models.ForeignKey(Bid, models.CASCADE, related_name="answers")
    question = models.SlugField(max_length=20)
    answer = models.SlugField(max_length=10)
    note = models.CharField(max_length=300, blank=True)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bid", "question"], name="options_bid_answer_once")]
