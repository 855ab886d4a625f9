"""Comparators: what bodies of different sizes spend, as a person brought them, to ask whether size matters."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from commonweal.core.models import PartnershipRecord, PartnershipRecordQuerySet
from commonweal.core.permissions import Permission


class ComparatorSet(PartnershipRecord):
    """Bodies that do the same, in one year's prices: what size counts, and where the figures are from."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    title = models.CharField(max_length=120)
    counts = models.CharField(max_length=40)
    price_year = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=300)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "title"], name="options_comparators_once",
                violation_error_message="There is a set of this name already.",
            ),
            models.CheckConstraint(
                condition=~Q(source=""), name="options_comparators_sourced",
                violation_error_message="Say where the figures are from.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Comparator(PartnershipRecord):
    """One body: its size, and what it spends a year."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    within = models.ForeignKey(ComparatorSet, models.CASCADE, related_name="bodies")
    name = models.CharField(max_length=120)
    size = models.DecimalField(max_digits=12, decimal_places=2)
    cost = models.DecimalField(max_digits=14, decimal_places=2)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["within", "name"], name="options_comparator_once"),
            models.CheckConstraint(condition=Q(size__gt=0, cost__gt=0), name="options_comparator_above_0"),
        ]

    def __str__(self) -> str:
        return self.name
