"""How want and need are set out: the two orders joined by lines, the scores, and what a decision stood on."""

from __future__ import annotations

from commonweal.present.chart import Chart, Message
from commonweal.present.charts import Sloped, slope
from commonweal.present.table import Cell, DataTable, Linked, Missing, text_column
from commonweal.present.wording import number
from commonweal.priorities.queries.decisions import DecisionView
from commonweal.priorities.queries.weighings import WeighingView, WeightsLine

SIDES = ("What members want", "What need says")


def slope_chart(found: WeighingView) -> Chart | None:
    """Both orders; nothing until both are there."""
    if found.told is None:
        return None
    rows = tuple(Sloped(row.name, row.want_place, row.need_place) for row in found.told.rows)
    moved = [row.name for row in rows if row.left != row.right]
    title = "Where want and need part" if moved else "Want and need agree"
    sentence = f"Placed otherwise: {', '.join(moved)}." if moved else "Every place is the same on both sides."
    return slope(Message(title, sentence), rows, sides=SIDES)


def scores_table(found: WeighingView) -> DataTable | None:
    """Each candidate's scores with both sides' weights above them."""
    if not found.scored:
        return None
    columns = (text_column("Outcome"), *(text_column(name) for name in found.criteria), text_column("Rests on"))
    rows: list[tuple[Cell, ...]] = [
        (side, *_weights(line, len(found.criteria)), line.reason if line else Missing("not given yet"))
        for side, line in ((f"Weight: {SIDES[0]}", found.want), (f"Weight: {SIDES[1]}", found.need))
    ]
    for one in found.scored:
        scores: tuple[Cell, ...] = tuple(number(score, 0) for score in one.scores)
        rows.append((one.title, *(scores or (Missing("not scored"),) * len(found.criteria)),
                     one.because or Missing("not said")))
    return DataTable("Scores from 0 to 100, and the weights of each side", columns, tuple(rows), key="scores")


def _weights(line: WeightsLine | None, count: int) -> tuple[Cell, ...]:
    if line is None:
        return (Missing("not given yet"),) * count
    total = sum(line.weights)
    return tuple(f"{100 * one / total:.0f}%" for one in line.weights)


def decided_table(found: DecisionView) -> DataTable:
    """Every candidate as it stood, with its place in the decision and on both sides."""
    placed = {one.title: str(one.place) for one in found.ordered}
    columns = tuple(text_column(name) for name in ("Outcome", "Decided", *SIDES, "Answers", "Targets"))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            one.title, "must be done" if one.must else placed.get(one.title) or Missing("not a priority"),
            _place(one.want_place), _place(one.need_place), "; ".join(one.needs) or Missing("no need by itself"),
            "; ".join(one.targets) or Missing("none was set"),
        )
        for one in found.candidates
    )
    return DataTable("What it stood on", columns, rows, key="decision")


def pieces_table(found: DecisionView) -> DataTable | None:
    """The evidence held for the needs when it was decided; None where none was."""
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (one.need, Linked(one.title, one.href) if one.href else Missing(one.title), one.verdict,
         "written anew since" if one.anew else "as it was")
        for one in found.pieces
    )
    columns = tuple(map(text_column, ("Need", "Evidence", "It said of the need", "Today")))
    return DataTable("Evidence as it stood", columns, rows, key="evidence") if rows else None


def _place(place: int | None) -> Cell:
    return Missing("not in the order") if place is None else str(place)
