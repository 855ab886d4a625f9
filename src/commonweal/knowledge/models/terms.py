"""What a word means to these partners: versions that are signed and superseded, and what is said about them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
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


class TermState(models.TextChoices):
    """How far the partners have come with a word; agreed and retired follow from signatures."""

    BROUGHT = "brought", "Brought in, not proposed yet"
    PROPOSED = "proposed", "Waiting for signatures"
    DISPUTED = "disputed", "Disputed"
    AGREED = "agreed", "Agreed"
    RETIRED = "retired", "No longer used"


class Rule(models.TextChoices):
    """Whose signatures agree a meaning."""

    ALL = "all", "Every organisation with a sign-off seat"
    TWO_THIRDS = "two_thirds", "Two in three of the organisations with a sign-off seat"
    MAJORITY = "majority", "More than half of the organisations with a sign-off seat"

    def needed(self, seats: int) -> int:
        """How many signatures this asks of so many seats; never none."""
        asked = {Rule.ALL: seats, Rule.TWO_THIRDS: -(-2 * seats // 3), Rule.MAJORITY: seats // 2 + 1}[self]
        return max(1, asked)


class LanguageRule(PartnershipRecord):
    """The rule by which one partnership agrees its words."""

    rule = models.CharField(max_length=12, choices=Rule, default=Rule.ALL)
    reason = models.CharField(max_length=500)
    history = HistoricalRecords()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partnership"], name="knowledge_rule_once")]


class Term(Versioned):
    """The identity of a word in one partnership; `slug` is the seed's where it stands on one."""

    slug = models.SlugField(max_length=80)
    title = models.CharField(max_length=120)
    state = models.CharField(max_length=12, choices=TermState, default=TermState.PROPOSED)
    concept = models.CharField("address of the concept", max_length=400, blank=True)
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "slug"], name="knowledge_term_once",
                violation_error_message="The partnership already has this word.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class TermVersion(Version):
    """What a word means: plain words, other forms, each sector's own, its neighbours. `retires` ends its use."""

    identity = models.ForeignKey(Term, models.PROTECT, related_name="versions")
    label = models.CharField(max_length=120)
    plain = models.TextField(max_length=1000)
    also = models.JSONField(default=list, blank=True)
    words = models.JSONField(default=list, blank=True)     # [sector, word, meaning]
    broader = models.JSONField(default=list, blank=True)   # slugs
    related = models.JSONField(default=list, blank=True)   # slugs
    links = models.JSONField(default=list, blank=True)     # [match, address]
    source = models.CharField(max_length=500, blank=True)
    retires = models.BooleanField(default=False)
    reason = models.CharField(max_length=500, blank=True)
    written_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField(default=clock.now)
    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta(Version.Meta):
        pass

    def __str__(self) -> str:
        return f"version {self.number}"


class TermSignature(AppendOnly, PartnershipRecord):
    """One organisation's signature under one version."""

    version = models.ForeignKey(TermVersion, models.PROTECT, related_name="signatures")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(default=clock.now)
    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "organisation"], name="knowledge_signature_once",
                violation_error_message="Your organisation has already signed this version.",
            ),
        ]


class Agreement(AppendOnly, PartnershipRecord):
    """The moment a version was agreed, under the rule in force then."""

    version = models.OneToOneField(TermVersion, models.PROTECT, related_name="agreement")
    rule = models.CharField(max_length=12, choices=Rule)
    seats = models.PositiveSmallIntegerField()
    agreed_at = models.DateTimeField(default=clock.now)
    objects: ClassVar[Any] = VersionQuerySet.as_manager()


class CommentKind(models.TextChoices):
    """What a comment does: an objection stands until it is taken back or a new version is written."""

    COMMENT = "comment", "Comment"
    OBJECTION = "objection", "Objection"


class TermComment(PartnershipRecord):
    """What somebody says about one version; taken back, its text goes and its place stays."""

    version = models.ForeignKey(TermVersion, models.PROTECT, related_name="comments")
    kind = models.CharField(max_length=10, choices=CommentKind, default=CommentKind.COMMENT)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    body = models.TextField(max_length=2000, blank=True)
    said_at = models.DateTimeField(default=clock.now)
    taken_back = models.DateTimeField(null=True, blank=True)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["version", "said_at"], name="knowledge_comment_by_version")]
