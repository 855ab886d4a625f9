"""What a body says it can do: a few sentences and numbers, and lines of what, for whom, where, with what proof."""

from __future__ import annotations

from django.db import models
from simple_history.models import HistoricalRecords

from commonweal.core.models.base import Identified
from commonweal.providers.models.directory import Provider


class LineKind(models.TextChoices):
    """What a line of a profile is about."""

    ACTIVITY = "activity", "What you do"
    OUTCOME = "outcome", "What it changes for people"
    GROUP = "group", "Whom you reach"
    AREA = "area", "Where you work"
    STANDARD = "standard", "Standards you hold"
    REFERENCE = "reference", "Who can speak for your work"
    POLICY = "policy", "Policies you have"
    INSURANCE = "insurance", "Insurance you hold"


class Profile(Identified):
    """What one body says of itself; confirmed anew from time to time, for what is old fades."""

    provider = models.OneToOneField(Provider, models.PROTECT, related_name="profile")
    about = models.CharField(max_length=600, blank=True)
    people = models.PositiveIntegerField(null=True, blank=True)
    hours = models.PositiveIntegerField(null=True, blank=True)
    turnover = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    turnover_year = models.CharField(max_length=7, blank=True)
    room = models.CharField(max_length=300, blank=True)
    wants = models.CharField(max_length=300, blank=True)
    confirmed = models.DateField()
    history = HistoricalRecords()

    def __str__(self) -> str:
        return f"Profile of {self.provider_id}"


class ProfileLine(Identified):
    """One thing a body does, changes, reaches, holds; `until` where it runs out."""

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="lines")
    kind = models.CharField(max_length=12, choices=LineKind)
    text = models.CharField(max_length=200)
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["profile", "kind", "text"], name="providers_line_once")]

    def __str__(self) -> str:
        return self.text
