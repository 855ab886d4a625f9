"""Statistical nearest neighbours of local authorities: ranked lists (Tables 1, 3) and distances (Tables 2, 4)."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from commonweal.lake.opening.model import Opened, Sheet
from commonweal.lake.readers.base import Reader, ReadTable, register
from commonweal.lake.readers.cells import melt, numbers, rows_for, text

_CODE = re.compile(r"(lower|upper) tier local authority code", re.IGNORECASE)
_RANK = re.compile(r"neighbour (\d+)", re.IGNORECASE)
_AREA = re.compile(r"E(06|07|08|09|10)\d{6}")
_TIERS = {"lower": "district", "upper": "county"}

Distances = dict[tuple[str, str], float]


def _tier(sheet: Sheet) -> str:
    found = _CODE.fullmatch(sheet.columns[0].strip()) if sheet.columns else None
    return _TIERS[found[1].lower()] if found else ""


def _ranked(sheet: Sheet) -> list[str]:
    return [column for column in sheet.columns if _RANK.fullmatch(column.strip())]


def _measured(sheet: Sheet) -> list[str]:
    return [column for column in sheet.columns if _AREA.fullmatch(column.strip())]


def _recognises(opened: Opened) -> bool:
    return any(_tier(sheet) and len(_ranked(sheet)) > 9 for sheet in opened.sheets)


def _distances(sheets: tuple[Sheet, ...]) -> dict[str, Distances]:
    """By tier, the distance from a place to another."""
    found: dict[str, Distances] = {}
    for sheet in sheets:
        columns = _measured(sheet)
        if not _tier(sheet) or len(columns) < 10:
            continue
        codes = text(sheet.table[sheet.columns[0]]).to_pylist()
        values = np.column_stack([numbers(sheet.table[column]).value.to_numpy(False) for column in columns])
        found.setdefault(_tier(sheet), {}).update(
            ((code, other), float(value))
            for code, row in zip(codes, values, strict=True)
            for other, value in zip(columns, row, strict=True)
        )
    return found


def _read(opened: Opened) -> Iterator[ReadTable]:
    """One row a place and neighbour, with the distance where the workbook gives distances too."""
    apart = _distances(opened.sheets)
    for sheet in opened.sheets:
        tier, ranked = _tier(sheet), _ranked(sheet)
        if not tier or not ranked:
            continue
        long = melt(sheet.table, [sheet.columns[0]], ranked)
        codes, others = text(long[sheet.columns[0]]).to_pylist(), text(long["value"]).to_pylist()
        ranks = np.repeat([int(name.split()[1]) for name in ranked], sheet.table.num_rows)
        known = apart.get(tier, {})
        rows = rows_for(
            "neighbours", len(codes), tier=tier, code=codes, rank=pa.array(ranks, pa.int32()),
            neighbour_code=others, distance=[known.get(pair) for pair in zip(codes, others, strict=True)],
        )
        yield ReadTable("neighbours", rows.filter(_places(codes, others)))


def _places(codes: list[str], others: list[str]) -> pa.Array:
    return pa.array([
        bool(_AREA.fullmatch(code) and _AREA.fullmatch(other)) for code, other in zip(codes, others, strict=True)
    ])


register(Reader("nearest-neighbours-2025", 1, _recognises, _read))
