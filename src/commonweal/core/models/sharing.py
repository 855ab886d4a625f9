"""Agreements to share: from whom to whom, which data, for what, on what basis; and what they open."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from commonweal.core import clock
from commonweal.core.models.base import Dated, ends_after_start
from commonweal.core.models.held import HeldDataset
from commonweal.core.models.organisations import Organisation
from commonweal.core.models.people import Person
from commonweal.core.models.records import PartnershipRecord, PartnershipRecordQuerySet
from commonweal.core.models.versions import AppendOnly, Version, Versioned, VersionQuerySet
from commonweal.core.permissions import ROLES
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer


class PartyRole(models.TextChoices):
    """What a party is, in the words of data protection law."""

    CONTROLLER = "controller", "Controller: decides why and how"
    JOINT = "joint", "Joint controller: decides together with the other"
    PROCESSOR = "processor", "Processor: acts only as it is told"


class Survives(models.TextChoices):
    """What may go on being shown of it once the agreement ends."""

    NOTHING = "nothing", "Nothing but that it was shared"
    COUNTS = "counts", "Counts and figures already in a decision"


class SharingAgreement(Versioned):
    """The identity of an agreement between two organisations of a partnership."""

    giver = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    taker = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(giver=F("taker")), name="core_sharing_two_parties",
                violation_error_message="An organisation needs no agreement with itself.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def parties(self) -> tuple[Any, Any]:
        """The two organisations, by their ids."""
        return (self.giver_id, self.taker_id)


class SharingVersion(Version):
    """What an agreement says; in force once both parties have signed this very version."""

    identity = models.ForeignKey(SharingAgreement, models.PROTECT, related_name="versions")
    purposes = models.JSONField(default=list)
    why = models.CharField(max_length=1000)
    basis = models.CharField(max_length=40, blank=True)
    condition = models.CharField(max_length=40, blank=True)
    giver_role = models.CharField(max_length=12, choices=PartyRole)
    taker_role = models.CharField(max_length=12, choices=PartyRole)
    start = models.DateField()
    end = models.DateField()
    review = models.DateField()
    retention = models.CharField(max_length=300)
    contact = models.CharField(max_length=300)
    survives = models.CharField(max_length=12, choices=Survives, default=Survives.NOTHING)
    linking = models.BooleanField(default=False)
    written_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    written_for = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500, blank=True)

    class Meta(Version.Meta):
        constraints = [
            *Version.Meta.constraints,
            ends_after_start("core_sharing_version_span"),
        ]


def version_in_force(agreement: SharingAgreement) -> SharingVersion | None:
    """The version that counts today: the newest begun that both signed, unless it has run out or was ended."""
    if SharingEnd.objects.filter(identity=agreement).exists():
        return None
    begun = SharingVersion.objects.filter(identity=agreement, start__lte=clock.today()).annotate(
        signed=models.Count("signatures"))
    newest: SharingVersion | None = begun.filter(signed=len(agreement.parties)).order_by("-number").first()
    return newest if newest and newest.end > clock.today() else None


class SharedSet(AppendOnly, PartnershipRecord):
    """A data set that a version shares, and which of its fields."""

    version = models.ForeignKey(SharingVersion, models.PROTECT, related_name="sets")
    held = models.ForeignKey(HeldDataset, models.PROTECT, related_name="+")
    fields = models.JSONField(default=list)
    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "held"], name="core_shared_set_once")]


class SharingSignature(AppendOnly, PartnershipRecord):
    """One party has signed one version."""

    version = models.ForeignKey(SharingVersion, models.PROTECT, related_name="signatures")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "organisation"], name="core_sharing_signed_once",
                violation_error_message="Your organisation has signed this version already.",
            ),
        ]


class SharingEnd(AppendOnly, PartnershipRecord):
    """A party has ended an agreement, at once."""

    identity = models.OneToOneField(SharingAgreement, models.PROTECT, related_name="ended")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    day = models.DateField(default=clock.today)
    reason = models.CharField(max_length=500)
    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="core_sharing_end_reason",
                                   violation_error_message="Say why it is ended."),
        ]


class SharingDoor(PartnershipRecord, Dated):
    """What an agreement in force opens: one data set to one organisation for one purpose, between two days.

    Follows from versions, signatures and ends, and is written in the same transaction; `closed` shuts it at once.
    """

    version = models.ForeignKey(SharingVersion, models.PROTECT, related_name="doors")
    held = models.ForeignKey(HeldDataset, models.PROTECT, related_name="doors")
    taker = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=20, choices=Purpose)
    fields = models.JSONField(default=list)
    closed = models.DateTimeField(null=True, blank=True)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    class Meta:
        constraints = [ends_after_start("core_sharing_door_span")]
        indexes = [models.Index(fields=["held", "taker", "purpose"], name="core_sharing_door_find")]


def open_doors(viewer: Viewer, purpose: Purpose) -> models.QuerySet[SharingDoor]:
    """The doors that stand open to a viewer today, for a purpose: of organisations they take part for, there."""
    theirs = Q(pk__in=[])
    needed = HeldDataset.view_permission_for(purpose)
    for grant in (one for one in viewer.grants if needed in ROLES[one.role]):
        theirs |= Q(partnership=grant.partnership, taker=grant.organisation)
    return standing_doors(SharingDoor.objects.filter(theirs, purpose=purpose))


def standing_doors(doors: models.QuerySet[SharingDoor]) -> models.QuerySet[SharingDoor]:
    """Those that stand open today."""
    today = clock.today()
    return doors.filter(Q(end=None) | Q(end__gt=today), start__lte=today, closed=None)
