"""The register as one table, for a file."""

from __future__ import annotations

from uuid import UUID

from commonweal.agreements.queries.register import Entry, register_for
from commonweal.core.figure import Unit
from commonweal.core.viewer import Viewer
from commonweal.present.table import Cell, DataTable, Missing, number_column, text_column

HEADS = ("Title", "Kind", "Service", "Pays", "Delivers", "Begins", "Ends", "Law", "Answers", "Measures", "Source")


def register_table(viewer: Viewer, partnership: UUID) -> DataTable:
    """Every agreement, those that end first on top."""
    columns = (*(text_column(one) for one in HEADS), number_column("Latest year, pounds", Unit.POUNDS),
               text_column("Latest year"))
    rows = tuple(_row(one) for one in register_for(viewer, partnership))
    return DataTable("Agreements", columns, rows, key="agreements")


def _row(entry: Entry) -> tuple[Cell, ...]:
    card = entry.card
    latest = max(card.years, key=lambda one: one[0], default=None)
    parties = {part: "; ".join(name for name, each in card.parties if each == part) for _, part in card.parties}
    pays, delivers = (next((names for part, names in parties.items() if part.startswith(word)), "")
                      for word in ("Pays", "Delivers"))
    return (
        card.title, card.form_title, card.service_title, pays, delivers, card.begins,
        card.ends or Missing("without an end"), card.regime_title or Missing("not said"),
        "; ".join(one.title for one in entry.answers) or Missing("nothing yet"),
        "; ".join(one.title for one in entry.measures if one.stands) or Missing("none"), card.source,
        float(latest[1]) if latest else Missing("not said"), latest[0] if latest else Missing("not said"),
    )
