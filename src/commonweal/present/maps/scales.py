"""Scales for maps of need: deciles in twos, or five classes of equal numbers of areas."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from commonweal.core.figure import Unit
from commonweal.present import wording
from commonweal.present.maps.model import Band, Scale


def decile_scale(title: str = "Tenths of England's small areas, 1 = greatest need") -> Scale:
    """Need by decile of England's small areas, in five classes of two."""
    notes = {1: "greatest need", 9: "least need"}
    bands = (Band(low, low + 2, f"{low} and {low + 1}", notes.get(low, "")) for low in (1, 3, 5, 7, 9))
    return Scale(title, tuple(bands))


def fifths_scale(
    title: str, values: Sequence[float | None], *, unit: Unit, decimals: int = 1, high_is_need: bool = True
) -> Scale:
    """Five classes each with a fifth of the areas, the greatest need first; fewer where values repeat."""
    known = np.array([value for value in values if value is not None], dtype=float)
    if not known.size:
        return Scale(title, (Band(0, 1, "Not known"),))
    edges = np.unique(np.quantile(known, np.linspace(0, 1, 6)))
    if edges.size == 1:
        edges = np.array([edges[0], edges[0]])
    bands = [
        Band(float(low), float(high), wording.short_interval(float(low), float(high), unit, decimals))
        for low, high in pairwise(edges)
    ]
    return Scale(title, tuple(reversed(bands) if high_is_need else bands))
