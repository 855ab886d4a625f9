"""How two organisations work together: private scores until topics are drawn, then topics and agreed actions."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from commonweal.core import clock
from commonweal.core.models import Organisation, PartnershipRecord, Person
from commonweal.core.permissions import Permission


class Side(models.TextChoices):
    """Which of the two a person scores for."""

    CLIENT = "client", "Commissioner"
    PROVIDER = "provider", "Provider"


class Pairing(PartnershipRecord):
    """A commissioner and a provider who look at how they work together."""

    view_permission: ClassVar[Permission] = Permission.DISCUSS
    client = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    provider = models.ForeignKey(Organisation, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "client", "provider"], name="knowledge_pairing_once",
                violation_error_message="These two look at how they work together already.",
            ),
            models.CheckConstraint(
                condition=~Q(client=F("provider")), name="knowledge_pairing_two",
                violation_error_message="Choose two different organisations.",
            ),
        ]


class ScoreRound(PartnershipRecord):
    """One time both sides score; drawn, it holds topics and no score."""

    view_permission: ClassVar[Permission] = Permission.DISCUSS
    pairing = models.ForeignKey(Pairing, models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    questions = models.CharField(max_length=20)
    drawn_at = models.DateTimeField(null=True, blank=True)
    topics = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pairing", "number"], name="knowledge_round_once"),
            models.UniqueConstraint(
                fields=["pairing"], condition=Q(drawn_at=None), name="knowledge_round_one_open",
                violation_error_message="Both sides are scoring already.",
            ),
        ]


class PrivateScore(PartnershipRecord):
    """One person's answers, theirs alone, deleted when the topics are drawn."""

    view_permission: ClassVar[Permission] = Permission.DISCUSS
    round = models.ForeignKey(ScoreRound, models.CASCADE, related_name="scores")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    side = models.CharField(max_length=8, choices=Side)
    answers = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "person"], name="knowledge_score_once")]


class AgreedAction(PartnershipRecord):
    """What the two of a pairing, or those at an event, agreed to do, whose it is, by when, and when done."""

    view_permission: ClassVar[Permission] = Permission.DISCUSS
    pairing = models.ForeignKey(Pairing, models.PROTECT, null=True, blank=True, related_name="actions")
    gathering = models.ForeignKey(
        "knowledge.Gathering", models.PROTECT, null=True, blank=True, related_name="actions"
    )
    topic = models.SlugField(max_length=20, blank=True)
    words = models.CharField(max_length=300)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    due = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    agreed_on = models.DateField(default=clock.today)
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(pairing=None, gathering__isnull=False) | Q(pairing__isnull=False, gathering=None),
                name="knowledge_action_of_one",
            ),
        ]
