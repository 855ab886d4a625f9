"""Answers taken from a survey export at the door: coarsened, without identifiers, everything left out counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pyarrow as pa

from commonweal.lake.opening.model import Sheet
from commonweal.lake.readers.cells import numbers, text
from commonweal.lake.surveys.groups import group_of, yes_or_no
from commonweal.lake.surveys.proposing import SEPARATORS
from commonweal.lake.surveys.words import DEMOGRAPHICS, OTHER, QUESTIONS, TICKED, UNTICKED, Use, words

Cells = list[str]
AreaOf = Callable[[Cells], list[str | None]]
Personal = Callable[[str], object]


class NoQuestion(ValueError):
    """Nothing in the file can be counted; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as kept: the column of the answers, its words, and what kind of answers it has."""

    key: str
    words: str
    use: Use


@dataclass
class Left:
    """What stayed at the door: columns, rows without an answer, cells, and cells that say no known group."""

    columns: list[str] = field(default_factory=list)
    rows: int = 0
    cells: int = 0
    rare: int = 0
    unread: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answers:
    """The rows: a column each for the characteristics of people and for the questions."""

    table: pa.Table
    questions: tuple[Asked, ...]
    left: Left


def read_answers(sheet: Sheet, uses: Mapping[str, Use], *, area_of: AreaOf, personal: Personal) -> Answers:
    """The confirmed columns of a sheet, in the file's order and without anything that points at a person.

    `area_of` gives the area of each cell; `personal` says whether words may point at a person. Raises NoQuestion.
    """
    left = Left(columns=[name for name in sheet.columns if uses.get(name, Use.IGNORE) is Use.PERSONAL])
    columns: dict[str, pa.Array] = {}
    asked: list[Asked] = []
    for name in sheet.columns:
        use = uses.get(name, Use.IGNORE)
        if use in DEMOGRAPHICS:
            columns[use.value] = _groups(use, _cells(sheet, name), area_of, left)
        elif use in QUESTIONS:
            asked.append(Asked(f"q{len(asked) + 1}", name, use))
            columns[asked[-1].key] = _answers(use, _cells(sheet, name), personal, left)
    if not asked:
        raise NoQuestion(
            "No column is a question with set answers, so there is nothing to weight. Say which columns are "
            "questions, or write down what was said as evidence."
        )
    table = pa.table(columns)
    table, left.rows = _answered(table, asked)
    if not table.num_rows:
        raise NoQuestion("Nobody answered any of the questions you chose. Look at the columns again.")
    return Answers(table, tuple(asked), left)


def _cells(sheet: Sheet, name: str) -> Cells:
    return [cell or "" for cell in text(sheet.table.column(name)).to_pylist()]


def _groups(use: Use, cells: Cells, area_of: AreaOf, left: Left) -> pa.Array:
    if use is Use.AREA:
        groups = area_of(cells)
    else:
        known = {cell: group_of(use, cell) for cell in set(cells)}
        groups = [known[cell] for cell in cells]
    unread = sum(
        group is None and not words().not_said.search(cell.strip().casefold())
        for cell, group in zip(cells, groups, strict=True)
    )
    if unread:
        left.unread[use.value] = unread
    return pa.array(groups, pa.string())


def _answers(use: Use, cells: Cells, personal: Personal, left: Left) -> pa.Array:
    if use is Use.SCALE:
        return numbers(pa.array(cells, pa.string())).value
    if use is Use.YES_NO:
        return pa.array([yes_or_no(cell) for cell in cells], pa.string())
    if use is Use.TICK:
        return pa.array([TICKED if cell.strip() else UNTICKED for cell in cells], pa.string())
    if use is Use.MULTI:
        return _several(cells, personal, left)
    kept = _options(Counter(cell.strip() for cell in cells), personal, left)
    return pa.array([kept[cell.strip()] for cell in cells], pa.string())


def _several(cells: Cells, personal: Personal, left: Left) -> pa.Array:
    mark = max(SEPARATORS, key=lambda one: sum(one in cell for cell in cells))
    parts = [[part.strip() for part in cell.split(mark) if part.strip()] for cell in cells]
    kept = _options(Counter(part for row in parts for part in row), personal, left)
    rows = [sorted({kept[part] or OTHER for part in row}) or None for row in parts]
    return pa.array(rows, pa.list_(pa.string()))


def _options(counted: Counter[str], personal: Personal, left: Left) -> dict[str, str | None]:
    """Each answer as it is kept: rare long ones and those beyond the most are "Other answers"."""
    limits = words()
    usual = {one for one, _ in counted.most_common(limits.most_options) if one}
    kept: dict[str, str | None] = {}
    for said, times in counted.items():
        if not said:
            kept[said] = None
        elif personal(said):
            kept[said] = OTHER
            left.cells += times
        elif said not in usual or (times < limits.rare_times and len(said) > limits.rare_letters):
            kept[said] = OTHER
            left.rare += times
        else:
            kept[said] = said
    return kept


def _answered(table: pa.Table, asked: list[Asked]) -> tuple[pa.Table, int]:
    """The rows that answer anything; a tick box left empty alone is no answer."""
    some = [False] * table.num_rows
    for one in asked:
        for at, value in enumerate(table.column(one.key).to_pylist()):
            some[at] = some[at] or (value is not None and value != UNTICKED)
    kept = table.filter(pa.array(some))
    return kept, table.num_rows - kept.num_rows
