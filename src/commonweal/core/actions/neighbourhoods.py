"""Neighbourhoods are marked out in a place, given a voice and a budget, and end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.db import transaction

from commonweal.core import clock
from commonweal.core.actions.recording import record_event, saved
from commonweal.core.errors import NotAllowed, Refused
from commonweal.core.models import (
    Neighbourhood,
    NeighbourhoodBudget,
    Organisation,
    Partnership,
    PartnershipOrganisation,
    PartnershipPlace,
    PartnershipRole,
    VatBasis,
    Verb,
)
from commonweal.core.money import check_year
from commonweal.core.permissions import Permission, Role
from commonweal.core.viewer import Viewer, require
from commonweal.core.wards import wards_in


@dataclass(frozen=True, slots=True)
class Budget:
    """What is said of a budget: the year as 2026-27, the amount, and where it was decided."""

    year: str
    pounds: Decimal
    source: str
    vat: VatBasis = VatBasis.OUTSIDE


@transaction.atomic
def add_neighbourhood(
    *, by: Viewer, place: PartnershipPlace, name: str, wards: Sequence[str], speaker: Organisation | None = None
) -> Neighbourhood:
    """Some wards of a place of the partnership, none of them in two neighbourhoods."""
    require(by, Permission.MANAGE_PARTNERSHIP, place.partnership_id)
    there = {ward.code: ward for ward in wards_in(place)}
    chosen = sorted(set(wards))
    if set(chosen) - set(there):
        raise Refused(f"Not all of these are wards of {place.name}. Choose from the list.")
    _require_free(place, chosen)
    _require_seat(place.partnership, speaker)
    made = saved(Neighbourhood(
        partnership=place.partnership, place=place, name=" ".join(name.split()), wards=chosen, speaker=speaker,
        vintage=max((there[code].vintage for code in chosen), default=place.vintage), start=clock.today(),
    ))
    record_event(by=by, verb=Verb.NEIGHBOURHOOD_ADDED, subject=made, partnership=place.partnership_id)
    return made


@transaction.atomic
def change_neighbourhood(
    *, by: Viewer, neighbourhood: Neighbourhood, name: str, speaker: Organisation | None
) -> Neighbourhood:
    """Another name, or another voice; what it was stays in its history."""
    held = _standing(by, neighbourhood)
    _require_seat(held.partnership, speaker)
    held.name, held.speaker = " ".join(name.split()), speaker
    saved(held)
    record_event(by=by, verb=Verb.NEIGHBOURHOOD_CHANGED, subject=held, partnership=held.partnership_id)
    return held


@transaction.atomic
def end_neighbourhood(*, by: Viewer, neighbourhood: Neighbourhood) -> None:
    """It is no more: its wards are free for another; one that began today lasts until tomorrow."""
    held = _standing(by, neighbourhood)
    held.end = max(clock.today(), held.start + timedelta(days=1))
    saved(held)
    record_event(by=by, verb=Verb.NEIGHBOURHOOD_ENDED, subject=held, partnership=held.partnership_id)


@transaction.atomic
def set_budget(*, by: Viewer, neighbourhood: Neighbourhood, budget: Budget) -> NeighbourhoodBudget:
    """Its money for a year; a later word on the same year takes the place of an earlier one, which is kept."""
    held = _standing(by, neighbourhood)
    _require_own_word(by, held)
    try:
        year = check_year(budget.year.strip())
    except ValueError as error:
        raise Refused("Write the financial year as 2026-27.") from error
    made = saved(NeighbourhoodBudget(
        partnership=held.partnership, neighbourhood=held, year=year, pounds=budget.pounds, vat=budget.vat,
        source=" ".join(budget.source.split()), by_id=by.person,
    ))
    record_event(by=by, verb=Verb.BUDGET_SET, subject=made, partnership=held.partnership_id)
    return made


def _standing(by: Viewer, neighbourhood: Neighbourhood) -> Neighbourhood:
    require(by, Permission.MANAGE_PARTNERSHIP, neighbourhood.partnership_id)
    held: Neighbourhood = Neighbourhood.objects.select_for_update(of=("self",)).get(pk=neighbourhood.pk)
    if held.end is not None:
        raise Refused(f"{held.name} has ended.")
    return held


def _require_free(place: PartnershipPlace, chosen: Sequence[str]) -> None:
    for other in Neighbourhood.objects.filter(partnership=place.partnership_id, end=None):
        if set(other.wards) & set(chosen):
            raise Refused(f"Some of these wards are in {other.name} already. A ward is in one neighbourhood.")


def _require_seat(partnership: Partnership, speaker: Organisation | None) -> None:
    seats = PartnershipOrganisation.objects.on(clock.today()).filter(partnership=partnership)
    if speaker is not None and not seats.filter(organisation=speaker).exists():
        raise Refused(f"{speaker.name} has no seat in {partnership.name}. Add it first: a seat is its say.")


def _require_own_word(by: Viewer, held: Neighbourhood) -> None:
    """Where whoever speaks for it has an administrator here, the budget is theirs to say."""
    if by.system or by.staff or held.speaker is None:
        return
    heads = PartnershipRole.objects.on(clock.today()).filter(
        partnership=held.partnership_id, organisation=held.speaker_id, role=Role.ADMIN, person__is_active=True
    )
    if by.organisation_in(held.partnership_id) != held.speaker_id and heads.exists():
        raise NotAllowed(f"{held.speaker.name} speaks for {held.name}. Only its administrator sets the budget.")
