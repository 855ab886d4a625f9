"""What a method is handed is checked, and refused in a sentence."""

import numpy as np
import pytest

from commonweal.methods.arrays import MethodError, aligned, checked_level, reals


def test_unknown_values_are_kept_as_nan():
    assert np.isnan(reals([1, None, 3], "Counts")[1])


@pytest.mark.parametrize(
    ("values", "limits", "said"),
    [
        (["a"], {}, "must be numbers"),
        ([np.inf], {}, "must be finite"),
        ([1, -2], {"low": 0}, "cannot be below 0: the least given is -2"),
        ([3], {"high": 1}, "cannot be above 1"),
    ],
)
def test_what_is_wrong_is_said(values, limits, said):
    with pytest.raises(MethodError, match=said):
        reals(values, "Counts", **limits)


def test_shapes_that_differ_are_named():
    with pytest.raises(MethodError, match=r"people \(2,\), events \(3,\)"):
        aligned(people=np.zeros(2), events=np.zeros(3))


@pytest.mark.parametrize("level", [0, 1, 95])
def test_a_level_is_a_share(level):
    with pytest.raises(MethodError, match=r"such as 0\.95"):
        checked_level(level)
