"""The middle of a few values against worked examples, and against chance."""

from __future__ import annotations

import numpy as np
import pytest

from commonweal.methods.arrays import MethodError
from commonweal.methods.median import middle


@pytest.mark.parametrize(("n", "ranks", "level"), [
    (6, (1, 6), 0.96875), (10, (2, 9), 0.978516), (20, (6, 15), 0.958611), (25, (8, 18), 0.956715),
])  # fmt: skip
def test_ranks_are_those_of_the_binomial_tables(n, ranks, level):
    found = middle(np.arange(1, n + 1))
    assert (found.lower, found.upper) == ranks
    assert found.level == pytest.approx(level, abs=1e-6)


def test_few_values_give_no_interval_and_none_no_middle():
    assert middle([3, 1, 2]).value == 2
    assert middle([3, 1, 2, 5, 4]).lower is None
    with pytest.raises(MethodError, match="one value at least"):
        middle([])
    with pytest.raises(MethodError, match="none that is missing"):
        middle([1.0, np.nan])


def test_it_holds_the_median_as_often_as_it_says():
    rng = np.random.default_rng(8)
    rows = [middle(row) for row in np.exp(rng.normal(10, 1.5, (800, 15)))]
    held = [one.lower <= np.exp(10) <= one.upper for one in rows]
    assert np.mean(held) == pytest.approx(0.965, abs=0.025)
