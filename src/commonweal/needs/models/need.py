"""A need, stated once in plain words; what each perspective says of it; who signs it for whom."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from simple_history.models import HistoricalRecords

from commonweal.core import clock
from commonweal.core.models import (
    AppendOnly,
    Organisation,
    PartnershipRecord,
    PartnershipRecordQuerySet,
    Person,
    Version,
    Versioned,
    VersionQuerySet,
)
from commonweal.core.permissions import Permission
from commonweal.needs.models.evidence import EvidenceItem, Perspective


class Side(models.TextChoices):
    """Which of the two sides of need it is on."""

    FOR_CULTURE = "for_culture", "Need for culture and sport"
    HELPED_BY_CULTURE = "helped_by_culture", "Wider need that culture and sport can help meet"


class NeedState(models.TextChoices):
    """How far the partners have come with it; `agreed` follows from the signatures and is never set by hand."""

    DRAFT = "draft", "Draft"
    PROPOSED = "proposed", "Waiting for signatures"
    AGREED = "agreed", "Agreed"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Need(Versioned):
    """The identity of a need; what it says is in its versions, of which the newest stands."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    title = models.CharField(max_length=200)
    side = models.CharField(max_length=20, choices=Side)
    theme = models.SlugField(max_length=60)
    state = models.CharField(max_length=12, choices=NeedState, default=NeedState.DRAFT)
    history = HistoricalRecords()

    class Meta:
        indexes = [models.Index(fields=["partnership", "state", "created"], name="needs_need_by_state")]

    def __str__(self) -> str:
        return self.title


class NeedVersion(Version):
    """What a need says: who, where, what, and how we know; `digest` proves the evidence as it `stood`."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    identity = models.ForeignKey(Need, models.PROTECT, related_name="versions")
    who = models.CharField(max_length=300)
    where = models.CharField(max_length=300)
    place_code = models.CharField(max_length=2000, blank=True)
    what = models.TextField()
    how_we_know = models.TextField()
    reason = models.CharField(max_length=500, blank=True)
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)
    digest = models.CharField(max_length=64, blank=True)
    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta(Version.Meta):
        pass

    def __str__(self) -> str:
        return f"version {self.number}"


class FrozenEvidence(AppendOnly, PartnershipRecord):
    """The evidence as it stood when a version was put to those who sign, apart from what every page reads.

    `whole` is the copy itself (many megabytes where ten thousand pieces are held), `short` what lists show of it.
    """

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    version = models.OneToOneField(NeedVersion, models.PROTECT, related_name="stood")
    whole = models.TextField()
    short = models.TextField()
    objects: ClassVar[Any] = VersionQuerySet.as_manager()


class Verdict(models.TextChoices):
    """What one piece of evidence says of a need."""

    SUPPORTS = "supports", "Supports it"
    MIXED = "mixed", "Mixed"
    AGAINST = "against", "Speaks against it"
    SILENT = "silent", "Asked, and silent"


class NeedEvidence(PartnershipRecord):
    """One piece of evidence held against one need, with what it says of it and why.

    `perspective` repeats the item's, so that a hundred thousand pieces are counted from one index.
    """

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    need = models.ForeignKey(Need, models.PROTECT, related_name="evidence")
    item = models.ForeignKey(EvidenceItem, models.PROTECT, related_name="needs")
    verdict = models.CharField(max_length=12, choices=Verdict)
    perspective = models.CharField(max_length=20, choices=Perspective, blank=True, editable=False)
    note = models.CharField(max_length=1000, blank=True)
    judged_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["perspective"])

    class Meta:
        indexes = [
            models.Index(fields=["need", "perspective", "verdict"], name="needs_held_counted"),
            models.Index(fields=["need", "perspective", "id", "item"], name="needs_held_paged"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["need", "item"], name="needs_need_evidence_once",
                violation_error_message="This evidence is already held against this need.",
            ),
        ]

    def save(self, *args: Any, **options: Any) -> None:
        """With the perspective that its item has now."""
        self.perspective = self.item.perspective
        super().save(*args, **options)


class SignOff(AppendOnly, PartnershipRecord):
    """One organisation's signature under one version of a need."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    version = models.ForeignKey(NeedVersion, models.PROTECT, related_name="signatures")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(default=clock.now)
    comment = models.CharField(max_length=1000, blank=True)
    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "organisation"], name="needs_signature_once",
                violation_error_message="Your organisation has already signed this version.",
            ),
        ]
