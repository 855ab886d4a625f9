"""What teams are asked for in a commission, and who is willing to be in one: never shown to whoever buys."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from commonweal.core.models import Organisation, PartnershipRecord, PartnershipRecordQuerySet
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer
from commonweal.procurement.models.commission import Commission, CommissionState

CLOSED = (CommissionState.DECIDED, CommissionState.WITHDRAWN)


class TeamBrief(PartnershipRecord):
    """What a commission takes, cut so that several could share it; told to every provider alike.

    `exposure` is the share of its turnover that a partner may earn by it, `joining` what one more partner costs
    a year to work with, `weeks` how many weeks a year it runs, `arrears` the months until the first payment.
    """

    view_permission: ClassVar[Permission] = Permission.VIEW_PARTNERSHIP

    commission = models.OneToOneField(Commission, models.PROTECT, related_name="team_brief")
    standards = models.JSONField(default=list, blank=True)
    partners = models.PositiveSmallIntegerField(null=True, blank=True)
    exposure = models.DecimalField(max_digits=4, decimal_places=2)
    joining = models.DecimalField(max_digits=8, decimal_places=2)
    weeks = models.PositiveSmallIntegerField()
    arrears = models.PositiveSmallIntegerField()
    lead_turnover = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(exposure__gt=0, exposure__lte=1), name="procurement_exposure_share",
                                   violation_error_message="Exposure is a share of turnover: above 0, at most 1."),
            models.CheckConstraint(condition=Q(weeks__gte=1, weeks__lte=52), name="procurement_weeks_of_year",
                                   violation_error_message="It runs between 1 and 52 weeks a year."),
        ]


class BriefLine(PartnershipRecord):
    """One cell of what is needed: what, for whom, where, and how many hours a week."""

    view_permission: ClassVar[Permission] = Permission.VIEW_PARTNERSHIP

    brief = models.ForeignKey(TeamBrief, models.CASCADE, related_name="lines")
    capability = models.CharField(max_length=120)
    group = models.CharField(max_length=120, blank=True)
    area = models.CharField(max_length=120)
    position = models.PositiveIntegerField()
    hours = models.DecimalField(max_digits=8, decimal_places=2)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["brief", "position"], name="procurement_line_once")]


class WillingQuerySet(PartnershipRecordQuerySet):
    """Who is willing; an organisation's people see their own line, all else goes through the finder."""

    def of(self, viewer: Viewer, brief: TeamBrief) -> Any:
        """That of the organisation the viewer acts for."""
        whose = viewer.organisation_in(brief.partnership_id)
        return self.filter(brief=brief, organisation=whose) if whose else self.none()


class Willing(PartnershipRecord):
    """One organisation that would be in a team: how much it can do, at what price, and whether it could lead."""

    view_permission: ClassVar[Permission] = Permission.BRING_EVIDENCE

    brief = models.ForeignKey(TeamBrief, models.CASCADE, related_name="willing")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    hours = models.DecimalField(max_digits=8, decimal_places=2)
    price = models.DecimalField(max_digits=8, decimal_places=2)
    turnover = models.DecimalField(max_digits=14, decimal_places=2)
    leads = models.BooleanField(default=False)
    conflict = models.CharField(max_length=300, blank=True)
    stands = models.BooleanField(default=True)
    lines = models.ManyToManyField(BriefLine, related_name="+")
    objects: ClassVar[Any] = WillingQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["brief", "organisation"], name="procurement_willing_once")]


class TeamSearch(PartnershipRecord):
    """A long search: the question by its digest, the answer once there is one, first a good one, then the best.

    Of one organisation that is willing, or of nobody (`organisation` empty): then it holds coverage alone.
    """

    view_permission: ClassVar[Permission] = Permission.BRING_EVIDENCE

    brief = models.ForeignKey(TeamBrief, models.CASCADE, related_name="searches")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    whose = models.CharField(max_length=36, blank=True)  # its id again, so that "nobody" is unique too
    question = models.CharField(max_length=32)
    answer = models.JSONField(default=dict, blank=True)
    whole = models.BooleanField(default=False)
    found_at = models.DateTimeField(null=True, blank=True)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["brief", "whose", "question"],
                                               name="procurement_search_once")]
