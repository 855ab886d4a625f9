"""Delimited text as councils publish it: any separator, any line end, titles above, blanks between."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from commonweal.lake.opening.headers import column_names, is_named
from commonweal.lake.opening.layout import SAMPLE_ROWS, find_layout
from commonweal.lake.opening.limits import Limits
from commonweal.lake.opening.model import CannotOpen, Sheet
from commonweal.lake.opening.tables import header_of, refuse_size, sheet_of

SEPARATORS = (",", "\t", ";", "|")
HEAD_CHARS = 256 * 1024
_BLOCK = 16 * 1024 * 1024
_REPAIRS = 50
_QUOTE = ord('"')
_TELLING = 3  # fewer separators than this on each of several lines can be words in one cell


@dataclass(frozen=True, slots=True)
class Separation:
    """A separator, how many cells it usually makes of a row, and the share of rows with that many."""

    separator: str
    cells: int
    share: float


def separation_of(head: str) -> Separation | None:
    """The separator that cuts the most rows into the same number of cells, or None where none does."""
    found = [_separation(head, mark) for mark in SEPARATORS if mark in head]
    usable = [one for one in found if one.cells > 1]
    return max(usable, key=lambda one: (round(one.share, 1), one.cells), default=None)


def _separation(head: str, separator: str) -> Separation:
    rows = [row for row in head_rows(head, separator) if any(map(str.strip, row))]
    counts = Counter(len(row) for row in rows)
    if not counts:
        return Separation(separator, 0, 0.0)
    cells, times = counts.most_common(1)[0]
    return Separation(separator, cells, times / len(rows))


def head_rows(head: str, separator: str) -> list[list[str]]:
    """The first rows of a table, from its first characters; the last may be cut short and is left out."""
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(head, newline=""), delimiter=separator):
            rows.append(row)
            if len(rows) > SAMPLE_ROWS:
                break
    except csv.Error:
        return rows
    return rows[:-1] if len(rows) > 1 and len(head) >= HEAD_CHARS else rows


def read_fast(name: str, data: bytes, separator: str, *, limits: Limits) -> Sheet | None:
    """Clean UTF-8 text by Arrow's own reader; None where it is not clean enough to be read so."""
    if not _is_clean(data) or not is_well_quoted(data, separator):
        return None
    head = data[:HEAD_CHARS].decode("utf-8", errors="replace")
    rows: Sequence[Sequence[str]] = head_rows(head, separator)
    layout = find_layout(rows)
    header, preamble = header_of(rows, layout, frozenset())
    width = max(map(len, rows[layout.data :] or [header]), default=0)
    refuse_size(name, 0, width, limits)
    if len(rows) <= layout.data or len(header) > width:
        return None
    start = _offset(data, head, separator, layout.data)
    table = _arrow_table(data, start, separator, column_names(header, width))
    if table is None or _has_blank_rows(table):
        return None
    refuse_size(name, table.num_rows, table.num_columns, limits)
    _refuse_long_cells(name, table, limits)
    headerless = layout.header is None
    return Sheet(name, _without_empty(table, header, keep=headerless), layout.data + 1, preamble, headerless)


def with_plain_ends(text: str) -> str:
    """The same text with each line ended by a line feed, unless a quoted cell could hold a line end of its own."""
    return text if '"' in text else text.replace("\r\n", "\n").replace("\r", "\n")


def _is_clean(data: bytes) -> bool:
    body = data.rstrip(b"\r\n")
    if b"\0" in data or data.count(b"\r") != data.count(b"\r\n"):
        return False
    return b"\n\n" not in body and b"\n\r\n" not in body and body[:1] not in b"\r\n"


def is_well_quoted(data: bytes, separator: str) -> bool:
    """Whether every quotation mark opens a cell, closes one or is doubled, so that no reading is a guess."""
    if b'"' not in data:
        return True
    letters = np.frombuffer(data, np.uint8)
    marks = np.flatnonzero(letters == _QUOTE)
    if len(marks) % 2:
        return False
    opening, closing = marks[::2], marks[1::2]
    around = np.frombuffer(f'{separator}\r\n"'.encode(), np.uint8)
    before = letters[opening[opening > 0] - 1]
    after = letters[closing[closing < len(letters) - 1] + 1]
    return bool(np.isin(before, around).all() and np.isin(after, around).all())


def _offset(data: bytes, head: str, separator: str, rows: int) -> int:
    """Where in the bytes the first row of data begins."""
    if not rows:
        return 0
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=separator)
    for _ in range(rows):
        next(reader)
    at = 0
    for _ in range(reader.line_num):
        at = data.index(b"\n", at) + 1
    return at


def _arrow_table(data: bytes, start: int, separator: str, names: tuple[str, ...]) -> pa.Table | None:
    try:
        return arrow_csv.read_csv(
            pa.BufferReader(pa.py_buffer(data).slice(start)),
            read_options=arrow_csv.ReadOptions(column_names=list(names), block_size=_BLOCK, use_threads=False),
            parse_options=arrow_csv.ParseOptions(delimiter=separator, newlines_in_values=b'"' in data),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        return None


def _has_blank_rows(table: pa.Table) -> bool:
    blank = None
    for column in table.columns:
        empty = pc.equal(pc.utf8_trim_whitespace(column), "")
        blank = empty if blank is None else pc.and_(blank, empty)
        if not pc.any(blank).as_py():
            return False
    return True


def _refuse_long_cells(name: str, table: pa.Table, limits: Limits) -> None:
    for title, column in zip(table.column_names, table.columns, strict=True):
        longest = pc.max(pc.binary_length(column)).as_py() or 0
        if longest > limits.cell_chars:
            raise long_cell(name, title, longest)


def long_cell(name: str, where: str, length: int) -> CannotOpen:
    """The sentence for a cell that is a whole document."""
    return CannotOpen(
        f"“{name}” has a cell of {length:,} characters ({where}), more than any table holds. "
        "Check for a quotation mark that is never closed, and try again."
    )


def _without_empty(table: pa.Table, header: Sequence[str], *, keep: bool) -> pa.Table:
    if keep:
        return table
    kept = [
        at for at in range(table.num_columns)
        if is_named(header, at) or pc.any(pc.not_equal(pc.utf8_trim_whitespace(table.column(at)), "")).as_py()
    ]
    return table if len(kept) == table.num_columns else table.select(kept)


def read_slow(name: str, text: str, separator: str, *, limits: Limits) -> tuple[Sheet, tuple[str, ...]]:
    """Any text, row by row: every kind of line end, ragged rows, quotation marks never closed."""
    rows: list[list[str]] = []
    remarks: list[str] = []
    for row, remark in _tolerant(text, separator, limits):
        rows.append(row)
        if remark:
            remarks.append(f"Row {len(rows)}: {remark}")
        if len(row) > limits.columns or len(rows) > limits.rows:
            refuse_size(name, len(rows), len(row), limits)
        longest = max(map(len, row), default=0)
        if longest > limits.cell_chars:
            raise long_cell(name, f"row {len(rows)}", longest)
    return sheet_of(name, rows, limits=limits), tuple(remarks[:_REPAIRS])


def _tolerant(text: str, separator: str, limits: Limits) -> Iterator[tuple[list[str], str]]:
    csv.field_size_limit(max(limits.cell_chars * 16, 131_072))
    lines = io.StringIO(text, newline="").readlines()
    usual = 0 if is_well_quoted(text.encode("utf-8"), separator) else _usual_separators(lines, separator)
    at = 0
    repairs = 0
    while at < len(lines):
        reader = csv.reader(lines[at:] if at else lines, delimiter=separator)
        start, broken = at, False
        try:
            for row in reader:
                begun, ended = start, at + reader.line_num
                start = ended
                if repairs < _REPAIRS and _ran_away(lines, begun, ended, separator=separator, usual=usual):
                    broken, at = True, begun
                    break
                yield row, ""
        except csv.Error:
            broken, at = True, start
        if not broken:
            return
        repairs += 1
        yield _literally(lines[at], separator), "a quotation mark is never closed; the line was read as it stands."
        at += 1


def _usual_separators(lines: list[str], separator: str) -> int:
    counted = Counter(line.count(separator) for line in lines[:SAMPLE_ROWS] if line.strip())
    return counted.most_common(1)[0][0] if counted else 0


def _literally(line: str, separator: str) -> list[str]:
    return [cell.strip('"\r\n') for cell in line.split(separator)]


def _ran_away(lines: list[str], begun: int, ended: int, *, separator: str, usual: int) -> bool:
    """Whether a quotation mark that is never closed swallowed the rest of the text, or whole rows of it."""
    if ended - begun < 2:
        return False
    if ended == len(lines) and sum(line.count('"') for line in lines[begun:]) % 2:
        return True
    return usual >= _TELLING and all(line.count(separator) >= usual for line in lines[begun:ended])
