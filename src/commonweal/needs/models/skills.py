"""What people offer to help with, shown as they choose; and each time one asks another."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from commonweal.core import clock
from commonweal.core.models import (
    HeldDataset,
    Organisation,
    PartnershipRecord,
    PartnershipRecordQuerySet,
    Person,
)
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer
from commonweal.needs.models.evidence import EvidenceItem


class ShownAs(models.TextChoices):
    """How partners see an offer."""

    NAME = "name", "My name and my organisation"
    ORGANISATION = "organisation", "Only my organisation: I answer if I am asked"
    NOBODY = "nobody", "Nobody: keep it for later"


class SkillOfferQuerySet(PartnershipRecordQuerySet):
    """One's own, and what others show and is still on offer."""

    def visible_to(self, viewer: Viewer, purpose: Purpose) -> Self:
        """Those the viewer may see today."""
        seen = super().visible_to(viewer, purpose)
        if viewer.system:
            return seen
        return seen.filter(Q(person=viewer.person) | (~Q(shown=ShownAs.NOBODY) & Q(until__gte=clock.today())))


class SkillOffer(PartnershipRecord):
    """One skill of one person, so many hours a month, until a day."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    skill = models.SlugField(max_length=40)
    hours = models.PositiveSmallIntegerField()
    until = models.DateField()
    shown = models.CharField(max_length=12, choices=ShownAs, default=ShownAs.NAME)
    objects: ClassVar[Any] = SkillOfferQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "person", "skill"], name="needs_skill_once",
                violation_error_message="You offer this already. Change it instead.",
            ),
            models.CheckConstraint(condition=Q(hours__gte=1, hours__lte=160), name="needs_skill_hours"),
        ]


class Reply(models.TextChoices):
    """What whoever was asked answers."""

    YES = "yes", "Yes, I will"
    LATER = "later", "Yes, but later"
    NO = "no", "Not this time"


class HelpQuerySet(PartnershipRecordQuerySet):
    """Only the one who asked and the one who was asked."""

    def visible_to(self, viewer: Viewer, purpose: Purpose) -> Self:
        """Those in which the viewer is one of the two."""
        seen = super().visible_to(viewer, purpose)
        return seen if viewer.system else seen.filter(Q(asker=viewer.person) | Q(helper=viewer.person))


class HelpRequest(PartnershipRecord):
    """One person asks another to help read a piece of evidence or a data set."""

    view_permission: ClassVar[Permission] = Permission.VIEW_PARTNERSHIP

    asker = models.ForeignKey(Person, models.CASCADE, related_name="+")
    asked_for = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    helper = models.ForeignKey(Person, models.CASCADE, related_name="+")
    skill = models.SlugField(max_length=40)
    named = models.BooleanField()
    item = models.ForeignKey(EvidenceItem, models.CASCADE, null=True, blank=True, related_name="+")
    held = models.ForeignKey(HeldDataset, models.CASCADE, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    reply = models.CharField(max_length=10, choices=Reply, blank=True)
    words = models.CharField(max_length=400, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    objects: ClassVar[Any] = HelpQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(item=None) ^ Q(held=None), name="needs_help_about_one"),
            models.CheckConstraint(
                condition=Q(reply="", replied_at=None) | (~Q(reply="") & Q(replied_at__isnull=False)),
                name="needs_help_replied",
            ),
            models.UniqueConstraint(
                fields=["asker", "helper", "item"], condition=Q(reply=""), name="needs_help_item_once",
                violation_error_message="You have asked already. The answer will stand here.",
            ),
            models.UniqueConstraint(
                fields=["asker", "helper", "held"], condition=Q(reply=""), name="needs_help_held_once",
                violation_error_message="You have asked already. The answer will stand here.",
            ),
        ]
