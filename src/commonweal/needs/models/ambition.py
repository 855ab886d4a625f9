"""What somebody wants for the place, in plain words, and what each thing found says of it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from commonweal.core import clock
from commonweal.core.models import (
    Organisation,
    PartnershipRecord,
    PartnershipRecordQuerySet,
    Person,
    Version,
    Versioned,
    VersionQuerySet,
)
from commonweal.core.permissions import Permission
from commonweal.needs.models.evidence import EvidenceItem
from commonweal.needs.models.need import Need


class AmbitionState(models.TextChoices):
    """Whether it still stands."""

    OPEN = "open", "Open"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Ambition(Versioned):
    """The identity of an aim; what it says is in its versions, of which the newest stands."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=AmbitionState, default=AmbitionState.OPEN)
    history = HistoricalRecords()


class AmbitionVersion(Version):
    """What an aim says: what, for whom, where, on which theme, and whose it is (`said_by`)."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    identity = models.ForeignKey(Ambition, models.PROTECT, related_name="versions")
    aim = models.CharField(max_length=120)
    who = models.CharField(max_length=120)
    place_code = models.CharField(max_length=20, blank=True)
    place_name = models.CharField(max_length=300)
    theme = models.SlugField(max_length=60)
    said_by = models.CharField(max_length=200)
    reason = models.CharField(max_length=500, blank=True)
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)
    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta(Version.Meta):
        pass

    def __str__(self) -> str:
        return self.aim


class Bearing(models.TextChoices):
    """What a person, having read it, says that it says of the aim."""

    FOR = "for", "Speaks for it"
    AGAINST = "against", "Speaks against it"
    MIXED = "mixed", "Speaks both ways"
    SILENT = "silent", "Says nothing of it"


class AmbitionReading(PartnershipRecord):
    """One piece of evidence, or one stated need, read for one aim: what it says of it, and why."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    ambition = models.ForeignKey(Ambition, models.PROTECT, related_name="readings")
    item = models.ForeignKey(EvidenceItem, models.PROTECT, null=True, blank=True, related_name="+")
    need = models.ForeignKey(Need, models.PROTECT, null=True, blank=True, related_name="+")
    bearing = models.CharField(max_length=12, choices=Bearing)
    reason = models.CharField(max_length=500)
    read_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    read_at = models.DateTimeField(default=clock.now)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ambition", "item"], name="needs_ambition_item_once"),
            models.UniqueConstraint(fields=["ambition", "need"], name="needs_ambition_need_once"),
            models.CheckConstraint(
                condition=Q(item=None, need__isnull=False) | Q(item__isnull=False, need=None),
                name="needs_ambition_one_thing",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""), name="needs_ambition_reason",
                violation_error_message="Say why, in a few words.",
            ),
        ]
