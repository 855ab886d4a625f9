"""What a score points to: evidence, a finding of a kept assessment, a case, or a link of the theory of change."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from commonweal.core.models import PartnershipRecord, PartnershipRecordQuerySet
from commonweal.core.permissions import Permission
from commonweal.needs.models import EvidenceItem, KeptAssessmentVersion
from commonweal.options.models.appraisal import Score
from commonweal.priorities.models import TheoryLink


class GroundKind(models.TextChoices):
    """What sort of thing a score may point to."""

    EVIDENCE = "evidence", "Evidence"
    FINDING = "finding", "A finding of an assessment"
    CASE = "case", "A case study"
    LINK = "link", "A link of the theory of change"


class Ground(PartnershipRecord):
    """One thing that one score rests on.

    `case` is a key of the library; `finding` a place in a kept version, which never changes, and `says` its words.
    """

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    score = models.ForeignKey(Score, models.CASCADE, related_name="grounds")
    kind = models.CharField(max_length=10, choices=GroundKind)
    evidence = models.ForeignKey(EvidenceItem, models.PROTECT, null=True, blank=True, related_name="+")
    assessment = models.ForeignKey(KeptAssessmentVersion, models.PROTECT, null=True, blank=True, related_name="+")
    finding = models.PositiveSmallIntegerField(null=True, blank=True)
    says = models.CharField(max_length=400, blank=True)
    case = models.CharField(max_length=60, blank=True)
    link = models.ForeignKey(TheoryLink, models.PROTECT, null=True, blank=True, related_name="+")
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(kind="evidence", evidence__isnull=False, assessment=None, finding=None, case="", link=None)
                    | Q(kind="finding", assessment__isnull=False, finding__isnull=False, evidence=None, case="",
                        link=None)
                    | (Q(kind="case", evidence=None, assessment=None, finding=None, link=None) & ~Q(case=""))
                    | Q(kind="link", link__isnull=False, evidence=None, assessment=None, finding=None, case="")
                ), name="options_ground_one_thing",
            ),
            models.UniqueConstraint(
                fields=["score", "evidence"], condition=Q(kind="evidence"), name="options_ground_evidence_once"),
            models.UniqueConstraint(
                fields=["score", "assessment", "finding"], condition=Q(kind="finding"),
                name="options_ground_finding_once"),
            models.UniqueConstraint(
                fields=["score", "case"], condition=Q(kind="case"), name="options_ground_case_once"),
            models.UniqueConstraint(
                fields=["score", "link"], condition=Q(kind="link"), name="options_ground_link_once"),
        ]
