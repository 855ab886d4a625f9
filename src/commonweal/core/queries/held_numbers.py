"""The numbers of a pooled data set as far as they are shared; each says whose it is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from commonweal.core.actions.held_numbers import FEWEST
from commonweal.core.figure import Figure, Grade, PlaceRef, Quality, Release, SourceRef, Unit
from commonweal.core.models import HeldNumbers
from commonweal.core.purpose import Purpose
from commonweal.core.queries.partnerships import PartnershipView
from commonweal.core.queries.sharing import HeldView, How
from commonweal.core.viewer import Viewer

LICENCE = {How.OWN: "Not shared beyond its owner", How.PLACED: "Before all partners",
           How.AGREED: "Shared under an agreement, for its purpose and nothing else"}
QUALITY = Quality(Grade.C, ("brought by its owner; nobody checked it here",))
HIDDEN = f"Hidden: fewer than {FEWEST}, or a total that holds such a count, or not given"


@dataclass(frozen=True, slots=True)
class PooledRow:
    """One line: its labels and its number."""

    labels: tuple[str, ...]
    figure: Figure


@dataclass(frozen=True, slots=True)
class PooledTable:
    """The table as the viewer may see it; fields that are not shared are added up and gone."""

    owner: str
    labels: tuple[str, ...]
    measure: str
    base: str
    period: str
    source: SourceRef
    rows: tuple[PooledRow, ...]


def numbers_of(viewer: Viewer, view: PartnershipView, held: HeldView, purpose: Purpose) -> PooledTable | None:
    """The numbers of a data set just opened (`held_one` wrote the use down); None where there are none to show."""
    rows = HeldNumbers.objects.visible_to(viewer, purpose).filter(held=held.id, partnership=view.id)
    row = rows.first()
    shared = {one.name.casefold() for one in held.fields}
    if row is None or row.measure.casefold() not in shared:
        return None
    places = [at for at, name in enumerate(row.labels) if name.casefold() in shared]
    source = SourceRef(
        dataset=f"held-{held.id}", title=held.title, publisher=held.owner, licence=LICENCE[held.how],
        version=row.sha256[:12], published=f"{row.brought_at:%Y-%m-%d}", invented=view.invented,
    )
    lines = tuple(PooledRow(labels, _figure(number, row, source, place_of(view)))
                  for labels, number in _added_up(row.rows, places, whole=len(places) == len(row.labels)))
    return PooledTable(held.owner, tuple(row.labels[at] for at in places), row.measure, row.base, row.period,
                       source, lines)


def place_of(view: PartnershipView) -> PlaceRef:
    """The partnership's first place, or the partnership where it has none."""
    for one in view.places:
        return PlaceRef(one.kind, one.code, one.name, one.vintage, view.invented)
    return PlaceRef("partnership", str(view.id), view.name, 0, view.invented)


def _added_up(
    rows: list[list[str | float | None]], places: list[int], *, whole: bool
) -> list[tuple[tuple[str, ...], float | None]]:
    """Lines with the same shared labels together; one that holds a hidden count is hidden as a whole."""
    if whole:
        return [(tuple(str(one) for one in line[:-1]), _plain(line[-1])) for line in rows]
    found: dict[tuple[str, ...], list[float | None]] = defaultdict(list)
    for line in rows:
        found[tuple(str(line[at]) for at in places)].append(_plain(line[-1]))
    return [(labels, None if None in each else sum(one for one in each if one is not None))
            for labels, each in found.items()]


def _plain(number: str | float | None) -> float | None:
    return None if number is None else float(number)


def _figure(number: float | None, row: HeldNumbers, source: SourceRef, place: PlaceRef) -> Figure:
    return Figure(
        value=number, unit=Unit.COUNT, base=row.base, place=place, period=row.period, source=source,
        method="As its owner counted it", method_version="", quality=QUALITY,
        release=Release.RESTRICTED if number is not None else Release.SUPPRESSED,
        missing="" if number is not None else HIDDEN, decimals=0 if number is None or number == int(number) else 1,
    )
