"""The smallest register of agreements: who with whom, for which service, for how much a year, by which law."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from commonweal.core.models import AppendOnly, PartnershipRecord, PartnershipRecordQuerySet, VersionQuerySet
from commonweal.core.money import Vat
from commonweal.core.permissions import Permission


class PartyPart(models.TextChoices):
    """What a party does in an agreement."""

    PAYS = "pays", "Pays or grants"
    DELIVERS = "delivers", "Delivers"


class Agreement(PartnershipRecord):
    """One contract, grant or lease as it stands; money is by financial year in `years`."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    title = models.CharField(max_length=120)
    service = models.SlugField(max_length=20)
    form = models.SlugField(max_length=12)
    begins = models.DateField()
    ends = models.DateField(null=True, blank=True)
    regime = models.SlugField(max_length=10, blank=True)
    source = models.CharField(max_length=300)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "title"], name="options_agreement_once",
                violation_error_message="There is an agreement of this name already.",
            ),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("begins")), name="options_agreement_span",
                violation_error_message="The last day is before the first.",
            ),
            models.CheckConstraint(
                condition=~Q(source=""), name="options_agreement_sourced",
                violation_error_message="Say where this is from.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class AgreementParty(PartnershipRecord):
    """One party of an agreement."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="parties")
    name = models.CharField(max_length=160)
    part = models.CharField(max_length=10, choices=PartyPart)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(
            fields=["agreement", "name"], name="options_party_once",
            violation_error_message="A party is named once.",
        )]


class AgreementPassing(AppendOnly, PartnershipRecord):
    """A party's part goes to another from a day, by a law; the latest of a party holds. What was signed stays."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="passings")
    party = models.CharField(max_length=160)
    to = models.CharField(max_length=160)
    day = models.DateField()
    law = models.CharField(max_length=300)
    objects: ClassVar[Any] = VersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(party=F("to")) & ~Q(to="") & ~Q(law=""), name="options_passing_said",
                violation_error_message="Say to whom it passes, and by which order, act or deed.",
            ),
        ]


class AgreementYear(PartnershipRecord):
    """What is paid under an agreement in one financial year, such as 2026-27."""

    view_permission: ClassVar[Permission] = Permission.VIEW_EVIDENCE

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="years")
    year = models.CharField(max_length=7)
    pounds = models.DecimalField(max_digits=14, decimal_places=2)
    vat = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Vat], default=Vat.EXCLUDED)
    objects: ClassVar[Any] = PartnershipRecordQuerySet.as_manager()

    class Meta:
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "year"], name="options_agreement_year_once",
                violation_error_message="A year is given once.",
            ),
            models.CheckConstraint(
                condition=Q(pounds__gte=0), name="options_agreement_pounds",
                violation_error_message="Pounds are 0 or more.",
            ),
        ]
