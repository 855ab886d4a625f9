"""Notices that others published, brought in by a partnership to know its market; and what was wrong with them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from commonweal.core import clock
from commonweal.core.models import PartnershipRecord, PartnershipRecordQuerySet, Person
from commonweal.core.permissions import Permission


class MarketImport(PartnershipRecord):
    """One file that was brought in: how many notices, which were new, and every defect with its count."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    brought_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    brought_at = models.DateTimeField(default=clock.now)
    read = models.PositiveIntegerField()          # parts of the file
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    taken = models.PositiveIntegerField(default=0)     # how far a worker came; another goes on from there
    finished = models.BooleanField(default=False)
    defects = models.JSONField(default=list, blank=True)   # {defect, count, rows}
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    class Meta:
        ordering = ["-brought_at", "-id"]

    def __str__(self) -> str:
        return self.name


class MarketNotice(PartnershipRecord):
    """One award, or one notice before any, in its newest form. `pounds` is empty where no price can be told."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    key = models.CharField(max_length=300)
    brought = models.ForeignKey(MarketImport, models.PROTECT, related_name="notices")
    source = models.CharField(max_length=80)
    ocid = models.CharField(max_length=100, blank=True)
    stage = models.CharField(max_length=10)
    published = models.DateField(null=True, blank=True)
    title = models.CharField(max_length=300)
    description = models.TextField(max_length=6000, blank=True)
    buyer = models.CharField(max_length=200)
    cpv = models.CharField(max_length=8, blank=True)
    cpv_words = models.CharField(max_length=200, blank=True)
    method = models.CharField(max_length=100, blank=True)
    region = models.CharField(max_length=80, blank=True)
    pounds = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    awarded = models.DateField(null=True, blank=True)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    sme = models.BooleanField(null=True, blank=True)
    vcse = models.BooleanField(null=True, blank=True)
    address = models.CharField(max_length=300, blank=True)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["partnership", "stage", "cpv"], name="procurement_market_cpv")]
        constraints = [models.UniqueConstraint(fields=["partnership", "key"], name="procurement_market_once")]

    def __str__(self) -> str:
        return self.title


class MarketSupplier(PartnershipRecord):
    """Who won one of them; `match` is the same for one supplier however its name is written."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    notice = models.ForeignKey(MarketNotice, models.CASCADE, related_name="suppliers")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    scheme = models.CharField(max_length=20, blank=True)
    number = models.CharField(max_length=40, blank=True)
    match = models.CharField(max_length=240, blank=True)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        indexes = [models.Index(fields=["partnership", "match"], name="procurement_market_match")]
        constraints = [models.UniqueConstraint(fields=["notice", "position"], name="procurement_market_supplier")]

    def __str__(self) -> str:
        return self.name
