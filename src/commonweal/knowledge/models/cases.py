"""A partnership's own case studies, which both sides agree to; and peers who may be rung."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
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
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer
from commonweal.knowledge.models.relationship import Side


class CaseStudy(Versioned):
    """The identity of a case: who commissioned, who did it, and which version of its text is published."""

    client = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    provider = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    published = models.ForeignKey(
        "knowledge.CaseText", models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(client=F("provider")), name="knowledge_case_two_sides",
                violation_error_message="Choose two different organisations.",
            ),
            models.CheckConstraint(
                condition=Q(published=None, published_at=None)
                | Q(published__isnull=False, published_at__isnull=False),
                name="knowledge_case_published",
            ),
        ]


class CaseText(Version):
    """What a case says. Lists are a line each; what is left empty is not known and is shown so."""

    identity = models.ForeignKey(CaseStudy, models.PROTECT, related_name="versions")
    title = models.CharField(max_length=90)
    years = models.CharField(max_length=40)
    services = models.JSONField(default=list)
    needs = models.JSONField(default=list, blank=True)
    vehicle = models.SlugField(max_length=40, blank=True)
    step = models.SlugField(max_length=20)
    answer = models.CharField(max_length=220)
    needed = models.CharField(max_length=320, blank=True)
    did = models.TextField(max_length=1500)
    money = models.CharField(max_length=320, blank=True)
    results = models.CharField(max_length=320, blank=True)
    results_n = models.CharField(max_length=120, blank=True)
    failed = models.TextField(max_length=1500, blank=True)
    missing = models.TextField(max_length=800, blank=True)
    lessons = models.TextField(max_length=800)
    contact = models.CharField(max_length=200, blank=True)
    written_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField(default=clock.now)
    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta(Version.Meta):
        pass


class CaseAgreed(AppendOnly, PartnershipRecord):
    """One side has read one version and agrees that it may be published."""

    version = models.ForeignKey(CaseText, models.PROTECT, related_name="agreed")
    side = models.CharField(max_length=8, choices=Side)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(default=clock.now)
    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "side"], name="knowledge_case_agreed_once")]


class SeenBy(models.TextChoices):
    """Who sees that somebody may be rung. Nobody without an account ever does."""

    PARTNERS = "partners", "Only people of this partnership"
    SIGNED_IN = "signed_in", "Everybody with an account here"


class PeerOfferQuerySet(PartnershipRecordQuerySet):
    """Offers in force, to those they are meant for; one's own always."""

    def visible_to(self, viewer: Viewer, purpose: Purpose) -> Self:
        """Those the viewer may see today."""
        if viewer.system:
            return self.all()
        if viewer.person is None:
            return self.none()
        here = viewer.partnerships(self.model.view_permission_for(purpose))
        meant = Q(partnership__in=here) | Q(seen_by=SeenBy.SIGNED_IN, partnership__invented=viewer.example)
        return self.filter(Q(person=viewer.person) | (meant & Q(until__gte=clock.today())))


class PeerOffer(PartnershipRecord):
    """Somebody offers themselves to peers who want to ask how it went; goes with whoever is forgotten."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    case = models.CharField(max_length=60, blank=True)
    about = models.CharField(max_length=200)
    reach = models.CharField(max_length=200)
    seen_by = models.CharField(max_length=10, choices=SeenBy, default=SeenBy.PARTNERS)
    until = models.DateField()
    agreed_at = models.DateTimeField(default=clock.now)
    objects: ClassVar[Any] = PeerOfferQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "person", "case"], name="knowledge_peer_once",
                violation_error_message="You offer this already. End that offer first.",
            ),
        ]
