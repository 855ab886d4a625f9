"""What is there for groups: whom to ask, money, training, help and forms; and what each group has applied for."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from commonweal.core.models import Organisation, PartnershipRecord, PartnershipRecordQuerySet
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer


class Welcome(PartnershipRecord):
    """A partnership's page for groups: who answers for it, and whether everybody may read it."""

    view_permission: ClassVar[Permission] = Permission.VIEW_PARTNERSHIP

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    words = models.CharField(max_length=300)
    name = models.CharField(max_length=100)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    shown = models.BooleanField(default=False)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership"], name="providers_welcome_once"),
            models.CheckConstraint(
                condition=~Q(phone="") | ~Q(email=""), name="providers_welcome_reached",
                violation_error_message="Give a phone number or an e-mail address, so that groups can ask.",
            ),
        ]

    def __str__(self) -> str:
        return f"Page for groups of {self.partnership_id}"


class OfferKind(models.TextChoices):
    """What sort of thing is offered to groups."""

    MONEY = "money", "Money"
    TRAINING = "training", "Training"
    HELP = "help", "Help and advice"
    FORM = "form", "Forms and guides"


class Offer(PartnershipRecord):
    """One thing that groups can have, who says so, and on which day that was last looked up."""

    view_permission: ClassVar[Permission] = Permission.VIEW_PARTNERSHIP

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=OfferKind)
    title = models.CharField(max_length=120)
    words = models.CharField(max_length=500)
    giver = models.CharField(max_length=120)
    least = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    most = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    closes = models.DateField(null=True, blank=True)   # the last day to ask; of training, its day
    where = models.CharField(max_length=200, blank=True)
    places = models.PositiveSmallIntegerField(null=True, blank=True)
    web = models.URLField(max_length=300, blank=True)
    ask = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=200)
    checked = models.DateField()
    ended = models.BooleanField(default=False)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [models.CheckConstraint(
            condition=Q(least=None) | Q(most=None) | Q(most__gte=F("least")), name="providers_offer_most",
            violation_error_message="The most that is given cannot be less than the least.",
        )]

    def __str__(self) -> str:
        return self.title


class ApplicationState(models.TextChoices):
    """How far an application has come."""

    THINKING = "thinking", "Thinking about it"
    WRITING = "writing", "Writing it"
    SENT = "sent", "Sent, no answer yet"
    WON = "won", "We got it"
    LOST = "lost", "We did not get it"
    DROPPED = "dropped", "We let it go"


class ApplicationQuerySet(PartnershipRecordQuerySet):
    """Applications; nobody but the group's own people sees them."""

    def of(self, viewer: Viewer, partnership: Any) -> Self:
        """Those of the organisation the viewer acts for there."""
        whose = viewer.organisation_in(partnership)
        return self.filter(partnership=partnership, organisation=whose) if whose else self.none()


class Application(PartnershipRecord):
    """What one group applied for, with whom, for how much, and what came of it."""

    view_permission: ClassVar[Permission] = Permission.BRING_EVIDENCE

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    offer = models.ForeignKey(Offer, models.PROTECT, null=True, blank=True, related_name="applications")
    title = models.CharField(max_length=120)
    to = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=ApplicationState, default=ApplicationState.THINKING)
    asked = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    got = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    due = models.DateField(null=True, blank=True)
    answer_by = models.DateField(null=True, blank=True)
    why = models.CharField(max_length=500, blank=True)
    learnt = models.CharField(max_length=500, blank=True)
    objects: ClassVar[Any] = ApplicationQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [models.CheckConstraint(
            condition=Q(got=None) | Q(state=ApplicationState.WON), name="providers_got_if_won",
            violation_error_message="Say how much you got only if you got it.",
        )]

    def __str__(self) -> str:
        return self.title
