"""Groups and areas that may be missed, and what each step of the work says it does for them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from simple_history.models import HistoricalRecords

from commonweal.core import clock
from commonweal.core.models import Organisation, PartnershipRecord, Person
from commonweal.core.models.records import PartnershipRecordQuerySet
from commonweal.core.models.versions import AppendOnly, VersionQuerySet
from commonweal.core.permissions import Permission


class NamedGroup(PartnershipRecord):
    """A group or an area that somebody of the partnership named, beside those found by rule."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    title = models.CharField(max_length=200)
    why = models.CharField(max_length=500)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "title"], name="needs_named_group_once",
                violation_error_message="This group is named already.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class MissedVerdict(models.TextChoices):
    """What a step says of a group."""

    ANSWERED = "answered", "We do something about it"
    SET_ASIDE = "set_aside", "We set it aside, for a reason"
    OPEN = "open", "It is open"


class MissedAnswer(AppendOnly, PartnershipRecord):
    """What is done about a group at a step of the cycle, or why nothing is; the latest stands.

    `group` is the group's key: of content, of a perspective, an area or a kind of body, or a NamedGroup's id.
    """

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    group = models.CharField(max_length=80)
    title = models.CharField(max_length=300)
    step = models.CharField(max_length=40)
    onward = models.BooleanField(default=False)
    verdict = models.CharField(max_length=12, choices=MissedVerdict)
    words = models.CharField(max_length=1000)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(words=""), name="needs_missed_answer_words",
                violation_error_message="Say what is done, or why not, in a few words.",
            ),
        ]
        indexes = [models.Index(fields=["partnership", "group", "id"], name="needs_missed_latest")]
