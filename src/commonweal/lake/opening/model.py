"""What a file is once opened: sheets of text cells, or a document, never yet a meaning."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

import pyarrow as pa


class Form(StrEnum):
    """The shapes an opened file can have."""

    TABLE = "table"        # CSV, TSV, Parquet: one sheet
    WORKBOOK = "workbook"  # xlsx, ods: sheets
    JSON = "json"          # any JSON that is not GeoJSON; JSON lines too (document is then a list)
    GEOJSON = "geojson"    # a FeatureCollection
    NOTES = "notes"        # Markdown, licences, YAML metadata: read by people
    SHAPES = "shapes"      # ESRI shapefile parts


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table as published: every cell text ("" where empty), columns named as published.

    `first_row` is the row number in the file (from 1) of the first data row. Blank rows are left out,
    so ask `row_of(i)` for the row a person would look for; `row_numbers` is empty where none was left
    out. `preamble` holds the rows above the header. Repeated or missing headers are made distinct:
    "Name", "Name (2)", "column 7"; a column with neither header nor cells is left out.
    Parquet keeps its own column types.
    """

    name: str
    table: pa.Table
    first_row: int
    preamble: tuple[tuple[str, ...], ...] = ()
    headerless: bool = False
    row_numbers: tuple[int, ...] = ()

    def row_of(self, index: int) -> int:
        """The row of the file (from 1) that holds table row `index` (from 0)."""
        return self.row_numbers[index] if self.row_numbers else self.first_row + index

    @property
    def columns(self) -> tuple[str, ...]:
        """The column names in order."""
        return tuple(self.table.column_names)


@dataclass(frozen=True, slots=True)
class Opened:
    """A file, opened: `path` as the person knows it, `inside` the member of an archive."""

    path: str
    sha256: str
    size: int
    form: Form
    sheets: tuple[Sheet, ...] = ()
    document: object = None
    inside: str = ""
    encoding: str = ""
    remarks: tuple[str, ...] = field(default=())


class CannotOpen(ValueError):
    """A file that could not be opened; the text says what is wrong, where, and what to do."""


def writable(name: str) -> str:
    """A file's name as it can be written down: bytes that are no letters or move letters, by their number."""
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in name)
