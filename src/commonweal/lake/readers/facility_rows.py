"""Places people go as rows of the lake: postcodes, positions, statuses and ids in one form for every register."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from commonweal.lake.opening.matching import normal
from commonweal.lake.opening.model import Sheet
from commonweal.lake.readers.base import ReadTable, RejectedRow
from commonweal.lake.readers.cells import rows_for, slug, text

_POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})")
_NOTHING = frozenset(("", "na", "n/a", "none", "null", "-", "not known", "unknown", "[unknown]"))
_COLUMNS = (
    "facility", "kind", "name", "status", "operator", "postcode", "lon", "lat", "district_code", "lsoa_code",
    "opened", "closed", "as_at",
)


class Record(dict[str, str]):
    """A row's cells by normalised header; a column that is not there is empty."""

    def __missing__(self, name: str) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class Facility:
    """One place: `facility` tells it apart within its register; `detail` is what else was published."""

    facility: str
    kind: str
    name: str
    status: str = "unknown"
    operator: str = ""
    postcode: str = ""
    lon: float | None = None
    lat: float | None = None
    district_code: str = ""
    lsoa_code: str = ""
    opened: str = ""
    closed: str = ""
    as_at: date | None = None
    detail: Mapping[str, object] = field(default_factory=dict)


def records(sheet: Sheet) -> Iterator[tuple[int, Record]]:
    """Each row's number in the file and its cells by normalised header."""
    names = [normal(name) for name in sheet.columns]
    columns = [text(sheet.table.column(name)).to_pylist() for name in sheet.columns]
    for index, cells in enumerate(zip(*columns, strict=True)):
        yield sheet.row_of(index), Record(zip(names, cells, strict=True))


def facilities(found: Iterable[Facility | RejectedRow]) -> ReadTable:
    """Rows of the `facilities` table; an id given twice in a register has -2, -3 ... put after it."""
    kept: list[Facility] = []
    rejected: list[RejectedRow] = []
    for one in found:
        (rejected if isinstance(one, RejectedRow) else kept).append(one)  # type: ignore[arg-type]
    ids = _told_apart([one.facility for one in kept])
    columns = {name: [getattr(one, name) for one in kept] for name in _COLUMNS if name != "facility"}
    details = [_json(one.detail) for one in kept]
    rows = rows_for("facilities", len(kept), **columns, facility=ids, detail=details)
    return ReadTable("facilities", rows, tuple(rejected))


def nameless(sheet: Sheet, row: int, column: str) -> RejectedRow:
    """A row without a name: nothing can be said of such a place."""
    return RejectedRow(sheet.name, row, column, "a place without a name")


def postcode(cell: str) -> str:
    """A whole postcode as "AA9A 9AA", "" for anything else (a placeholder, an outward half, two postcodes)."""
    found = _POSTCODE.fullmatch(re.sub(r"[\s.]", "", cell.upper()))
    return f"{found[1]} {found[2]}" if found else ""


def position(lon: str, lat: str) -> tuple[float | None, float | None]:
    """Longitude and latitude in the British Isles, or neither."""
    try:
        east, north = float(lon), float(lat)
    except ValueError:
        return None, None
    return (east, north) if -9 < east < 3 and 49 < north < 62 else (None, None)


def day(cell: str) -> date | None:
    """A date written year first, or nothing."""
    try:
        return date.fromisoformat(cell[:10])
    except ValueError:
        return None


def said(cell: str) -> str:
    """A cell's text, "" where it only says that nothing is known."""
    whole = " ".join(cell.split())
    return "" if whole.casefold() in _NOTHING else whole


def filled(**detail: object) -> dict[str, object]:
    """Details without the empty ones."""
    return {name: value for name, value in detail.items() if value not in ("", None, [], {}, ())}


def identity(*parts: str) -> str:
    """An id made of a register's own words."""
    return "-".join(filter(None, map(slug, parts)))


def _told_apart(ids: list[str]) -> list[str]:
    seen: dict[str, int] = {}
    told = []
    for one in ids:
        seen[one] = seen.get(one, 0) + 1
        told.append(one if seen[one] == 1 else f"{one}-{seen[one]}")
    return told


def _json(detail: Mapping[str, object]) -> str:
    return json.dumps(detail, ensure_ascii=False, sort_keys=True) if detail else ""
