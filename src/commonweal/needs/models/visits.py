"""Exports of visits that organisations bring: from which system, and what became of each file."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from commonweal.core.models import Organisation, Person, Upload
from commonweal.core.models.placing import Placed, PlacedQuerySet
from commonweal.core.models.records import PartnershipRecord
from commonweal.core.permissions import ROLES, Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer


class VisitQuerySet(PlacedQuerySet):
    """As for everything placed; and whoever runs services sees what their own organisation brought."""

    def visible_to(self, viewer: Viewer, purpose: Purpose) -> Self:
        """Those the viewer may see for that purpose."""
        if viewer.system:
            return self.all()
        partnerships = viewer.partnerships(self.model.view_permission_for(purpose))
        seen = Q(partnership__in=partnerships) & self.model.open_to(viewer, purpose)
        for grant in viewer.grants:
            if Permission.BRING_EVIDENCE in ROLES[grant.role]:
                seen |= Q(partnership=grant.partnership, organisation=grant.organisation)
        return self.filter(seen)


class VisitSystem(Placed):
    """One system of one organisation that knows who comes: its leisure centres, its libraries.

    Its visits are in the lake under `key`. Once placed, partners see the results, never the visits.
    """

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    key = models.SlugField(max_length=60)
    objects: ClassVar[Any] = VisitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "organisation", "key"], name="needs_visit_system_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class VisitFileState(models.TextChoices):
    """How far a file has come."""

    READING = "reading", "Being read"
    ASKED = "asked", "Waiting for you to say what the columns are"
    TWICE = "twice", "Waiting: months of it are here already"
    READ = "read", "Read"
    REFUSED = "refused", "Not read"


class VisitFile(Placed):
    """One export as brought; never placed, for its receipt is its own organisation's alone.

    `columns` is each header and what it seems to be, `mapping` what a person said it is, `report` what became of
    every row: words and counts, never a cell.
    """

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    system = models.ForeignKey(VisitSystem, models.PROTECT, related_name="files")
    name = models.CharField(max_length=255)
    state = models.CharField(max_length=12, choices=VisitFileState, default=VisitFileState.READING)
    said = models.CharField(max_length=1000, blank=True)
    columns = models.JSONField(default=list, blank=True)
    mapping = models.JSONField(default=dict, blank=True)
    replace = models.BooleanField(default=False)
    report = models.JSONField(default=dict, blank=True)
    upload = models.ForeignKey(Upload, models.PROTECT, related_name="+")
    brought_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    objects: ClassVar[Any] = VisitQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["system", "created"], name="needs_visit_file_of_system")]

    def __str__(self) -> str:
        return self.name


class SiteCost(PartnershipRecord):
    """What one site of a system cost and earned in one financial year, as its organisation says, without VAT.

    `area` is the small area that it stands in, empty where nobody has said.
    """

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    system = models.ForeignKey(VisitSystem, models.PROTECT, related_name="costs")
    site = models.CharField(max_length=200)
    year = models.PositiveSmallIntegerField()
    gross = models.DecimalField(max_digits=12, decimal_places=2)
    income = models.DecimalField(max_digits=12, decimal_places=2)
    source = models.CharField(max_length=300)
    said_on = models.DateField()
    area = models.CharField(max_length=9, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["system", "site", "year"], name="needs_site_cost_once"),
            models.CheckConstraint(
                condition=Q(gross__gte=0) & Q(income__gte=0), name="needs_site_cost_not_negative",
                violation_error_message="A cost and an income are 0 or more. Check the amounts.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.site}, {self.year}"


class TakingPart(PartnershipRecord):
    """How often all who live in the place take part in a financial year, wherever it is, and who says so."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    system = models.ForeignKey(VisitSystem, models.PROTECT, related_name="taking_part")
    year = models.PositiveSmallIntegerField()
    times = models.PositiveBigIntegerField()
    source = models.CharField(max_length=300)
    said_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["system", "year"], name="needs_taking_part_once"),
            models.CheckConstraint(condition=Q(times__gt=0), name="needs_taking_part_some"),
        ]

    def __str__(self) -> str:
        return f"{self.times:,} times in {self.year}"
