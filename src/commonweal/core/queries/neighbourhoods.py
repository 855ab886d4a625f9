"""Neighbourhoods as the partnership sees them: their wards, who speaks for them, and their money by year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from commonweal.core import clock
from commonweal.core.errors import NotFound
from commonweal.core.models import (
    Neighbourhood,
    NeighbourhoodBudget,
    PartnershipOrganisation,
    PartnershipPlace,
    VatBasis,
)
from commonweal.core.money import Money
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer
from commonweal.core.wards import wards_in


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """What counts for one year, who decided so, when it was written here, and how often it was said before."""

    year: str
    money: Money
    vat: str
    source: str
    written: date
    earlier: tuple[Money, ...]


@dataclass(frozen=True, slots=True)
class NeighbourhoodCard:
    """One neighbourhood."""

    id: UUID
    name: str
    place: str
    wards: tuple[str, ...]
    vintage: int
    speaker: UUID | None
    speaker_name: str
    signs_off: bool
    since: date
    budgets: tuple[BudgetLine, ...]


@dataclass(frozen=True, slots=True)
class PlaceToDivide:
    """A place with the wards that are in no neighbourhood yet."""

    id: UUID
    name: str
    free: tuple[tuple[str, str], ...]
    wards: int


def neighbourhoods_in(viewer: Viewer, partnership: UUID) -> tuple[NeighbourhoodCard, ...]:
    """Those that stand today, by name."""
    seen = Neighbourhood.objects.visible_to(viewer, Purpose.ADMINISTRATION)
    standing = seen.filter(partnership=partnership, end=None)
    rows = [*standing.select_related("place", "speaker").order_by("name", "id")]
    signs = dict(
        PartnershipOrganisation.objects.visible_to(viewer, Purpose.ADMINISTRATION).on(clock.today())
        .filter(partnership=partnership).values_list("organisation_id", "signs_off")
    )
    names = {ward.code: ward.name for place in {row.place for row in rows} for ward in wards_in(place)}
    money = NeighbourhoodBudget.objects.visible_to(viewer, Purpose.ADMINISTRATION).filter(neighbourhood__in=rows)
    budgets: dict[UUID, list[NeighbourhoodBudget]] = {}
    for one in money.order_by("id"):
        budgets.setdefault(one.neighbourhood_id, []).append(one)
    return tuple(
        NeighbourhoodCard(
            id=row.pk, name=row.name, place=row.place.name,
            wards=tuple(sorted(names.get(code, code) for code in row.wards)), vintage=row.vintage,
            speaker=row.speaker_id if row.speaker_id in signs else None,
            speaker_name=row.speaker.name if row.speaker and row.speaker_id in signs else "",
            signs_off=bool(row.speaker_id and signs.get(row.speaker_id)), since=row.start,
            budgets=_budgets(budgets.get(row.pk, [])),
        )
        for row in rows
    )


def how_many_neighbourhoods(viewer: Viewer, partnership: UUID) -> int:
    """How many stand today."""
    seen = Neighbourhood.objects.visible_to(viewer, Purpose.ADMINISTRATION)
    standing: int = seen.filter(partnership=partnership, end=None).count()
    return standing


def neighbourhood_of(viewer: Viewer, partnership: UUID, neighbourhood: UUID) -> Neighbourhood:
    """The record, for a form; NotFound where it does not stand or is not theirs to see."""
    seen = Neighbourhood.objects.visible_to(viewer, Purpose.ADMINISTRATION)
    found: Neighbourhood | None = seen.filter(partnership=partnership, pk=neighbourhood, end=None).first()
    if found is None:
        raise NotFound("There is no such neighbourhood in this partnership.")
    return found


def places_to_divide(viewer: Viewer, partnership: UUID) -> tuple[PlaceToDivide, ...]:
    """The partnership's places, and which wards of each are still free."""
    places = PartnershipPlace.objects.visible_to(viewer, Purpose.ADMINISTRATION).on(clock.today())
    standing = Neighbourhood.objects.visible_to(viewer, Purpose.ADMINISTRATION)
    taken = {
        code for wards in standing.filter(partnership=partnership, end=None).values_list("wards", flat=True)
        for code in wards
    }
    found = []
    for place in places.filter(partnership=partnership).order_by("name", "id"):
        wards = wards_in(place)
        free = tuple((ward.code, ward.name) for ward in wards if ward.code not in taken)
        found.append(PlaceToDivide(place.pk, place.name, free, len(wards)))
    return tuple(found)


def _budgets(rows: Iterable[NeighbourhoodBudget]) -> tuple[BudgetLine, ...]:
    """Newest year first; of each year the last word, and what was said before it."""
    by_year: dict[str, list[NeighbourhoodBudget]] = {}
    for row in rows:
        by_year.setdefault(row.year, []).append(row)
    return tuple(
        BudgetLine(
            year, held[-1].money, str(VatBasis(held[-1].vat).label), held[-1].source,
            clock.local_day(held[-1].created), tuple(one.money for one in held[:-1]),
        )
        for year, held in sorted(by_year.items(), reverse=True)
    )
