"""How a round of ranking is set out: what one's own organisation gave, and the table of all orders."""

from __future__ import annotations

from dataclasses import dataclass

from commonweal.needs.models.ranking import Side
from commonweal.needs.queries.ranking import RankingLine, RoundView
from commonweal.present.table import Cell, DataTable, Missing, text_column

NOT_RANKED = Missing("not ranked")


@dataclass(frozen=True, slots=True)
class OwnLine:
    """One perspective from which one's organisation may rank, and whether it has."""

    side: Side
    given: RankingLine | None


def own_lines(found: RoundView) -> tuple[OwnLine, ...]:
    """The four perspectives, with what one's own organisation gave from each."""
    held = {line.side: line for line in found.mine}
    return tuple(OwnLine(side, held.get(side)) for side in Side)


def whose(line: RankingLine) -> str:
    """Whose order it is: the organisation, and from which perspective where it is not its own."""
    return line.name if line.side is Side.PARTNERS else f"{line.name} ({str(line.side.label).lower()})"


def places_table(found: RoundView) -> DataTable | None:
    """Every order that may be seen, a column each."""
    if not found.rankings:
        return None
    columns = (text_column("Need"), *(text_column(whose(line)) for line in found.rankings))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (need.title, *(_cell(line.places[at]) for line in found.rankings)) for at, need in enumerate(found.needs)
    )
    return DataTable("The place each gave", columns, rows, key="places")


def _cell(place: int | None) -> Cell:
    return NOT_RANKED if place is None else str(place)
