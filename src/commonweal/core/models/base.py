"""The shapes that every record shares: a time-ordered id, and dates it holds between."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from commonweal.core import clock
from commonweal.core.ids import uuid7
from commonweal.core.span import Span


class Identified(models.Model):
    """A record with a UUID that it keeps for good."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    created = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        abstract = True


class DatedQuerySet(models.QuerySet[Any]):
    """Rows that hold between two dates."""

    def on(self, day: date) -> Self:
        """Those that hold on a day."""
        return self.filter(Q(end=None) | Q(end__gt=day), start__lte=day)


def ends_after_start(name: str) -> models.CheckConstraint:
    """The constraint that a span is not empty or backwards."""
    return models.CheckConstraint(
        condition=Q(end=None) | Q(end__gt=F("start")), name=name,
        violation_error_message="The end must be after the start.",
    )


class Dated(Identified):
    """A record that holds from `start` up to, not including, `end`; ask `objects.on(day)` of a DatedQuerySet."""

    start = models.DateField(default=clock.today)
    end = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [ends_after_start("%(app_label)s_%(class)s_span")]

    @property
    def span(self) -> Span:
        """The days it holds."""
        return Span(self.start, self.end)
