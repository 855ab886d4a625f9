"""Networks of peers that support themselves: who is in, what each knows, what was asked, what was answered."""

from __future__ import annotations

from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q

from commonweal.core import clock
from commonweal.core.models import Organisation, Partnership, PartnershipRecord, PartnershipRecordQuerySet, Person
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer


class Among(models.TextChoices):
    """Among whom a network is."""

    OFFICERS = "officers", "Officers who commission"
    TRUSTS = "trusts", "Trusts and contractors"
    CLUBS = "clubs", "Clubs and groups"
    MIXED = "mixed", "Anybody with the same task"


class NetworkQuerySet(PartnershipRecordQuerySet):
    """Networks; their title is for whoever may join, what is said in them for members alone."""

    def seen_from(self, viewer: Viewer, partnership: UUID) -> Self:
        """Those of the partnership, and those of others that are open to every partnership of the same world."""
        rows = self.filter(ended_on=None)
        if viewer.system:
            return rows
        if not viewer.may(Permission.VIEW_PARTNERSHIP, partnership):
            return rows.none()
        world = Partnership.objects.filter(pk=partnership, invented=OuterRef("partnership__invented"))
        return rows.filter(Q(partnership=partnership) | Q(Exists(world), wide=True))


class PeerNetwork(PartnershipRecord):
    """One network; `wide` where people of other partnerships may join."""

    view_permission: ClassVar[Permission] = Permission.VIEW_PARTNERSHIP

    title = models.CharField(max_length=120)
    about = models.CharField(max_length=400)
    among = models.CharField(max_length=10, choices=Among)
    wide = models.BooleanField(default=False)
    begun_on = models.DateField(default=clock.today)
    ended_on = models.DateField(null=True, blank=True)
    objects: ClassVar[Any] = NetworkQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(
            fields=["partnership", "title"], condition=Q(ended_on=None), name="knowledge_network_once",
            violation_error_message="There is a network of that name already. Join it, or choose another name.")]


class PeerMember(PartnershipRecord):
    """One person in it, for an organisation: what they can be asked, and how; gone whole when they leave."""

    view_permission: ClassVar[Permission] = Permission.VIEW_PARTNERSHIP

    network = models.ForeignKey(PeerNetwork, models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    knows = models.CharField(max_length=200)
    reach = models.CharField(max_length=200, blank=True)
    joined_on = models.DateField(default=clock.today)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["network", "person"], name="knowledge_peer_member_once")]


class PeerQuestion(PartnershipRecord):
    """Something a member asked the others; whoever asked is let go of with the person."""

    view_permission: ClassVar[Permission] = Permission.VIEW_PARTNERSHIP

    network = models.ForeignKey(PeerNetwork, models.CASCADE, related_name="questions")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    words = models.CharField(max_length=600)
    asked_at = models.DateTimeField(default=clock.now)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "id"]


class PeerAnswer(PartnershipRecord):
    """What another member answered; `helped` once whoever asked says so."""

    view_permission: ClassVar[Permission] = Permission.VIEW_PARTNERSHIP

    question = models.ForeignKey(PeerQuestion, models.CASCADE, related_name="answers")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    words = models.CharField(max_length=1500)
    answered_at = models.DateTimeField(default=clock.now)
    helped = models.BooleanField(default=False)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    class Meta:
        ordering = ["answered_at", "id"]
