"""Somebody who speaks for the case to a partner: shown only as far as they agreed, and gone when they wish."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from commonweal.core.models import Organisation, PartnershipRecord, PartnershipRecordQuerySet, Person
from commonweal.core.permissions import ROLES, Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer


class Reach(models.TextChoices):
    """Who may read what an advocate said, as the advocate agreed."""

    NOBODY = "nobody", "Nobody yet: they have not been asked"
    PARTNERS = "partners", "The partners here"
    ANYBODY = "anybody", "Anybody: it may stand in what is published"


class AdvocateQuerySet(PartnershipRecordQuerySet):
    """What was agreed to be shown; and what one's own organisation wrote down and still has to ask about."""

    def visible_to(self, viewer: Viewer, purpose: Purpose) -> Self:
        """Of partnerships where the viewer sees the case; without consent to those alone who wrote it down."""
        seen = super().visible_to(viewer, purpose)
        if viewer.system:
            return seen
        own = Q(pk__in=[])
        for grant in viewer.grants:
            if Permission.DISCUSS in ROLES[grant.role]:
                own |= Q(partnership=grant.partnership, recorded_for=grant.organisation)
        return seen.filter(own | ~Q(reach=Reach.NOBODY)).filter(withdrawn=None)


class Advocate(PartnershipRecord):
    """One person or body that says so. No history is kept: what is withdrawn is gone."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    partner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    name = models.CharField(max_length=120, blank=True)
    stands_for = models.CharField(max_length=200, blank=True)
    words = models.CharField(max_length=500, blank=True)
    said_where = models.CharField(max_length=200, blank=True)
    said_on = models.DateField()
    reach = models.CharField(max_length=10, choices=Reach, default=Reach.NOBODY)
    agreed_on = models.DateField(null=True, blank=True)
    agreed_how = models.CharField(max_length=200, blank=True)
    recorded_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    recorded_for = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    withdrawn = models.DateField(null=True, blank=True)
    objects: ClassVar[Any] = AdvocateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reach=Reach.NOBODY) | (Q(agreed_on__isnull=False) & ~Q(agreed_how="")),
                name="needs_advocate_agreed", violation_error_message="Say on which day and how they agreed.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn=None) | Q(name="", stands_for="", words="", reach=Reach.NOBODY),
                name="needs_advocate_gone",
            ),
        ]

    def __str__(self) -> str:
        return "Withdrawn" if self.withdrawn else f"{self.name}, {self.stands_for}"
