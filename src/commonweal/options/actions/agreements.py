"""Agreements are entered in the register, with their parties and the money of each year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import models, transaction

from commonweal.core.actions.recording import record_event, saved
from commonweal.core.errors import Refused
from commonweal.core.models import Partnership
from commonweal.core.money import check_year
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.options.models import Agreement, AgreementParty, AgreementYear
from commonweal.options.money_content import named
from commonweal.policy.delivery_vehicles import catalogue
from commonweal.policy.procurement_law import regimes

MOST_YEARS = 40


class Verb(models.TextChoices):
    """The deeds of the register."""

    RECORDED = "agreement.recorded"
    CHANGED = "agreement.changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementSaid:
    """What an agreement says; parties as (name, part), years as (financial year, pounds)."""

    title: str
    service: str
    form: str
    begins: date
    ends: date | None
    regime: str
    source: str
    parties: tuple[tuple[str, str], ...]
    years: tuple[tuple[str, Decimal], ...]
    vat: str = "excluded"


@transaction.atomic
def record_agreement(*, by: Viewer, partnership: Partnership, said: AgreementSaid) -> Agreement:
    """Enter an agreement."""
    require(by, Permission.RECORD_EVIDENCE, partnership.pk)
    made = _written(Agreement(partnership=partnership), said)
    record_event(by=by, verb=Verb.RECORDED, subject=made, partnership=partnership.pk)
    return made


@transaction.atomic
def change_agreement(*, by: Viewer, agreement: Agreement, said: AgreementSaid) -> Agreement:
    """Put an entry right."""
    require(by, Permission.RECORD_EVIDENCE, agreement.partnership_id)
    held: Agreement = Agreement.objects.select_for_update().get(pk=agreement.pk)
    held.parties.all().delete()
    held.years.all().delete()
    _written(held, said)
    record_event(by=by, verb=Verb.CHANGED, subject=held, partnership=held.partnership_id)
    return held


def _written(row: Agreement, said: AgreementSaid) -> Agreement:
    _sound(said)
    row.title, row.service, row.form = said.title.strip(), said.service, said.form
    row.begins, row.ends, row.regime, row.source = said.begins, said.ends, said.regime, said.source.strip()
    saved(row)
    there = row.partnership_id
    for name, part in said.parties:
        saved(AgreementParty(partnership_id=there, agreement=row, name=name.strip(), part=part))
    for year, pounds in said.years:
        saved(AgreementYear(partnership_id=there, agreement=row, year=year, pounds=pounds, vat=said.vat))
    return row


def _sound(said: AgreementSaid) -> None:
    if said.service not in {one.key for one in catalogue().services}:
        raise Refused("There is no such service. Choose one of the list.")
    if said.form not in {one.key for one in named("agreements", "forms")}:
        raise Refused("There is no such form of agreement. Choose one of the list.")
    if said.regime and said.regime not in {one.key for one in regimes()}:
        raise Refused("There is no such law. Choose one of the list.")
    if {part for _, part in said.parties} != {"pays", "delivers"}:
        raise Refused("Name at least one who pays or grants, and one who delivers.")
    if not said.years:
        raise Refused("Give what is paid in at least one year; 0 where nothing is.")
    if len(said.years) > MOST_YEARS:
        raise Refused(f"An agreement has {MOST_YEARS} years at most here.")
    for year, _ in said.years:
        try:
            check_year(year)
        except ValueError as wrong:
            raise Refused(f"{str(wrong).capitalize()}.") from wrong
