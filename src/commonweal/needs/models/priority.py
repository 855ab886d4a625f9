"""What drives a partner, in its own words: up to ten priorities, each from a dated document, versions kept."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from commonweal.core import clock
from commonweal.core.models import Organisation, Person, Version, Versioned, VersionQuerySet


class PriorityState(models.TextChoices):
    """Whether it still stands."""

    STANDS = "stands", "Stands"
    WITHDRAWN = "withdrawn", "Withdrawn"


class PartnerPriority(Versioned):
    """The identity of one priority of one organisation; what it says is in its versions."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=PriorityState, default=PriorityState.STANDS)
    history = HistoricalRecords()


class PartnerPriorityVersion(Version):
    """What a priority says, why, on which theme, and in which document of which day it is written."""

    identity = models.ForeignKey(PartnerPriority, models.PROTECT, related_name="versions")
    title = models.CharField(max_length=120)
    why = models.CharField(max_length=400)
    theme = models.SlugField(max_length=60)
    source = models.CharField(max_length=200)
    source_date = models.DateField()
    address = models.URLField(max_length=300, blank=True)
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)
    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta(Version.Meta):
        constraints = [
            *Version.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(source=""), name="needs_priority_sourced",
                violation_error_message="Say in which document it is written.",
            ),
        ]

    def __str__(self) -> str:
        return self.title
