"""Entries of the directory: one a body, who may see it, what registers say of it, why entries were joined."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from simple_history.models import HistoricalRecords

from commonweal.core import clock
from commonweal.core.models import Organisation, Partnership, PartnershipOrganisation, Person
from commonweal.core.models.base import Identified
from commonweal.core.viewer import Viewer


class ProviderKind(models.TextChoices):
    """What sort of body it is, as far as its registers say."""

    CHARITY = "charity", "Charity"
    CIC = "cic", "Community interest company"
    COMPANY = "company", "Company"
    CLUB = "club", "Sports club"
    GROUP = "group", "Group"
    OTHER = "other", "Other or not known"


class Seen(models.TextChoices):
    """Who may see an entry of the directory."""

    PUBLIC = "public", "Everyone"
    PARTNERS = "partners", "Partnerships it belongs to"
    NAMED = "named", "Only organisations it names"
    COUNTED = "counted", "Nobody: it is only counted"


class PairState(models.TextChoices):
    """What became of two entries that may be one body."""

    JOINED = "joined", "Joined, because the evidence was clear"
    UNDECIDED = "undecided", "Waiting for a person"
    SAME = "same", "A person said they are one"
    APART = "apart", "A person said they are not"


class ProviderQuerySet(models.QuerySet[Any]):
    """Entries of the directory; every page, export, search and interface comes in through `visible_to`."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Those the viewer may see; what is only counted is seen by its own people alone."""
        standing = self.filter(merged_into=None)
        if viewer.system:
            return standing
        allowed = Q(visibility=Seen.PUBLIC)
        if viewer.grants:
            own = {grant.organisation for grant in viewer.grants}
            brought = RegisterEntry.objects.filter(
                provider=OuterRef("pk"), partnership__in=viewer.partnerships())
            allowed |= Q(organisation__in=own)
            seated = PartnershipOrganisation.objects.on(clock.today()).filter(
                organisation=OuterRef("organisation"), partnership__in=viewer.partnerships())
            allowed |= Q(Exists(brought) | Exists(seated), visibility=Seen.PARTNERS)
            allowed |= Q(Exists(NamedPartner.objects.filter(provider=OuterRef("pk"), organisation__in=own)),
                         visibility=Seen.NAMED)
        return standing.filter(allowed)


class Provider(Identified):
    """One body of the directory. It shows what its registers say; an Organisation is made when needed."""

    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=12, choices=ProviderKind, default=ProviderKind.OTHER)
    visibility = models.CharField(max_length=10, choices=Seen, default=Seen.COUNTED)
    chosen = models.DateTimeField(null=True, blank=True)
    organisation = models.OneToOneField(
        Organisation, models.PROTECT, related_name="provider", null=True, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    district = models.CharField(max_length=9, blank=True)
    web = models.CharField(max_length=300, blank=True)
    classes = models.JSONField(default=list, blank=True)
    search = models.TextField(blank=True)
    example = models.BooleanField(default=False)
    closed = models.BooleanField(default=False)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    history = HistoricalRecords(excluded_fields=["search"])

    objects: ClassVar[Any] = ProviderQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["name", "id", "visibility", "kind"], name="providers_by_name",
                         condition=Q(merged_into=None, example=False)),
            models.Index(fields=["district", "visibility", "name"], name="providers_district"),
        ]

    def __str__(self) -> str:
        return self.name


class RegisterEntry(Identified):
    """What one register, or one partnership's own list, says of a body, and on which day it said so."""

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="entries")
    register = models.SlugField(max_length=40)
    ref = models.CharField(max_length=200)
    scope = models.CharField(max_length=36, blank=True)  # the partnership's id again, so that "none" is unique too
    partnership = models.ForeignKey(Partnership, models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=200)
    publisher = models.CharField(max_length=200, blank=True)
    licence = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=12, choices=ProviderKind, default=ProviderKind.OTHER)
    numbers = models.JSONField(default=list, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    town = models.CharField(max_length=200, blank=True)
    district = models.CharField(max_length=9, blank=True)
    web = models.CharField(max_length=300, blank=True)
    activities = models.TextField(blank=True)
    income = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    registered = models.DateField(null=True, blank=True)
    removed = models.DateField(null=True, blank=True)
    as_at = models.DateField(null=True, blank=True)
    read_on = models.DateField()
    notes = models.JSONField(default=list, blank=True)
    digest = models.CharField(max_length=32)
    example = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["register", "scope", "example", "ref"], name="providers_entry_once"),
            models.CheckConstraint(
                condition=Q(scope="", partnership=None) | (~Q(scope="") & ~Q(partnership=None)),
                name="providers_entry_scope",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.title}"


class EntryPair(Identified):
    """Two register entries that may be one body: the weight of each thing that agrees, and what was decided."""

    first = models.ForeignKey(RegisterEntry, models.CASCADE, related_name="+")
    second = models.ForeignKey(RegisterEntry, models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=PairState)
    levels = models.JSONField(default=list)
    weights = models.JSONField(default=list)
    chance = models.FloatField()
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="providers_pair_once")]

    def __str__(self) -> str:
        return f"{self.first_id} and {self.second_id}"


class NamedPartner(Identified):
    """An organisation that an entry seen by named partners has named."""

    provider = models.ForeignKey(Provider, models.CASCADE, related_name="named")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["provider", "organisation"], name="providers_named_once")]

    def __str__(self) -> str:
        return f"{self.provider_id} names {self.organisation_id}"
