"""How a trade is set out: what each gives beside its worth, the balance month by month, and what each gains."""

from __future__ import annotations

from commonweal.present.table import Column, DataTable, Kind
from commonweal.procurement.pages.rules import pounds
from commonweal.procurement.queries.trades import TradeCard


def worth_table(card: TradeCard) -> DataTable:
    """What each side gives, what it is fairly worth, and how much of it has been given."""
    columns = (Column("Who gives"), Column("What"), Column("How much"), Column("Worth, £", Kind.NUMBER),
               Column("Given so far"))
    rows = tuple(
        (one.giver_name, one.what, f"{one.quantity.normalize():f} {one.unit} at {pounds(one.rate)}",
         float(one.worth), f"{one.done.normalize():f} {one.unit}") for one in card.promises)
    known = tuple(f"{one.what}, how its worth is known: {one.method}. {one.because}" for one in card.promises)
    return DataTable("What each side gives", columns, rows, notes=known, key="worth")


def balance_table(card: TradeCard) -> DataTable | None:
    """What each had given by the end of each month; None before anything was."""
    if not card.over_time:
        return None
    columns = (Column("By the end of"), Column(f"{card.first_name}, £", Kind.NUMBER),
               Column(f"{card.second_name}, £", Kind.NUMBER), Column("Difference, £", Kind.NUMBER))
    rows = tuple((f"{one.month:%B %Y}", float(one.first), float(one.second), float(one.ahead))
                 for one in card.over_time)
    return DataTable("Worth of what each had given, sums running on", columns, rows, key="balance")


def gains_of(card: TradeCard) -> tuple[tuple[str, str, str], ...]:
    """Each side: what it gains in its own words, and in pounds what it gets for what it gives."""
    found = []
    for side, name, words in ((card.first, card.first_name, card.first_gains),
                              (card.second, card.second_name, card.second_gains)):
        other = card.second if side == card.first else card.first
        said = f"gives £{card.worth(side):,.0f}, gets £{card.worth(other):,.0f}"
        found.append((name, words or "Has not said yet.", said))
    return tuple(found)
