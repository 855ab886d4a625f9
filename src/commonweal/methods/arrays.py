"""What callers hand over becomes float arrays here, or an error that says in a sentence what is wrong."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Reals = NDArray[np.float64]


class MethodError(ValueError):
    """A calculation was asked for that its inputs do not allow; the message is fit to show."""


def reals(values: ArrayLike, name: str, *, low: float | None = None, high: float | None = None) -> Reals:
    """A float array, each known value within [low, high]; NaN stands for not known."""
    try:
        array = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise MethodError(f"{name} must be numbers: give counts or values, with NaN where unknown.") from error
    if np.isinf(array).any():
        raise MethodError(f"{name} must be finite: one of the values is infinite.")
    if low is not None and (array < low).any():
        raise MethodError(f"{name} cannot be below {low:g}: the least given is {np.nanmin(array):g}.")
    if high is not None and (array > high).any():
        raise MethodError(f"{name} cannot be above {high:g}: the most given is {np.nanmax(array):g}.")
    return array


def aligned(**arrays: Reals) -> None:
    """Raise unless every array has the same shape; the error names them."""
    shapes = {name: array.shape for name, array in arrays.items()}
    if len(set(shapes.values())) > 1:
        told = ", ".join(f"{name} {shape}" for name, shape in shapes.items())
        raise MethodError(f"These must be of one shape, one value an area: {told}.")


def checked_level(level: float) -> float:
    """A confidence level strictly between 0 and 1."""
    if not 0 < level < 1:
        raise MethodError(f"A confidence level is between 0 and 1, such as 0.95; {level:g} was given.")
    return level
