"""Where the header of a table stands, told from how each row differs from the rows under it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from commonweal.lake.opening.cells import Look, is_marker, look_of

Row = Sequence[str]
Looks = dict[int, tuple[Look, float]]  # for each column with a settled look: that look, and its share of the cells
SAMPLE_ROWS = 300
_SAMPLE_CELLS = 30_000  # a wide table shows its looks in fewer rows
_LEAST_ROWS = 40
_SEARCHED = 60
_TYPED = 0.6   # a column has a look when this share of its cells has it


@dataclass(frozen=True, slots=True)
class Layout:
    """The header's row (None where there is none), how many rows it takes, and the first row of data."""

    header: int | None
    depth: int
    data: int


def find_layout(rows: Sequence[Row]) -> Layout:
    """Find the header among the first rows; `rows` may hold blank ones."""
    widest = max(map(len, rows[:SAMPLE_ROWS]), default=0)
    most = max(_LEAST_ROWS, min(SAMPLE_ROWS, _SAMPLE_CELLS // max(widest, 1)))
    sample = [(at, row) for at, row in enumerate(rows[:most]) if any(cell.strip() for cell in row)]
    if not sample:
        return Layout(None, 0, 0)
    lower = sample[len(sample) // 2 :]  # titles and notes stand above: the lower half shows what data look like
    least = _least_filled(lower)
    looks = _column_looks([row for _, row in lower if _filled(row) >= least])
    if not looks:
        return _among_words(sample, least)
    return _among_typed(sample, looks, least=least)


def _least_filled(sample: Sequence[tuple[int, Row]]) -> float:
    counts = sorted(_filled(row) for _, row in sample)
    typical = counts[len(counts) // 2]
    return max(min(2, counts[-1]), 0.5 * typical)


def _filled(row: Row) -> int:
    return sum(1 for cell in row if cell.strip())


def _column_looks(rows: Sequence[Row]) -> Looks:
    """For each column with a settled look: that look and the share of its cells that have it."""
    found: Looks = {}
    for column in range(max(len(row) for row in rows)):
        cells = [row[column] for row in rows if column < len(row) and not is_marker(row[column])]
        if not cells:
            continue
        look, times = Counter(look_of(cell) for cell in cells).most_common(1)[0]
        if look is not None and times >= _TYPED * len(cells) and (times > 1 or len(cells) == 1 < len(rows)):
            found[column] = (look, (times + 0.5) / (len(cells) + 1))
    return found


def _likeness(row: Row, looks: Looks) -> float:
    """The log-likelihood of a row's looks if it were data like the rest."""
    total = 0.0
    for column, (look, share) in looks.items():
        if column < len(row) and not is_marker(row[column]):
            total += math.log(share if look_of(row[column]) == look else 1 - share)
    return total


def _among_typed(sample: Sequence[tuple[int, Row]], looks: Looks, *, least: float) -> Layout:
    scores = {at: _likeness(row, looks) for at, row in sample}
    ordered = sorted(scores[at] for at, _ in sample[len(sample) // 2 :])
    usual = ordered[len(ordered) // 2]
    wide = [at for at, row in sample[:_SEARCHED] if _filled(row) >= least]
    rows = dict(sample)
    labels = {at for at in wide if _is_label(rows[at], looks)}
    data = next((at for at in wide if scores[at] >= usual - 0.7 and at not in labels), wide[0])
    above = [at for at in wide if at < data]
    labelled = [at for at in above if at in labels]
    if not labelled:
        return Layout(None, 0, above[0] if above else data)
    lowest = min(scores[at] for at in labelled)
    header = max(at for at in labelled if scores[at] <= lowest + 0.01)
    return Layout(header, 1, header + 1)


def _is_label(row: Row, looks: Looks) -> bool:
    """Whether at least half of a row's cells look unlike their columns; years and 0, 1, 2 ... say nothing."""
    numbering = _numbering(row)
    judged = [
        look_of(row[column]) != look
        for column, (look, _) in looks.items()
        if column < len(row) and not is_marker(row[column]) and column not in numbering
    ]
    return bool(judged) and sum(judged) >= 0.5 * len(judged)


def _numbering(row: Row) -> set[int]:
    """The cells of a row that number its columns: years, or whole numbers that rise by one."""
    whole = {at: int(cell) for at, cell in enumerate(row) if len(cell) < 9 and cell.strip().isdecimal()}
    years = {at for at, number in whole.items() if 1900 <= number <= 2100}
    rising = {at for at, number in whole.items() if whole.get(at + 1) == number + 1}
    return years | rising | {at + 1 for at in rising}


def _among_words(sample: Sequence[tuple[int, Row]], least: float) -> Layout:
    """A table of words alone: the first well filled row, unless its words recur beneath it."""
    at, row = next((at, row) for at, row in sample if _filled(row) >= least)
    below = [other for place, other in sample if place > at]
    if not below and any(look_of(cell) for cell in row):
        return Layout(None, 0, at)
    if len(below) < 2:
        return Layout(at, 1, at + 1)
    recurring = sum(
        1
        for column, cell in enumerate(row)
        if cell.strip() and any(column < len(other) and other[column] == cell for other in below)
    )
    return Layout(None, 0, at) if recurring > 0.5 * _filled(row) else Layout(at, 1, at + 1)
