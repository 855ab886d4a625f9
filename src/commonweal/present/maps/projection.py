"""From longitude and latitude to the picture: a district is small enough for a plane scaled by cos(latitude)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

KILOMETRES_A_DEGREE = 111.32


@dataclass(frozen=True, slots=True)
class Projection:
    """Pixels = ((lon - west) * cos(lat0) * scale + left, (north - lat) * scale + top)."""

    west: float
    north: float
    shrink: float
    scale: float
    left: float
    top: float
    width: float
    height: float

    def place(self, lon: float, lat: float) -> tuple[float, float]:
        """One point in pixels."""
        across = (lon - self.west) * self.shrink * self.scale
        return (across + self.left, (self.north - lat) * self.scale + self.top)

    def shape(self, geometries: Any) -> Any:
        """Shapes in pixels."""
        return shapely.transform(geometries, self._all)

    def _all(self, points: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        across = (points[:, 0] - self.west) * self.shrink * self.scale + self.left
        return np.column_stack([across, (self.north - points[:, 1]) * self.scale + self.top])

    @property
    def pixels_a_kilometre(self) -> float:
        """How long a kilometre is drawn."""
        return self.scale / KILOMETRES_A_DEGREE


def fitted(bounds: Sequence[float], *, width: float, tallest: float, margin: float) -> Projection:
    """The projection that fits bounds (west, south, east, north) into a width, no taller than allowed."""
    west, south, east, north = bounds
    shrink = math.cos(math.radians((south + north) / 2))
    across, down = max((east - west) * shrink, 1e-6), max(north - south, 1e-6)
    inner = width - 2 * margin
    scale = min(inner / across, (tallest - 2 * margin) / down)
    left = margin + (inner - across * scale) / 2
    return Projection(west, north, shrink, scale, left, margin, width, down * scale + 2 * margin)
