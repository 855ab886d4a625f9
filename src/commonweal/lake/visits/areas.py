"""Where people live: postcodes become small areas and deciles by the published tables, and are then dropped."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from commonweal.lake.store import Store

_WHOLE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})")
_PART = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9]?[A-Z]?")


@dataclass(frozen=True, slots=True)
class HomeAreas:
    """Postcodes in order, the area each is in, and the decile of deprivation (1 the worst off) of each area."""

    postcodes: NDArray[np.bytes_]
    areas: NDArray[Any]
    deciles: Mapping[str, int]

    def find(self, cells: list[str]) -> list[str | None]:
        """The area of each postcode, None where it is not in the tables."""
        asked = np.array([written(cell).encode() for cell in cells], dtype="S8")
        if not len(self.postcodes):
            return [None] * len(cells)
        at = np.minimum(np.searchsorted(self.postcodes, asked), len(self.postcodes) - 1)
        hit = self.postcodes[at] == asked
        return [str(self.areas[one]) if there else None for one, there in zip(at, hit, strict=True)]


def written(cell: str) -> str:
    """A postcode as on an envelope, empty where it is not a whole one."""
    found = _WHOLE.fullmatch(_bare(cell))
    return " ".join(found.groups()) if found else ""


def is_part(cell: str) -> bool:
    """Whether a cell is the beginning of a postcode: "BS1", "BS1 4"."""
    return bool(_PART.fullmatch(_bare(cell)))


def _bare(cell: str) -> str:
    return "".join(cell.upper().replace(".", " ").split())


def home_areas(store: Store, deciles: Mapping[str, int]) -> HomeAreas:
    """The published postcodes of a store, the fullest set of them, with the deciles given."""
    rows = {one.dataset: one.tables["postcodes"] for one in store.datasets() if "postcodes" in one.tables}
    if not rows:
        return HomeAreas(np.array([], "S8"), np.array([], object), deciles)
    table = store.table("postcodes", max(rows, key=lambda one: rows[one]))
    known = table.filter(table.lsoa_code != "").select("postcode", "lsoa_code").order_by("postcode")
    found = store.arrow(known)
    return HomeAreas(
        np.array(found["postcode"].to_pylist(), "S8"), np.array(found["lsoa_code"].to_pylist(), object), deciles
    )
