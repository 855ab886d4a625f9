"""How pooled numbers are set out: every line says whose it is."""

from __future__ import annotations

from commonweal.core.queries.held_numbers import HIDDEN, PooledTable
from commonweal.present.provenance import citation
from commonweal.present.table import Cell, DataTable, Missing, number_column, text_column

FEW = Missing("hidden")


def pooled_table(found: PooledTable | None) -> DataTable | None:
    """The table with its owner in every row; nothing where there is none."""
    if found is None:
        return None
    labels = (text_column(name) for name in found.labels)
    columns = (*labels, number_column(found.measure), text_column("Whose it is"))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (*row.labels, FEW if row.figure.value is None else row.figure.value, found.owner) for row in found.rows
    )
    hidden = (f"{HIDDEN}.",) if any(row.figure.value is None for row in found.rows) else ()
    return DataTable(
        f"{found.base[:1].upper()}{found.base[1:]}, {found.period}", columns, rows, source=citation(found.source),
        key="pooled", notes=("As its owner counted it; nobody checked it here.", *hidden),
    )
