"""Small areas as map tiles in one file, which a browser reads by pieces: PMTiles, written by GDAL."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from uuid import uuid4

import pyarrow as pa

LAYER = "areas"
FIRST_ZOOM, LAST_ZOOM = 3, 9  # a country in a window; a street is seen by enlarging the last
OPTIONS = {
    "MINZOOM": str(FIRST_ZOOM), "MAXZOOM": str(LAST_ZOOM), "NAME": LAYER, "MAX_SIZE": "2000000",
    "MAX_FEATURES": "40000", "SIMPLIFICATION": "4", "SIMPLIFICATION_MAX_ZOOM": "1",
}


class NoShapes(ValueError):
    """There is nothing to draw."""


def write_tiles(path: Path, geometry: Sequence[bytes], columns: Mapping[str, Sequence[object]]) -> Path:
    """Write shapes with what is known of each to `path`, whole or not at all.

    `geometry` is WKB in longitude and latitude, one a small area; `columns` has a value for each of them, text or
    whole numbers. The file has one layer, `areas`, for zooms 3 to 9: a neighbourhood is told from the next on
    every screen. Raises NoShapes where there is none, ValueError where the lengths differ.
    Source: PMTiles specification 3; Mapbox Vector Tile specification 2.1.
    """
    if not geometry:
        raise NoShapes("no small area has a boundary, so no map can be drawn")
    if any(len(values) != len(geometry) for values in columns.values()):
        raise ValueError("each column has one value a shape")
    from pyogrio import write_arrow

    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{uuid4().hex}{path.suffix}")  # GDAL goes by the ending
    table = pa.table({**{name: pa.array(values) for name, values in columns.items()}, "shape": list(geometry)})
    try:
        write_arrow(
            table, draft, driver="PMTiles", layer=LAYER, geometry_name="shape", geometry_type="Unknown",
            crs="EPSG:4326", dataset_options=OPTIONS,
        )
        os.replace(draft, path)
    finally:
        for left in path.parent.glob(f"{draft.name}*"):
            left.unlink(missing_ok=True)
    return path
