"""The cells of one worksheet of an .xlsx workbook, streamed: gaps cost nothing, no declared size is believed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import IO
from xml.parsers import expat

from commonweal.lake.opening.limits import MIB, Limits

Cell = Callable[[str, str, str], str]  # (kind, style, what is written) to text
_MOST_MERGES = 20_000
_SHOWN_GAP = 20  # longer runs of blank rows are kept as one


class Overflow(ValueError):
    """More cells, columns or letters than are read; the text says of what."""


@dataclass(slots=True)
class Grid:
    """The rows of a sheet that hold anything, the number of each, and what else was met."""

    rows: list[Sequence[str]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    unsaved: int = 0
    merged: Counter[int] = field(default_factory=Counter)


@lru_cache(maxsize=65_536)
def column_of(letters: str) -> int:
    """The number of a column, from 0: A is 0, XFD is 16,383."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def place_of(reference: str) -> tuple[int, int]:
    """The row (from 1) and column (from 0) of a cell such as AB12."""
    letters = reference.rstrip("0123456789")
    return int(reference[len(letters) :] or 0), column_of(letters.upper())


class SheetCells:
    """Reads one worksheet; `text` turns what is written in a cell into text."""

    def __init__(self, text: Cell, limits: Limits) -> None:
        self._text, self._limits = text, limits
        self.grid = Grid()
        self.cells_left, self.letters_left = limits.workbook_cells, limits.text_chars
        self._row: list[str] = []
        self._number, self._prefix = 0, ""
        self._at, self._kind, self._style = 0, "", ""
        self._written: list[str] = []
        self._has_formula = self._has_value = self._phonetic = False
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._root
        self._parser.StartDoctypeDeclHandler = self._declared

    def read(self, stream: IO[bytes]) -> Grid:
        """Every row; raises Overflow past the caps, and expat's own error where the XML is broken."""
        while piece := stream.read(MIB):
            self._parser.Parse(piece, False)
        self._parser.Parse(b"", True)
        return self.grid

    @staticmethod
    def _declared(*_: object) -> None:
        raise Overflow("declarations no spreadsheet program writes")

    def _root(self, tag: str, _: Mapping[str, str]) -> None:
        """The first element tells which prefix the others have."""
        self._prefix = tag[: -len("worksheet")] if tag.endswith("worksheet") else ""
        names = {f"{self._prefix}{name}": handler for name, handler in self._starts().items()}
        ends = {f"{self._prefix}{name}": handler for name, handler in self._ends().items()}
        start, end = names.get, ends.get

        def started(tag: str, attributes: Mapping[str, str]) -> None:
            if (handler := start(tag)) is not None:
                handler(attributes)

        def ended(tag: str) -> None:
            if (handler := end(tag)) is not None:
                handler()

        self._parser.StartElementHandler, self._parser.EndElementHandler = started, ended

    def _starts(self) -> dict[str, Callable[[Mapping[str, str]], None]]:
        return {
            "row": self._start_row, "c": self._start_cell, "v": self._start_text, "t": self._start_text,
            "f": self._start_formula, "rPh": self._start_phonetic, "mergeCell": self._merge,
        }

    def _ends(self) -> dict[str, Callable[[], None]]:
        return {
            "row": self._end_row, "c": self._end_cell, "v": self._end_text, "t": self._end_text,
            "rPh": self._end_phonetic,
        }

    def _start_row(self, attributes: Mapping[str, str]) -> None:
        said = attributes.get("r", "")
        self._number = max(int(said) if said.isdecimal() and len(said) < 10 else 0, self._number + 1)
        self._row, self._at = [], -1

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        reference = attributes.get("r")
        self._at = max(place_of(reference)[1], 0) if reference else self._at + 1
        if self._at >= self._limits.columns:
            raise Overflow(f"more than {self._limits.columns:,} columns")
        self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
        self._has_formula = self._has_value = False
        self._written = []

    def _start_formula(self, _: Mapping[str, str]) -> None:
        self._has_formula = True

    def _start_phonetic(self, _: Mapping[str, str]) -> None:
        self._phonetic = True

    def _end_phonetic(self) -> None:
        self._phonetic = False

    def _start_text(self, _: Mapping[str, str]) -> None:
        self._has_value = True
        if not self._phonetic:
            self._parser.CharacterDataHandler = self._written.append

    def _end_text(self) -> None:
        self._parser.CharacterDataHandler = None

    def _end_cell(self) -> None:
        written = "".join(self._written)
        if not written:
            self.grid.unsaved += self._has_formula
            return
        text = self._text(self._kind, self._style, written)
        self.letters_left -= len(text)
        if len(text) > self._limits.cell_chars:
            raise Overflow(f"a cell of {len(text):,} characters in row {self._number:,}")
        if self.letters_left < 0:
            raise Overflow("more text than is read")
        gap = self._at - len(self._row)
        if gap < 0:  # the same cell twice: the later one counts
            self._row[self._at] = text
            return
        self._row += [""] * gap
        self._row.append(text)

    def _end_row(self) -> None:
        width = len(self._row)
        while width and not self._row[width - 1]:
            width -= 1
        if not width:
            return
        self.cells_left -= width
        if self.cells_left < 0:
            raise Overflow(f"more than {self._limits.workbook_cells:,} cells")
        self._add_blanks()
        self.grid.rows.append(self._row[:width])
        self.grid.numbers.append(self._number)

    def _add_blanks(self) -> None:
        """Blank rows between two that are not, so that titles still stand apart from tables."""
        last = self.grid.numbers[-1] if self.grid.numbers else 0
        gap = range(last + 1, self._number)
        for number in gap if len(gap) <= _SHOWN_GAP else gap[:1]:
            self.grid.rows.append(())
            self.grid.numbers.append(number)

    def _merge(self, attributes: Mapping[str, str]) -> None:
        """Cells merged across columns of one row: what is written there stands over all of them."""
        first, _, last = attributes.get("ref", "").partition(":")
        if not last or len(self.grid.merged) >= _MOST_MERGES:
            return
        (top, left), (bottom, right) = place_of(first), place_of(last)
        if top == bottom and right > left:
            self.grid.merged[top] += 1


def groups_of(grid: Grid) -> Iterator[int]:
    """The rows (from 0, of the grid) with two groups of merged cells or more."""
    for at, number in enumerate(grid.numbers):
        if grid.merged.get(number, 0) > 1:
            yield at
