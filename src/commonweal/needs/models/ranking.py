"""A round in which partners put needs in order: its rule is fixed first, and rankings are sealed."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import Q

from commonweal.core import clock
from commonweal.core.models import AppendOnly, Organisation, PartnershipRecord, Person, Version, Versioned
from commonweal.core.models import VersionQuerySet as AppendedQuerySet
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer
from commonweal.needs.models.need import NeedVersion


class PoolingRule(models.TextChoices):
    """How several rankings become one order."""

    BORDA = "borda", "Points by place"
    KEMENY = "kemeny", "Fewest preferences overruled"


class Side(models.TextChoices):
    """From which of the four perspectives an organisation ranks."""

    PARTNERS = "partners", "Partners"
    PROVIDERS = "providers", "Service providers"
    USERS = "users", "Existing users"
    COMMUNITY = "community", "Wider community"


class RankingRound(AppendOnly, PartnershipRecord):
    """What is ranked, until when, by which rule and how each organisation counts; never changed once opened."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    title = models.CharField(max_length=200)
    opens = models.DateField(default=clock.today)
    closes = models.DateField()
    rule = models.CharField(max_length=10, choices=PoolingRule)
    weights = models.JSONField(default=dict, blank=True)
    weights_reason = models.CharField(max_length=500, blank=True)
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    objects: ClassVar[Any] = AppendedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closes__gte=models.F("opens")), name="needs_round_span",
                violation_error_message="The last day must not be before the first.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def open_on(self, day: date) -> bool:
        """Whether rankings are taken on a day; the last day counts."""
        return self.opens <= day <= self.closes

    def closed_on(self, day: date) -> bool:
        """Whether it is over."""
        return day > self.closes


class RankedNeed(AppendOnly, PartnershipRecord):
    """One need of a round, in the version that was read when it was ranked."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    round = models.ForeignKey(RankingRound, models.PROTECT, related_name="needs")
    version = models.ForeignKey(NeedVersion, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    objects: ClassVar[Any] = AppendedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "version"], name="needs_ranked_need_once"),
            models.UniqueConstraint(fields=["round", "position"], name="needs_ranked_need_position"),
        ]


class SealedQuerySet(AppendedQuerySet):  # type: ignore[override]
    """Rankings of others stay shut until one has given one's own, or the round is over."""

    def visible_to(self, viewer: Viewer, purpose: Purpose) -> Self:
        """Those the viewer may see for that purpose."""
        seen = super().visible_to(viewer, purpose)
        return seen if viewer.system else seen.filter(_unsealed(viewer))


class Ranking(AppendOnly, Versioned):
    """That an organisation ranks in a round, from one perspective; what it says is in its versions."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    round = models.ForeignKey(RankingRound, models.PROTECT, related_name="rankings")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    side = models.CharField(max_length=12, choices=Side)
    objects: ClassVar[Any] = SealedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "organisation", "side"], name="needs_ranking_once"),
        ]


class SealedVersionQuerySet(AppendedQuerySet):  # type: ignore[override]
    """Versions of rankings, sealed as their rankings are."""

    def visible_to(self, viewer: Viewer, purpose: Purpose) -> Self:
        """Those the viewer may see for that purpose."""
        seen = super().visible_to(viewer, purpose)
        return seen.filter(identity__in=Ranking.objects.visible_to(viewer, purpose))


class RankingVersion(Version):
    """One ranking as given: `places` from 1 by the need's id; a need that is not there was left blank."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    identity = models.ForeignKey(Ranking, models.PROTECT, related_name="versions")
    places = models.JSONField()
    note = models.CharField(max_length=1000, blank=True)
    given_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=clock.now)
    objects: ClassVar[Any] = SealedVersionQuerySet.as_manager()

    class Meta(Version.Meta):
        pass


def _unsealed(viewer: Viewer) -> Q:
    """One's own organisations', those of rounds that are over, and of rounds where all one's own have ranked."""
    mine: dict[UUID, set[UUID]] = defaultdict(set)
    for grant in viewer.grants:
        mine[grant.partnership].add(grant.organisation)
    found = Q(round__closes__lt=clock.today())
    for partnership, organisations in mine.items():
        found |= Q(partnership=partnership, organisation__in=organisations)
        given = RankingRound.objects.filter(partnership=partnership)
        for organisation in organisations:
            given = given.filter(rankings__organisation=organisation)
        found |= Q(round__in=given.values("pk"))
    return found
