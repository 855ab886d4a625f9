"""Shapes for display: simplified together, so that neighbours still meet, and written as short paths."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely

POLYGON, MULTIPOLYGON = 3, 6


def decoded(geometries: Sequence[bytes]) -> Any:
    """Shapes from WKB; what cannot be read, or is no area, becomes empty."""
    shapes = shapely.from_wkb(list(geometries), on_invalid="ignore")
    kinds = shapely.get_type_id(shapes)
    blank = shapely.Polygon()
    return np.array(
        [shape if kind in (POLYGON, MULTIPOLYGON) else blank for shape, kind in zip(shapes, kinds, strict=True)],
        dtype=object,
    )


def surface(shape: Any) -> Any:
    """The part of a shape that covers ground: mending or joining may leave stray lines among the polygons."""
    if shapely.get_type_id(shape) in (POLYGON, MULTIPOLYGON):
        return shape
    parts = [part for part in shapely.get_parts(shape) if shapely.get_type_id(part) in (POLYGON, MULTIPOLYGON)]
    return shapely.union_all(parts) if parts else shapely.Polygon()


def simplified(shapes: Any, tolerance: float) -> Any:
    """Neighbours simplified along one shared border each; shape by shape where they do not fit together."""
    try:
        found = shapely.coverage_simplify(shapes, tolerance)
    except shapely.errors.GEOSException:
        found = shapely.simplify(shapes, tolerance)
    return np.where(shapely.is_empty(found), shapes, found)


def path(shape: Any) -> str:
    """A shape as SVG path data in tenths of a pixel, each point relative to the one before."""
    return "".join(
        _ring(shapely.get_coordinates(ring))
        for polygon in shapely.get_parts(shape)
        for ring in (shapely.get_exterior_ring(polygon), *_holes(polygon))
    )


def _holes(polygon: Any) -> list[Any]:
    return [shapely.get_interior_ring(polygon, at) for at in range(shapely.get_num_interior_rings(polygon))]


def _ring(points: np.ndarray[Any, Any]) -> str:
    tenths = np.rint(points * 10).astype(int)
    steps = np.diff(tenths, axis=0)
    moved = steps[np.any(steps != 0, axis=1)][:-1]
    if len(moved) < 2:
        return ""
    start = f"M{tenths[0][0]} {tenths[0][1]}l"
    return start + " ".join(f"{x} {y}" for x, y in moved.tolist()).replace(" -", "-") + "z"


def heart(shape: Any) -> tuple[float, float, float]:
    """The middle of the largest circle that fits inside, and its radius: where a name is best written."""
    parts = [part for part in shapely.get_parts(shape) if not shapely.is_empty(part)]
    if not parts:
        return (0.0, 0.0, 0.0)
    largest = max(parts, key=lambda part: float(shapely.area(part)))
    spoke = shapely.get_coordinates(shapely.maximum_inscribed_circle(largest, tolerance=1.0))
    radius = float(np.hypot(*(spoke[1] - spoke[0])))
    return (float(spoke[0][0]), float(spoke[0][1]), radius)
