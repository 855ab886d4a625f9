"""Small questions readers ask of an opened file to recognise it by its content alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

import pyarrow as pa

from commonweal.lake.opening.model import Form, Opened, Sheet

_SPACES = re.compile(r"[\s\u00a0\u200b\ufeff_]+")
_SAMPLE = 200


@lru_cache(maxsize=65_536)
def normal(text: str) -> str:
    """A header for comparison: no case, byte-order mark, newlines, underscores or doubled spaces."""
    return _SPACES.sub(" ", text).strip().casefold()


def normal_columns(sheet: Sheet) -> frozenset[str]:
    """The normalised column names of a sheet."""
    return frozenset(map(normal, sheet.columns))


def sheet_has(sheet: Sheet, names: Iterable[str]) -> bool:
    """Whether a sheet has all of these columns, compared as `normal` does."""
    return frozenset(map(normal, names)) <= normal_columns(sheet)


def has_columns(opened: Opened, names: Iterable[str]) -> bool:
    """Whether any sheet of the file has all of these columns."""
    return sheet_with(opened, names) is not None


def has_only_columns(opened: Opened, names: Iterable[str]) -> bool:
    """Whether the file is one sheet with exactly these columns, in any order."""
    wanted = frozenset(map(normal, names))
    return len(opened.sheets) == 1 and normal_columns(opened.sheets[0]) == wanted


def sheet_with(opened: Opened, names: Iterable[str]) -> Sheet | None:
    """The first sheet that has all of these columns."""
    wanted = frozenset(map(normal, names))
    return next((sheet for sheet in opened.sheets if wanted <= normal_columns(sheet)), None)


def sheet_named(opened: Opened, name: str) -> Sheet | None:
    """The sheet of this name, compared as `normal` does."""
    return next((sheet for sheet in opened.sheets if normal(sheet.name) == normal(name)), None)


def column_named(sheet: Sheet, *names: str) -> str | None:
    """The published name of the first of these columns the sheet has."""
    by_normal = {normal(column): column for column in reversed(sheet.columns)}
    return next((by_normal[normal(name)] for name in names if normal(name) in by_normal), None)


def columns_like(sheet: Sheet, pattern: str) -> tuple[str, ...]:
    """The published names of the columns whose normalised name matches the whole pattern."""
    wanted = re.compile(pattern)
    return tuple(column for column in sheet.columns if wanted.fullmatch(normal(column)))


def cells(sheet: Sheet, column: str, *, most: int = _SAMPLE) -> tuple[str, ...]:
    """The first cells of a column that are not empty, as text."""
    found: list[str] = []
    for chunk in sheet.table.column(column).chunks:
        for value in chunk.slice(0, most * 4).to_pylist():
            if value not in (None, ""):
                found.append(str(value))
            if len(found) >= most:
                return tuple(found)
    return tuple(found)


def cells_match(sheet: Sheet, column: str | None, pattern: str, *, share: float = 0.95) -> bool:
    """Whether at least this share of a sample of a column's cells match the whole pattern."""
    if column is None or column not in sheet.columns:
        return False
    sample = cells(sheet, column)
    wanted = re.compile(pattern)
    return bool(sample) and sum(1 for cell in sample if wanted.fullmatch(cell.strip())) >= share * len(sample)


def cells_among(sheet: Sheet, column: str | None, allowed: Iterable[str]) -> bool:
    """Whether every cell of a sample of a column is one of these, whatever the case."""
    if column is None or column not in sheet.columns:
        return False
    wanted = frozenset(map(normal, allowed))
    sample = cells(sheet, column)
    return bool(sample) and all(normal(cell) in wanted for cell in sample)


def preamble_says(sheet: Sheet, *words: str) -> bool:
    """Whether the rows above the header hold all of these words."""
    text = normal(" ".join(cell for row in sheet.preamble for cell in row))
    return all(normal(word) in text for word in words)


def has_properties(opened: Opened, names: Iterable[str]) -> bool:
    """Whether a GeoJSON file's first feature has all of these properties."""
    if opened.form is not Form.GEOJSON or not isinstance(opened.document, dict):
        return False
    features = opened.document.get("features") or []
    first = features[0] if features and isinstance(features[0], dict) else {}
    properties = first.get("properties") or {}
    return frozenset(map(normal, names)) <= frozenset(map(normal, map(str, properties)))


def has_keys(opened: Opened, names: Iterable[str]) -> bool:
    """Whether a JSON document, or the first item of a list, is an object with all of these keys."""
    document = opened.document
    if opened.form is not Form.JSON:
        return False
    if isinstance(document, list):
        document = document[0] if document else None
    return isinstance(document, dict) and frozenset(names) <= document.keys()


def column_types(sheet: Sheet) -> dict[str, pa.DataType]:
    """The Arrow type of every column; all text but for Parquet."""
    return {one.name: one.type for one in sheet.table.schema}
