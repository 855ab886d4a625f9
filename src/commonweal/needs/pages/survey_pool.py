"""How a pooled question is set out: every answer over all surveys, and each survey's own with its owner."""

from __future__ import annotations

from commonweal.core.figure import Unit
from commonweal.needs.queries.survey_pool import PooledAnswer, PooledQuestion
from commonweal.present.table import Cell, DataTable, Missing, number_column, text_column


def pooled_table(found: PooledQuestion) -> DataTable:
    """One line an answer."""
    times, digits = (1, 1) if found.scale else (100, None)
    columns = (
        text_column("Answer"), number_column("Pooled", *_unit(found)), text_column("Between"),
        text_column("Do the surveys differ?"),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (one.label, round(times * one.together.value, digits), _between(one, found),
         "Yes, more than chance" if one.differ else "No more than chance")
        for one in found.answers
    )
    return DataTable("All surveys together", columns, rows, notes=(found.rule, "Bounds are of 95%."), key="pooled")


def parts_table(found: PooledQuestion) -> DataTable:
    """One line an answer and survey, with whose it is and for how much of the whole it counts."""
    times, digits = (1, 1) if found.scale else (100, None)
    columns = (
        text_column("Answer"), text_column("Whose it is"), text_column("Survey"), text_column("Gathered"),
        number_column("Says", *_unit(found)), number_column("Answered"), number_column("Worth"),
        number_column("Counts for", Unit.PERCENT),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (one.label, part.whose, part.title, part.gathered or Missing("not known"),
         round(times * part.reading.value, digits), part.reading.answered, round(part.reading.effective),
         round(100 * part.counts))
        for one in found.answers for part in one.parts
    )
    return DataTable("Each survey", columns, rows, key="pooled-surveys")


def _unit(found: PooledQuestion) -> tuple[Unit | None, int]:
    return (None, 1) if found.scale else (Unit.PERCENT, 0)


def _between(one: PooledAnswer, found: PooledQuestion) -> str:
    low, high = one.together.lower, one.together.upper
    return f"{low:.1f} to {high:.1f}" if found.scale else f"{100 * low:.0f} to {100 * high:.0f}%"
