"""A proposal to buy, run or offer something together, with the range it was costed at, and who joined."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from commonweal.core import clock
from commonweal.core.models import Organisation, PartnershipRecord, PartnershipRecordQuerySet, Person
from commonweal.core.permissions import Permission


class JointProposal(PartnershipRecord):
    """What is proposed. `low` and `high` are as they stood that day by a version of the method, or unknown."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    key = models.CharField(max_length=40)
    kind = models.SlugField(max_length=12)
    service = models.SlugField(max_length=20)
    title = models.CharField(max_length=160)
    about = models.CharField(max_length=800)
    rests_on = models.JSONField(default=list, blank=True)    # titles of this partnership's agreements and services
    low = models.DecimalField(max_digits=12, decimal_places=0, null=True, blank=True)
    high = models.DecimalField(max_digits=12, decimal_places=0, null=True, blank=True)
    shares = models.JSONField(default=list, blank=True)      # [name, low, high]
    method = models.CharField(max_length=10, blank=True)
    lead = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    proposed_on = models.DateField(default=clock.today)
    withdrawn_on = models.DateField(null=True, blank=True)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "key"], condition=Q(withdrawn_on=None), name="agreements_joint_once",
                violation_error_message="This is proposed already. Join it.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class JointMember(PartnershipRecord):
    """One organisation that joined, and what it would need of it."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    proposal = models.ForeignKey(JointProposal, models.PROTECT, related_name="members")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    wants = models.CharField(max_length=400, blank=True)
    joined_on = models.DateField(default=clock.today)
    left_on = models.DateField(null=True, blank=True)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "organisation"], name="agreements_joint_member_once"),
        ]
