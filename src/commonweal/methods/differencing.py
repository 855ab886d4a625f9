"""Two releases of the same people side by side: whether what changed between them tells of a few."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from commonweal.methods.arrays import MethodError
from commonweal.methods.disclosure import Mask, Preset, with_margins


def told_apart(earlier: ArrayLike, later: ArrayLike, preset: Preset) -> Mask:
    """Counts, margins among them, that changed by so few people that the rule would hide that many, (r+1, c+1).

    Whoever has both tables can take one from the other. Where no count changed, or every change is of more people
    than the rule hides, whatever they take apart is of nobody or of enough. Errors: tables of two shapes, counts
    that are negative or not whole.
    Source: Hundepool et al. 2012, Statistical Disclosure Control, ch. 5 (linked tables and differencing).
    """
    one, other = with_margins(earlier), with_margins(later)
    if one.shape != other.shape:
        raise MethodError("Two releases are set side by side count by count: give tables of one shape.")
    apart = np.abs(other - one)
    return np.asarray((apart > 0) & (apart <= preset.hide_to))
