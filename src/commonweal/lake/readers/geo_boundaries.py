"""Boundaries as GeoJSON: small areas, wards, districts and regions, under the publisher's headings or short ones.

Shapes are kept as published; those that cross themselves are mended. Data set keys: `boundaries-lsoa21`,
`boundaries-lsoa11`, `boundaries-msoa21`, `boundaries-ward`, `boundaries-district`, `boundaries-upper-tier`,
`boundaries-region`, `boundaries-icb`, each with `-by-district` where a file holds one district's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any

import numpy as np
import pyarrow as pa
import shapely

from commonweal.lake.opening.model import Form, Opened
from commonweal.lake.readers.base import Reader, ReadTable, RejectedRow, register
from commonweal.lake.readers.cells import area_kinds, rows_for

_CODE = re.compile(r"(LSOA|MSOA|WD|LAD|CTYUA|RGN|ICB)(\d\d)CD")
_KINDS = {"LSOA": "lsoa", "MSOA": "msoa", "WD": "ward", "LAD": "district", "CTYUA": "upper-tier", "RGN": "region",
          "ICB": "icb"}
LAST_LSOA11 = "E01033768"  # every later code was made for 2021
NO_SHAPE = "has no shape, or no code that is known"

Feature = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Naming:
    """Which properties of a feature hold its code, name and district, and what it is."""

    kind: str
    vintage: int
    code: str
    name: str
    district: str
    by_district: bool

    @property
    def dataset(self) -> str:
        """The data set a file so named belongs to: only small areas are told apart by census."""
        census = str(self.vintage % 100) if self.kind in ("lsoa", "msoa") else ""
        return f"boundaries-{self.kind}{census}{'-by-district' if self.by_district else ''}"


def _features(opened: Opened) -> list[Feature]:
    document = opened.document
    if opened.form is not Form.GEOJSON or not isinstance(document, dict):
        return []
    return [one for one in document.get("features", ()) if isinstance(one, dict) and one.get("properties")]


def naming(opened: Opened) -> Naming | None:
    """How a file names its features; nothing if they are not areas with codes."""
    features = _features(opened)
    if not features or not _is_area(features[0]):
        return None
    first = features[0]["properties"]
    if {"c", "n", "l"} <= set(first):
        later = any(str(one["properties"].get("c")) > LAST_LSOA11 for one in features)
        return Naming("lsoa", 2021 if later else 2011, "c", "n", "l", False)
    codes = [found for key in first if (found := _CODE.fullmatch(key))]
    if not codes:
        return None
    code = codes[0]
    district = next((key for key in first if re.fullmatch(r"LADCD_ACTIVE|LAD\d\dCD", key)), "")
    return Naming(
        _KINDS[code[1]], 2000 + int(code[2]), code[0], f"{code[1]}{code[2]}NM", district, "LADCD_ACTIVE" in first
    )


def _is_area(feature: Feature) -> bool:
    geometry = feature.get("geometry")
    return isinstance(geometry, dict) and geometry.get("type") in ("Polygon", "MultiPolygon")


def shapes(features: Sequence[Feature]) -> np.ndarray:
    """Polygons and multipolygons all at once: coordinates in one array, offsets for ring, part and feature.

    A feature without a usable shape becomes an empty one. Coordinates are longitude and latitude.
    """
    parts = [_parts(feature) for feature in features]
    rings = [ring for feature in parts for part in feature for ring in part]
    flat = np.fromiter(
        chain.from_iterable(chain.from_iterable(point[:2] for point in ring) for ring in rings), dtype=float
    ).reshape(-1, 2)
    offsets = (
        _offsets(len(ring) for ring in rings),
        _offsets(len(part) for feature in parts for part in feature),
        _offsets(len(feature) for feature in parts),
    )
    return shapely.from_ragged_array(shapely.GeometryType.MULTIPOLYGON, flat, offsets)


def _parts(feature: Feature) -> list[list[list[list[float]]]]:
    geometry = feature.get("geometry")
    if not isinstance(geometry, dict):
        return []
    coordinates = geometry.get("coordinates") or []
    parts = [coordinates] if geometry.get("type") == "Polygon" else coordinates
    return [part for part in parts if part and all(len(ring) > 3 for ring in part)]


def _offsets(counts: Iterator[int]) -> np.ndarray:
    return np.concatenate([[0], np.cumsum(np.fromiter(counts, dtype=np.int64))])


def mended(geometry: np.ndarray) -> np.ndarray:
    """The same shapes, those that cross themselves put right."""
    bad = ~shapely.is_valid(geometry)
    if bad.any():
        geometry = geometry.copy()
        geometry[bad] = shapely.make_valid(geometry[bad], method="structure")
    return geometry


def _property(features: Sequence[Feature], key: str) -> list[str]:
    return [str(one["properties"].get(key) or "").strip() for one in features]


def _read(opened: Opened) -> Iterator[ReadTable]:
    how, features = naming(opened), _features(opened)
    if how is None:
        return
    geometry = mended(shapes(features))
    codes, names = _property(features, how.code), _property(features, how.name)
    kinds = area_kinds(pa.array(codes))
    good = ~shapely.is_empty(geometry) & (np.asarray(kinds.to_pylist(), dtype=object) != "")
    points = shapely.point_on_surface(np.where(good, geometry, shapely.Point(0, 0)))
    rows = rows_for(
        "boundaries", len(codes), kind=kinds, code=codes, vintage=how.vintage, name=names,
        district_code=_property(features, how.district) if how.district else "",
        geometry=pa.array(shapely.to_wkb(geometry), pa.binary()),
        lon=shapely.get_x(points), lat=shapely.get_y(points),
    ).filter(pa.array(good))
    out = tuple(RejectedRow("features", int(i) + 1, how.code, NO_SHAPE) for i in np.flatnonzero(~good))
    yield ReadTable("boundaries", rows, out)
    named = rows.select(["kind", "code", "vintage", "name"])
    yield ReadTable("areas", rows_for("areas", rows.num_rows, **{key: named[key] for key in named.column_names}))


def _recognises(dataset: str, opened: Opened) -> bool:
    how = naming(opened)
    return how is not None and how.dataset == dataset


def _register() -> None:
    for kind in ("lsoa21", "lsoa11", "msoa21", "msoa11", "ward", "district", "upper-tier", "region", "icb"):
        for suffix in ("", "-by-district"):
            dataset = f"boundaries-{kind}{suffix}"
            register(Reader(dataset, 1, partial(_recognises, dataset), _read))


_register()
