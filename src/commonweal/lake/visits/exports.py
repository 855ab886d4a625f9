"""An export as it is - CSV in any encoding, Excel, Parquet - as Arrow batches in bounded memory."""

from __future__ import annotations

import codecs
import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

import pyarrow as pa
from pyarrow import csv as arrow_csv

from commonweal.lake.opening.archives import GZIP
from commonweal.lake.opening.decoding import as_cp1252, decode
from commonweal.lake.opening.delimited import HEAD_CHARS, head_rows, separation_of
from commonweal.lake.opening.headers import column_names
from commonweal.lake.opening.layout import find_layout
from commonweal.lake.opening.model import CannotOpen, Sheet
from commonweal.lake.opening.refusals import refuse_by_content, refuse_markup
from commonweal.lake.sandbox import Sandbox
from commonweal.lake.visits.parquet_groups import first_rows, row_groups

ROWS = 1_000_000
_SAMPLE_ROWS = 2_000
_BLOCK = 8 * 1024 * 1024
_ESCAPED = 0xDC00  # what Python puts before a byte that it cannot decode
_NOT_UTF8 = re.compile("[\udc80-\udcff]")
_ZIP, _PARQUET = b"PK\x03\x04", b"PAR1"


@dataclass(slots=True)
class Noticed:
    """What was passed over or mended while an export was read: rows, and letters that are not in UTF-8."""

    misfits: int = 0
    letters: int = 0


@dataclass(frozen=True, slots=True)
class Export:
    """An export that was looked at and not yet read: its headers and a sample of its rows."""

    path: Path
    kind: str
    columns: tuple[str, ...]
    sample: Sheet
    separator: str = ","
    skip: int = 0
    encoding: str = "utf-8"
    first_row: int = 2
    sheet: Sheet | None = None
    groups: int = 0

    def batches(self, columns: tuple[str, ...], noticed: Noticed | None = None) -> Iterator[pa.RecordBatch]:
        """The named columns alone, a batch at a time; text where the file is text.

        Rows with too many or too few cells are passed over; they and letters that were mended are `noticed`.
        """
        if self.kind == "parquet":
            yield from row_groups(self.path, columns, self.groups)
        elif self.sheet is not None:
            yield from self.sheet.table.select(list(columns)).to_batches(ROWS)
        else:
            yield from self._delimited(columns, noticed or Noticed())

    def _delimited(self, columns: tuple[str, ...], noticed: Noticed) -> Iterator[pa.RecordBatch]:
        """CSV by Arrow's own reader."""

        def pass_over(row: arrow_csv.InvalidRow) -> str:
            noticed.misfits += 1
            return "skip"

        with self.path.open("rb") as raw:
            try:
                yield from arrow_csv.open_csv(
                    pa.PythonFile(cast("IO[Any]", Repaired(raw, self.encoding, noticed)), mode="r"),
                    read_options=arrow_csv.ReadOptions(
                        column_names=list(self.columns), skip_rows=self.skip, block_size=4 * _BLOCK
                    ),
                    parse_options=arrow_csv.ParseOptions(
                        delimiter=self.separator, invalid_row_handler=pass_over
                    ),
                    convert_options=arrow_csv.ConvertOptions(
                        column_types=dict.fromkeys(self.columns, pa.string()), include_columns=list(columns),
                        strings_can_be_null=False,
                    ),
                )
            except pa.ArrowInvalid as error:
                raise CannotOpen(f"“{self.path.name}” breaks off or is no table. Export it again.") from error


class Repaired(io.RawIOBase):
    """A file's bytes as UTF-8, whatever it or parts of it were saved in."""

    def __init__(self, raw: IO[bytes], encoding: str, noticed: Noticed) -> None:
        self._raw, self._ready, self._noticed = raw, b"", noticed
        errors = "surrogateescape" if encoding.startswith("utf-8") else "replace"
        self._decoder = codecs.getincrementaldecoder(encoding)(errors)

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """Fill a buffer."""
        while not self._ready:
            block = self._raw.read(_BLOCK)
            self._ready = self._in_utf8(self._decoder.decode(block, final=not block).replace("\0", ""))
            if not block:
                break
        taken = self._ready[: len(buffer)]
        buffer[: len(taken)] = taken
        self._ready = self._ready[len(taken) :]
        return len(taken)

    def _in_utf8(self, text: str) -> bytes:
        try:
            return text.encode()
        except UnicodeEncodeError:
            mended, letters = _NOT_UTF8.subn(lambda found: as_cp1252(bytes([ord(found[0]) - _ESCAPED])), text)
            self._noticed.letters += letters
            return mended.encode()


def look_at(path: Path, *, sandbox: Sandbox | None = None) -> Export:
    """What an export is, by its bytes; raises CannotOpen with what to do."""
    with path.open("rb") as file:
        start = file.read(2 * HEAD_CHARS)
    if start.startswith(_PARQUET):
        return _parquet(path, sandbox)
    if start.startswith(_ZIP):
        return _workbook(path, sandbox)
    return _text(path, start)


def _parquet(path: Path, sandbox: Sandbox | None) -> Export:
    table, groups = first_rows(path, sandbox)
    sample = Sheet(path.name, table, 1)
    return Export(path, "parquet", tuple(table.column_names), sample, first_row=1, groups=groups)


def _workbook(path: Path, sandbox: Sandbox | None) -> Export:
    """The sheet with most rows; read in a capped process of its own."""
    with sandbox or Sandbox() as room:
        sheets = [sheet for opened in room.open(path) for sheet in opened.sheets]
    if not sheets:
        raise CannotOpen(f"“{path.name}” holds no table. Save the sheet with the visits as .csv and try again.")
    sheet = max(sheets, key=lambda one: one.table.num_rows)
    sample = Sheet(sheet.name, sheet.table.slice(0, _SAMPLE_ROWS), sheet.first_row)
    return Export(path, "workbook", sheet.columns, sample, first_row=sheet.first_row, sheet=sheet)


def _text(path: Path, start: bytes) -> Export:
    refuse_by_content(path.name, start)
    if start.startswith(GZIP):
        raise CannotOpen(f"“{path.name}” is packed (gzip). Unpack it, and bring the file that is in it.")
    decoded = decode(start)
    refuse_markup(path.name, decoded.text)
    whole = decoded.text[: decoded.text.rfind("\n") + 1] or decoded.text
    found = separation_of(whole[:HEAD_CHARS])
    if found is None:
        raise CannotOpen(f"“{path.name}” is no table: nothing parts its cells. Export it as CSV and try again.")
    rows = head_rows(whole, found.separator)
    layout = find_layout(rows)
    header = layout.header if layout.header is not None else -1
    names = rows[header] if header >= 0 else ()
    columns = column_names(names, len(names) or max(map(len, rows)))
    body = [[*row[: len(columns)], *[""] * (len(columns) - len(row))] for row in rows[header + 1 :][:_SAMPLE_ROWS]]
    table = pa.table({name: pa.array([row[at] for row in body], pa.string()) for at, name in enumerate(columns)})
    encoding = decoded.encoding if decoded.encoding.startswith("utf-16") else "utf-8-sig"
    sample, first = Sheet(path.name, table, header + 2), header + 2
    return Export(path, "text", columns, sample, found.separator, header + 1, encoding, first)


def sha256_of(path: Path) -> str:
    """The fingerprint of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
