"""Raking: a worked example, the margins met, and what it leaves alone."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.methods.arrays import MethodError
from commonweal.methods.weighting import Margin, rake

ROWS = Margin("age", np.array([0, 0, 1, 1]), np.array([5.0, 15.0]))
COLUMNS = Margin("sex", np.array([0, 1, 0, 1]), np.array([10.0, 10.0]))


def test_the_worked_example():
    """Cells 7 9 / 12 7 to rows 5 15 and columns 10 10."""
    found = rake([7, 9, 12, 7], [ROWS, COLUMNS], tolerance=1e-12, cap=None)
    cells = found.weights / found.weights.sum() * 20
    assert cells == pytest.approx([1.775666, 3.224334, 8.224334, 6.775666], abs=5e-7)


@given(st.lists(st.floats(0.1, 10), min_size=4, max_size=4), st.floats(1, 20), st.floats(1, 20))
def test_margins_are_met_and_cross_ratios_kept(start, young, men):
    rows = Margin("age", ROWS.groups, np.array([young, 10.0]))
    columns = Margin("sex", COLUMNS.groups, np.array([men, 10.0]))
    weights = rake(start, [rows, columns], tolerance=1e-10, cap=None).weights
    assert weights.mean() == pytest.approx(1)
    assert weights[:2].sum() / 4 == pytest.approx(young / (young + 10), rel=1e-6)
    assert (weights[0] + weights[2]) / 4 == pytest.approx(men / (men + 10), rel=1e-6)
    before, after = (w[0] * w[3] / (w[1] * w[2]) for w in (start, weights))
    assert after == pytest.approx(before, rel=1e-6)


def test_weights_are_capped():
    margin = Margin("area", np.array([0] * 99 + [1]), np.array([80.0, 20.0]))
    assert rake(np.ones(100), [margin], cap=None).weights.max() == pytest.approx(20)
    capped = rake(np.ones(100), [margin], cap=5).weights
    assert capped.max() / capped.mean() < 6
    assert capped.mean() == pytest.approx(1)


def test_thin_groups_are_told():
    margin = Margin("area", np.array([0] * 40 + [1] * 10), np.array([1.0, 1.0]))
    assert rake(np.ones(50), [margin]).thin == ("area 1",)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: rake([1, 1], []), "at least one known"),
        (lambda: rake([1], [Margin("sex", np.array([0]), np.array([1.0, 1.0]))]), "no answers"),
        (lambda: rake([1, 1], [Margin("sex", np.array([0]), np.array([1.0]))]), "each answer needs"),
        (lambda: rake([1, 1], [Margin("a", np.array([0, 1]), np.array([1.0, 3.0])),
                               Margin("b", np.array([0, 1]), np.array([3.0, 1.0]))]), "do not settle"),
    ],
)
def test_errors(call, said):
    with pytest.raises(MethodError, match=said):
        call()
