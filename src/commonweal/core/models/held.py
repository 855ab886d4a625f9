"""Data that an organisation holds: described first, so that partners can ask for it without seeing a row."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from simple_history.models import HistoricalRecords

from commonweal.core.models.organisations import Organisation
from commonweal.core.models.placing import Placed, PlacedQuerySet
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer


class HeldDataset(Placed):
    """A set of data of one organisation, in the lake under `dataset` or only described (`dataset` empty).

    `police`: held for law enforcement (Part 3 of the Data Protection Act 2018); `health`: under the health
    service's duty of confidence. `fields` is a list of {name, words, personal, special}. Personal data is never
    placed before the whole partnership: it is shared under an agreement, and then only as that agreement says.
    """

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    description = models.TextField(blank=True)
    dataset = models.CharField(max_length=120, blank=True)
    fields = models.JSONField(default=list, blank=True)
    rows = models.PositiveIntegerField(null=True, blank=True)
    personal = models.BooleanField(default=False)
    special = models.BooleanField(default=False)
    police = models.BooleanField(default=False)
    health = models.BooleanField(default=False)
    children = models.BooleanField(default=False)
    as_at = models.DateField(null=True, blank=True)
    retired = models.DateField(null=True, blank=True)
    objects: ClassVar[Any] = PlacedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(placed=None) | Q(personal=False, special=False), name="core_held_not_personal",
                violation_error_message=(
                    "This holds personal data, so it cannot be placed before the whole partnership. "
                    "Share it under an agreement instead."
                ),
            ),
            models.UniqueConstraint(
                fields=["partnership", "organisation", "title"], condition=Q(retired=None), name="core_held_once",
                violation_error_message="Your organisation already has data with this title.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def open_to(cls, viewer: Viewer, purpose: Purpose) -> Q:
        """Placed, one's own, and what an agreement in force opens to one's organisation for that purpose."""
        from commonweal.core.models.sharing import open_doors  # an agreement names data sets: it comes after them

        opened = open_doors(viewer, purpose).filter(held=OuterRef("pk"))
        return super().open_to(viewer, purpose) | Q(Exists(opened))
