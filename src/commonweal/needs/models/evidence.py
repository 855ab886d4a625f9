"""Evidence that partners bring: whose it is, whose view it gives, how it was gathered, how far it can go."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from simple_history.models import HistoricalRecords

from commonweal.core.models import HeldDataset, Organisation, Person, SharingDoor
from commonweal.core.models.placing import Placed, PlacedQuerySet
from commonweal.core.models.sharing import standing_doors
from commonweal.core.permissions import ROLES, Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer


class Perspective(models.TextChoices):
    """Whose view it is: the four that a need is agreed from, and published figures, which are nobody's view."""

    USERS = "users", "Existing users"
    COMMUNITY = "community", "Wider community"
    PARTNERS = "partners", "Partners"
    PROVIDERS = "providers", "Service providers"
    PUBLISHED = "published", "Published figures"


class EvidenceKind(models.TextChoices):
    """In what form it came."""

    SURVEY = "survey", "Survey"
    WORKSHOP = "workshop", "Workshop or meeting notes"
    STATEMENT = "statement", "Statement"
    PETITION = "petition", "Petition"
    PARTICIPATION = "participation", "Results of an online consultation"
    INTERVIEWS = "interviews", "Interviews or conversations"
    RECORDS = "records", "Records of a service"
    RESEARCH = "research", "Research or evaluation"
    PUBLISHED = "published", "Published statistics"


class Chosen(models.TextChoices):
    """How those who answered came to be asked; it decides what may be concluded."""

    EVERYBODY = "everybody", "Everybody was asked"
    RANDOM = "random", "Chosen at random"
    QUOTA = "quota", "Chosen to match the population"
    INVITED = "invited", "Invited by name or role"
    OPEN = "open", "Open to whoever wished"
    UNKNOWN = "unknown", "Not known"


class AskedBy(models.TextChoices):
    """By what way people could answer; who is left out depends on it."""

    SEVERAL = "several", "More than one way"
    IN_PERSON = "in_person", "In person"
    TELEPHONE = "telephone", "By telephone"
    POST = "post", "By post"
    ONLINE = "online", "Only online"
    UNKNOWN = "unknown", "Not known"


class Covers(models.TextChoices):
    """How the area it was gathered in fits the partnership's place."""

    WHOLE = "whole", "The whole place"
    PART = "part", "Part of the place"
    WIDER = "wider", "A wider area"
    UNKNOWN = "unknown", "Not known"


class EvidenceQuerySet(PlacedQuerySet):
    """As for everything placed; and whoever brings evidence sees their own organisation's."""

    def visible_to(self, viewer: Viewer, purpose: Purpose) -> Self:
        """Those the viewer may see: one condition without a join, so that an index can answer it."""
        if viewer.system:
            return self.all()
        partnerships = viewer.partnerships(self.model.view_permission_for(purpose))
        seen = Q(partnership__in=partnerships) & self.model.open_to(viewer, purpose)
        for grant in viewer.grants:
            if Permission.BRING_EVIDENCE in ROLES[grant.role]:
                seen |= Q(partnership=grant.partnership, organisation=grant.organisation)
        return self.filter(seen).open_today()

    def open_today(self) -> Self:
        """All but those that rest on data whose agreement holds no more: they close with it, for everybody."""
        doors = standing_doors(SharingDoor.objects.filter(
            held=OuterRef("pk"), taker=OuterRef(OuterRef("organisation")), purpose=Purpose.ASSESSMENT))
        rests_on = HeldDataset.objects.filter(pk=OuterRef("dataset")).filter(
            Q(placed__isnull=False) | Q(organisation=OuterRef("organisation")) | Exists(doors))
        return self.filter(Q(dataset=None) | Q(Exists(rests_on)))


class EvidenceItem(Placed):
    """One piece of evidence. Until it is placed before the partnership only its own organisation sees it.

    `answered` of `asked` people (each empty where it does not apply or is not known); `effective` is the
    effective sample size after weighting. `summary` is what it says, `limits` what it cannot say.
    """

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=20, choices=EvidenceKind)
    perspective = models.CharField(max_length=20, choices=Perspective)
    place_code = models.CharField(max_length=2000, blank=True)
    gathered_from = models.DateField(null=True, blank=True)
    gathered_to = models.DateField(null=True, blank=True)
    answered = models.PositiveIntegerField(null=True, blank=True)
    asked = models.PositiveIntegerField(null=True, blank=True)
    effective = models.FloatField(null=True, blank=True)
    chosen = models.CharField(max_length=20, choices=Chosen, default=Chosen.UNKNOWN)
    asked_by = models.CharField(max_length=20, choices=AskedBy, default=AskedBy.UNKNOWN)
    covers = models.CharField(max_length=20, choices=Covers, default=Covers.UNKNOWN)
    how_asked = models.CharField(max_length=300, blank=True)
    summary = models.TextField()
    limits = models.TextField(blank=True)
    citation = models.CharField(max_length=500, blank=True)
    dataset = models.ForeignKey(HeldDataset, models.PROTECT, null=True, blank=True, related_name="evidence")
    recorded_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    withdrawn = models.DateField(null=True, blank=True)
    withdrawn_why = models.CharField(max_length=500, blank=True)
    objects: ClassVar[Any] = EvidenceQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(gathered_to=None) | Q(gathered_from=None) | Q(gathered_to__gte=F("gathered_from")),
                name="needs_evidence_dates", violation_error_message="It cannot end before it began.",
            ),
            models.CheckConstraint(
                condition=Q(answered=None) | Q(asked=None) | Q(asked__gte=F("answered")),
                name="needs_evidence_answered",
                violation_error_message="More people answered than were asked. Check the two numbers.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn=None) | ~Q(withdrawn_why=""), name="needs_evidence_withdrawn_why",
                violation_error_message="Say why it is withdrawn.",
            ),
        ]
        indexes = [
            models.Index(fields=["partnership", "perspective", "created"], name="needs_evidence_by_view"),
            models.Index(fields=["partnership", "id"], name="needs_evidence_by_id"),
            models.Index(fields=["partnership", "perspective", "id"], name="needs_evidence_side_id"),
            models.Index(fields=["partnership"], condition=Q(withdrawn__isnull=False), name="needs_evidence_gone"),
            models.Index(fields=["partnership"], condition=Q(dataset__isnull=False), name="needs_evidence_rests"),
            models.Index(
                fields=["partnership", "place_code"], condition=~Q(place_code=""), name="needs_evidence_where"),
            models.Index(  # holds all that grading asks, so that the rows with their texts stay unread
                fields=["partnership", "perspective", "kind", "chosen", "asked_by", "covers", "gathered_to",
                        "answered", "asked", "effective", "placed", "organisation", "withdrawn", "dataset"],
                condition=Q(withdrawn=None), name="needs_evidence_graded",
            ),
        ]

    def __str__(self) -> str:
        return self.title
