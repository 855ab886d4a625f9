"""The answers of returns: as they stand, and every save that led to them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from commonweal.core import clock
from commonweal.core.models import (
    AppendOnly,
    PartnershipRecord,
    PartnershipRecordQuerySet,
    Person,
    VersionQuerySet,
)
from commonweal.core.permissions import Permission
from commonweal.measures.models.returns import Return


class Channel(models.TextChoices):
    """How an answer came."""

    LINK = "link", "By link"
    SPOKEN = "spoken", "Said, and entered for them"
    WORKBOOK = "workbook", "By workbook"
    COLLECTED = "collected", "Collected with ODK or Kobo"
    PROGRAM = "program", "Sent by a program"


class ReturnAnswer(PartnershipRecord):
    """An answer as it stands, or why there is none; `number` counts its saves."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    of = models.ForeignKey(Return, models.PROTECT, related_name="answers")
    question = models.SlugField(max_length=40)
    value = models.JSONField(null=True, blank=True)   # a whole number, pounds as text, words, or parts by key
    cannot = models.SlugField(max_length=20, blank=True)
    number = models.PositiveIntegerField()
    device = models.CharField(max_length=32, blank=True)
    at = models.DateTimeField(default=clock.now)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of", "question"], name="measures_answer_once"),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(cannot=""), name="measures_answer_or_reason",
            ),
        ]


class AnswerSave(AppendOnly, PartnershipRecord):
    """One save. `key` makes sending it twice the same as once; `seen` is the save its writer had before them.

    `over` says that it took the place of one they had not seen; `late` that the return had been sent before.
    """

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    of = models.ForeignKey(Return, models.PROTECT, related_name="saves")
    question = models.SlugField(max_length=40)
    number = models.PositiveIntegerField()
    value = models.JSONField(null=True, blank=True)
    cannot = models.SlugField(max_length=20, blank=True)
    key = models.UUIDField()
    seen = models.PositiveIntegerField(default=0)
    over = models.BooleanField(default=False)
    late = models.BooleanField(default=False)
    device = models.CharField(max_length=32, blank=True)
    channel = models.CharField(max_length=10, choices=Channel, default=Channel.LINK)
    by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of", "question", "number"], name="measures_save_number"),
            models.UniqueConstraint(fields=["of", "key"], name="measures_save_key"),
        ]
