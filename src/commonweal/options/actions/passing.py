"""A party's part in an agreement passes to another; when councils merge or are divided, all that still run do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import models, transaction
from django.db.models import Q

from commonweal.core.actions.councils import Piece, divide_organisation, merge_organisations
from commonweal.core.actions.recording import record_event, saved
from commonweal.core.errors import Refused
from commonweal.core.models import Organisation, PartnershipOrganisation
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.options.models import Agreement, AgreementPassing
from commonweal.options.queries.passing import bodies_now


class Verb(models.TextChoices):
    """The deed of passing on."""

    PASSED = "agreement.passed_on"


@dataclass(frozen=True, slots=True, kw_only=True)
class PassingSaid:
    """Whose part goes to whom, from which day, by which order, act or deed."""

    party: str
    to: str
    day: date
    law: str


@transaction.atomic
def pass_agreement(*, by: Viewer, agreement: Agreement, said: PassingSaid) -> AgreementPassing:
    """One party's part goes to another; dates, money and the law it was made under stay as they are."""
    require(by, Permission.RECORD_EVIDENCE, agreement.partnership_id)
    row: Agreement = Agreement.objects.select_for_update().get(pk=agreement.pk)
    names = {*row.parties.values_list("name", flat=True), *row.passings.values_list("to", flat=True)}
    if said.party not in names:
        raise Refused("Choose one of its parties.")
    if said.day < row.begins or (row.ends is not None and said.day > row.ends):
        raise Refused("Give a day on which the agreement runs.")
    return _passed(by, row, said)


@transaction.atomic
def merge_councils(
    *, by: Viewer, before: Sequence[Organisation], into: Organisation | str, day: date, law: str
) -> Organisation:
    """Organisations merge, and their part in every agreement that still runs on the day passes with them."""
    new = merge_organisations(by=by, before=before, into=into, day=day, law=law)
    for old in before:
        if old != new:
            _pass_all(by, old, new, day, law)
    return new


@transaction.atomic
def divide_council(
    *, by: Viewer, before: Organisation, pieces: Sequence[Piece], day: date, law: str
) -> tuple[Organisation, ...]:
    """One is divided; its part in agreements passes to the first, until somebody says which go elsewhere."""
    made = divide_organisation(by=by, before=before, pieces=pieces, day=day, law=law)
    _pass_all(by, before, made[0], day, law)
    return made


def _pass_all(by: Viewer, old: Organisation, new: Organisation, day: date, law: str) -> None:
    seats = PartnershipOrganisation.objects.filter(organisation=old).exclude(partnership__end__lte=day)
    there = seats.values("partnership")
    running = Agreement.objects.filter(Q(ends=None) | Q(ends__gte=day), partnership__in=there)
    for row in running.prefetch_related("parties", "passings").order_by("id"):
        named = [one.name for one in row.parties.all()]
        for holder in set(bodies_now(named, row.passings.all(), day).values()):
            if holder.casefold() == old.name.casefold():
                _passed(by, row, PassingSaid(party=holder, to=new.name, day=day, law=law))


def _passed(by: Viewer, row: Agreement, said: PassingSaid) -> AgreementPassing:
    made = saved(AgreementPassing(
        partnership_id=row.partnership_id, agreement=row, party=said.party, to=" ".join(said.to.split()),
        day=said.day, law=" ".join(said.law.split()),
    ))
    record_event(by=by, verb=Verb.PASSED, subject=made, partnership=row.partnership_id)
    return made
