"""What each column of a survey export seems to be, with the reason, for a person to confirm."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from commonweal.lake.assistant.guessing import guess
from commonweal.lake.assistant.meanings import Meaning
from commonweal.lake.assistant.sampling import Column, columns_of
from commonweal.lake.opening.model import Sheet
from commonweal.lake.surveys.groups import group_of, yes_or_no
from commonweal.lake.surveys.words import DEMOGRAPHICS, QUESTIONS, Use, words

SHOWN = 6
SEPARATORS = (";", "|")
_ENOUGH = 0.6
Test = Callable[[Column], "ColumnProposal | None"]


@dataclass(frozen=True, slots=True)
class ColumnProposal:
    """One column: what it seems to be, why, and the answers given most often (none of a personal one)."""

    name: str
    use: Use
    reason: str
    examples: tuple[str, ...] = ()


def propose(sheet: Sheet) -> tuple[ColumnProposal, ...]:
    """Every column in order; at most one column is each characteristic of people, the first that fits."""
    found: list[ColumnProposal] = []
    taken: set[Use] = set()
    for column in columns_of(sheet):
        one = _proposal(column)
        if one.use in DEMOGRAPHICS and one.use in taken:
            one = _proposal(column, tests=_TESTS[:2] + _TESTS[3:])
        taken.add(one.use)
        found.append(one)
    return tuple(replace(one, reason=f"{one.reason}{_of_heading(sheet, one.name)}") for one in found)


def _of_heading(sheet: Sheet, name: str) -> str:
    """What was made of the first line, where a person should look at it."""
    if sheet.headerless:
        return " The file has no headings: every line is taken as an answer."
    return f" The first line, “{name[:60]}”, is taken as the heading, not as an answer." if len(
        sheet.columns) == 1 else ""


def as_before(proposals: tuple[ColumnProposal, ...], before: Mapping[str, str]) -> tuple[ColumnProposal, ...]:
    """What a person said of an earlier file with these columns, to be confirmed; personal ones stay out."""
    return tuple(
        one if one.use is Use.PERSONAL or one.name not in before else
        replace(one, use=Use(before[one.name]), reason="As confirmed for an earlier file with these columns.")
        for one in proposals
    )


def fingerprint(columns: tuple[str, ...]) -> str:
    """The same for every file with these columns, in any order."""
    return hashlib.sha256("\0".join(sorted(columns)).encode()).hexdigest()[:32]


def questions_in(uses: Mapping[str, Use] | Mapping[str, str]) -> int:
    """How many columns are questions."""
    return sum(Use(use) in QUESTIONS for use in uses.values())


def _proposal(column: Column, tests: tuple[Test, ...] | None = None) -> ColumnProposal:
    for test in tests or _TESTS:
        if (found := test(column)) is not None:
            return found
    return ColumnProposal(
        column.name, Use.PERSONAL, "Free text: people may name themselves or others in it, so it is left out."
    )


def _empty(column: Column) -> ColumnProposal | None:
    return None if column.cells else ColumnProposal(column.name, Use.IGNORE, "Every cell is blank.")


def _personal(column: Column) -> ColumnProposal | None:
    found = guess(column)
    if not found.personal:
        return None
    return ColumnProposal(column.name, Use.PERSONAL, f"{found.reason} It is left out.")


def _technical(column: Column) -> ColumnProposal | None:
    if words().not_asked.search(column.name.strip().casefold()):
        return ColumnProposal(column.name, Use.PERSONAL, "The survey tool's own numbers or times: left out.")
    if guess(column).meaning is Meaning.DAY:
        return ColumnProposal(column.name, Use.IGNORE, "The cells are dates.")
    return None


def _characteristic(column: Column) -> ColumnProposal | None:
    header = column.name.casefold()
    for use, pattern in words().headers.items():
        if not pattern.search(header):
            continue
        if use is Use.AREA:
            return _area(column)
        share = column.share(lambda cell, use=use: group_of(use, cell))  # type: ignore[misc]
        if share >= _ENOUGH:
            return _made(column, use, f"The header says {use.value}, and {share:.0%} of cells can be read so.")
    return None


def _area(column: Column) -> ColumnProposal | None:
    if guess(column).meaning is Meaning.POSTCODE:
        return ColumnProposal(
            column.name, Use.AREA, "The cells are postcodes: each becomes its ward at the door and is dropped."
        )
    if column.share(yes_or_no) > 0.5:
        return None
    few = len(column.distinct) <= max(60, len(column.cells) // 10) and column.numeric < 0.5
    return _made(column, Use.AREA, "The header says area, and the cells repeat as names do.") if few else None


def _postcode(column: Column) -> ColumnProposal | None:
    return _area(column) if guess(column).meaning is Meaning.POSTCODE else None


def _multi(column: Column) -> ColumnProposal | None:
    mark = next((one for one in SEPARATORS if column.share(lambda cell, one=one: one in cell) >= 0.1), "")  # type: ignore[misc]
    if not mark:
        return None
    options = Counter(part.strip() for cell in column.cells for part in cell.split(mark) if part.strip())
    if not _few(tuple(options), len(column.cells)):
        return None
    return ColumnProposal(
        column.name, Use.MULTI, f"Cells hold several answers with “{mark}” between them.", _common(options)
    )


def _tick(column: Column) -> ColumnProposal | None:
    if len(column.distinct) != 1 or not column.blank or len(column.cells[0]) > words().longest_option:
        return None
    return _made(column, Use.TICK, "Every cell is blank or says the same: an option that was ticked or not.")


def _yes_no(column: Column) -> ColumnProposal | None:
    if column.share(yes_or_no) < 0.9:
        return None
    return _made(column, Use.YES_NO, "The cells say yes or no.")


def _scale(column: Column) -> ColumnProposal | None:
    if column.numeric < 0.95:
        return None
    if all(value == int(value) and 0 <= value <= 10 for value in column.values):
        return _made(column, Use.SCALE, "The cells are whole numbers from 0 to 10, as on a scale.")
    return ColumnProposal(column.name, Use.IGNORE, "The cells are numbers beyond 10, so they are no scale.")


def _single(column: Column) -> ColumnProposal | None:
    if not _few(tuple(column.distinct), len(column.cells)):
        return None
    return _made(column, Use.SINGLE, f"{len(column.distinct)} different answers that repeat.")


def _few(options: tuple[str, ...], cells: int) -> bool:
    """Whether these are the options of a question: few, short, and given again and again."""
    limits = words()
    usual = [one for one in options if len(one) <= limits.longest_option]
    return (
        1 < len(options) <= limits.most_options and len(usual) == len(options)
        and cells / len(options) >= limits.least_repeats
    )


def _made(column: Column, use: Use, reason: str) -> ColumnProposal:
    return ColumnProposal(column.name, use, reason, _common(Counter(column.cells)))


def _common(options: Counter[str]) -> tuple[str, ...]:
    return tuple(one[:60] for one, times in options.most_common(SHOWN) if times > 2)


_TESTS: tuple[Test, ...] = (
    _empty, _personal, _characteristic, _technical, _postcode, _multi, _tick, _yes_no, _scale, _single,
)
