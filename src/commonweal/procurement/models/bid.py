"""A bid: a sealed draft, the links that open it, and what was sent, sealed until the opening."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from commonweal.core.models import (
    AppendOnly,
    Organisation,
    PartnershipRecord,
    PartnershipRecordQuerySet,
    VersionQuerySet,
)
from commonweal.core.permissions import Permission
from commonweal.procurement.models.competition import Competition


class BidQuerySet(PartnershipRecordQuerySet):
    """Bids; before the opening none is shown to anybody but its own bidder."""

    def visible_to(self, viewer: Any, purpose: Any) -> Any:
        """Those of competitions that were opened."""
        return super().visible_to(viewer, purpose).exclude(competition__opened_at=None)


class Bid(PartnershipRecord):
    """One answer to a competition. Who it is from and what it says is in `draft`, sealed.

    `organisation` is whose people may open it by account, `invited` the name of whoever the buyer asked, and
    `letter` hides the name while it is scored, given at the opening.
    """

    view_permission: ClassVar[Permission] = Permission.RECORD_EVIDENCE

    competition = models.ForeignKey(Competition, models.PROTECT, related_name="bids")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    invited = models.CharField(max_length=200, blank=True)
    draft = models.BinaryField()
    saves = models.PositiveIntegerField(default=0)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    letter = models.CharField(max_length=3, blank=True)
    let_go_at = models.DateTimeField(null=True, blank=True)   # when what it said was let go, by its rule
    objects: ClassVar[Any] = BidQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["competition", "organisation"], condition=Q(organisation__isnull=False),
                name="procurement_bid_once"),
            models.UniqueConstraint(
                fields=["competition", "letter"], condition=~Q(letter=""), name="procurement_letter_once"),
        ]


class BidLink(PartnershipRecord):
    """What opens a bid without an account. What stands in the link is shown once, never kept: here is its hash."""

    view_permission: ClassVar[Permission] = Permission.RECORD_EVIDENCE

    bid = models.ForeignKey(Bid, models.PROTECT, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    ended = models.DateTimeField(null=True, blank=True)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    def works(self) -> bool:
        """Whether it still opens the bid."""
        return self.ended is None


class Submission(AppendOnly, PartnershipRecord):
    """What was sent: sealed, with its hash, the instant it came, and the deadline then in force.

    One that came late is kept as proof of when it came, and never opened.
    """

    view_permission: ClassVar[Permission] = Permission.RECORD_EVIDENCE

    bid = models.ForeignKey(Bid, models.PROTECT, related_name="submissions")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    closes = models.DateTimeField()
    late = models.BooleanField(default=False)
    sha256 = models.CharField(max_length=64)
    sealed = models.BinaryField()
    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["bid", "number"], name="procurement_submission_number")]
