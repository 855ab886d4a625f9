"""People of two organisations linked under an agreement: whose lists are held, and what was counted."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from commonweal.core import clock
from commonweal.core.models.organisations import Organisation
from commonweal.core.models.people import Person
from commonweal.core.models.records import PartnershipRecord, PartnershipRecordQuerySet
from commonweal.core.models.sharing import SharingVersion
from commonweal.core.permissions import Permission


class LinkedBy(models.TextChoices):
    """What the identifiers are; both lists must hold the same kind."""

    CARD = "card", "Card or member number that both use"
    EMAIL = "email", "E-mail address"
    PHONE = "phone", "Telephone number"
    OTHER = "other", "Another identifier that both hold"


class LinkList(PartnershipRecord):
    """One organisation's list for one signed version: how many people, never who; pseudonyms are in a file apart.

    `system` is the system of visits the people are from, where they are from one that is brought here.
    """

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    version = models.ForeignKey(SharingVersion, models.PROTECT, related_name="link_lists")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    identifier = models.CharField(max_length=10, choices=LinkedBy)
    system = models.UUIDField(null=True, blank=True)
    as_at = models.DateField()
    rows = models.PositiveIntegerField()
    empty = models.PositiveIntegerField()
    twice = models.PositiveIntegerField()
    people = models.PositiveIntegerField()
    brought_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    brought_at = models.DateTimeField(default=clock.now)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "organisation"], name="core_link_list_once"),
        ]

    def __str__(self) -> str:
        return self.title


class LinkedCount(PartnershipRecord):
    """What was counted of two lists, in order: day, people in both, in the giver's alone, in the taker's alone.

    Every count that was shown stays, so that no later one can be taken from it to find a few.
    """

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    version = models.OneToOneField(SharingVersion, models.PROTECT, related_name="linked_count")
    counted = models.JSONField(default=list)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
