"""When a partnership called a step of the cycle done, and what was still open when it did."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from commonweal.core import clock
from commonweal.core.models.people import Person
from commonweal.core.models.records import PartnershipRecord
from commonweal.core.models.versions import AppendOnly, VersionQuerySet


class StepClosing(AppendOnly, PartnershipRecord):
    """A step closed, or opened again; `left` names what was open, and then `reason` says why it was closed so."""

    step = models.CharField(max_length=40)
    closed = models.BooleanField()
    left = models.JSONField(default=list, blank=True)
    reason = models.CharField(max_length=1000, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(left=[]) | ~models.Q(reason="") | models.Q(closed=False),
                name="core_step_closing_reason",
                violation_error_message="Say why it is closed although something is open.",
            ),
        ]
        indexes = [models.Index(fields=["partnership", "step", "id"], name="core_step_closing_latest")]
