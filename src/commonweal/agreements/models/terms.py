"""What an agreement says besides its money: variations, days to watch, contacts, papers, who bears which risk."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from commonweal.core.models import (
    AppendOnly,
    PartnershipRecord,
    PartnershipRecordQuerySet,
    Person,
    VersionQuerySet,
)
from commonweal.core.permissions import Permission
from commonweal.options.models import Agreement


class AgreementVariation(AppendOnly, PartnershipRecord):
    """One variation as agreed: what changed, why, on which ground of law. Never edited; a later one follows."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="variations")
    number = models.PositiveSmallIntegerField()
    agreed_on = models.DateField()
    what = models.CharField(max_length=1000)
    reason = models.CharField(max_length=1000)
    ground = models.CharField(max_length=300)
    pounds = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)   # more or less, in all
    ends = models.DateField(null=True, blank=True)                                         # the new last day
    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["agreement", "number"], name="agreements_variation_once")]


class DayKind(models.TextChoices):
    """What happens on a day."""

    BREAK = "break", "It may be ended early"
    NOTICE = "notice", "Notice must be given by then"
    RENEWAL = "renewal", "It may be renewed"
    PRICE = "price", "Its price changes"
    REVIEW = "review", "It is reviewed"
    OTHER = "other", "Something else"


class AgreementDay(PartnershipRecord):
    """A day to watch; it waits for whoever works here from `ahead` days before."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="days")
    kind = models.CharField(max_length=8, choices=DayKind)
    day = models.DateField()
    words = models.CharField(max_length=300, blank=True)
    ahead = models.PositiveSmallIntegerField(default=120)
    done_on = models.DateField(null=True, blank=True)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["day", "created"]
        constraints = [models.UniqueConstraint(
            fields=["agreement", "kind", "day"], name="agreements_day_once",
            violation_error_message="This day is here already.",
        )]


class AgreementContact(PartnershipRecord):
    """Whom to ring at one of the parties."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="contacts")
    party = models.CharField(max_length=160)
    name = models.CharField(max_length=120)
    job = models.CharField(max_length=120, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    class Meta:
        ordering = ["party", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(email__gt="") | Q(phone__gt=""), name="agreements_contact_reached",
                violation_error_message="Give an e-mail address or a telephone number.",
            ),
            models.UniqueConstraint(
                fields=["agreement", "party", "name"], name="agreements_contact_once",
                violation_error_message="They are here already.",
            ),
        ]


class AgreementPaper(PartnershipRecord):
    """A paper of the agreement, kept as it was brought; taken out, its bytes go and its name and hash stay.

    `content` is sealed where `sealed` says so; size and hash are those of the paper itself.
    """

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="papers")
    title = models.CharField(max_length=160)
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=10)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(null=True)
    sealed = models.BooleanField(default=False)
    by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    removed_on = models.DateField(null=True, blank=True)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    class Meta:
        ordering = ["title", "created"]
        constraints = [models.UniqueConstraint(
            fields=["agreement", "sha256"], condition=Q(removed_on=None), name="agreements_paper_once",
            violation_error_message="This very file is here already.",
        )]


class Of(models.TextChoices):
    """What departs from plan."""

    INCOME = "income", "Income: more than planned is a gain"
    COST = "cost", "Cost: more than planned is a loss"


class RiskShare(PartnershipRecord):
    """Who bears a departure from plan: the provider within the collar, a share to the cap, another beyond."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="risk_shares")
    title = models.CharField(max_length=120)
    of = models.CharField(max_length=6, choices=Of)
    collar = models.DecimalField(max_digits=12, decimal_places=2)
    cap = models.DecimalField(max_digits=12, decimal_places=2)
    shared = models.DecimalField(max_digits=5, decimal_places=4)   # the provider's part between collar and cap
    beyond = models.DecimalField(max_digits=5, decimal_places=4)   # the provider's part beyond the cap
    source = models.CharField(max_length=300)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "title"], name="agreements_risk_once",
                violation_error_message="This risk is here already.",
            ),
            models.CheckConstraint(
                condition=Q(collar__gte=0, cap__gte=F("collar")), name="agreements_risk_bands",
                violation_error_message="The cap is not below the collar, and neither is below 0.",
            ),
            models.CheckConstraint(
                condition=Q(shared__range=(0, 1), beyond__range=(0, 1)), name="agreements_risk_shares",
                violation_error_message="A share is from 0 to 100 per cent.",
            ),
        ]


class RiskYear(PartnershipRecord):
    """One year of an open book: what was planned, what it came to, and where both stand written."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    share = models.ForeignKey(RiskShare, models.PROTECT, related_name="years")
    year = models.CharField(max_length=7)
    planned = models.DecimalField(max_digits=14, decimal_places=2)
    actual = models.DecimalField(max_digits=14, decimal_places=2)
    source = models.CharField(max_length=300)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["year"]
        constraints = [models.UniqueConstraint(
            fields=["share", "year"], name="agreements_risk_year_once",
            violation_error_message="This year is here already.",
        )]
