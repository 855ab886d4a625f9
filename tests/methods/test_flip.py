"""Weights that flip an order: against brute force over a grid, by hand, and by what must hold of any answer."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from commonweal.methods.arrays import MethodError
from commonweal.methods.flip import dial, flip_pair, flip_top, places, shares, values

SCORES = [[100.0, 0.0, 50.0], [0.0, 100.0, 50.0], [40.0, 40.0, 0.0]]
TABLES = arrays(np.float64, (4, 3), elements=st.integers(0, 100).map(float))
WEIGHTS = arrays(np.float64, (3,), elements=st.integers(1, 20).map(float))
GRID = [(a / 50, b / 50, (50 - a - b) / 50) for a in range(51) for b in range(51 - a)]


def test_by_hand():
    """At weights 70 and 30 the first leads by 40; each point moved takes two from the lead, so 20 must move."""
    found = flip_pair([70, 30, 0], SCORES, ahead=0, behind=1)
    assert found is not None
    assert found.moved == pytest.approx(0.2)
    assert values(found.weights, SCORES)[:2] == pytest.approx([50, 50])


def test_what_is_dominated_never_comes_first():
    assert flip_top([1, 1, 1], [[50, 50, 50], [10, 10, 10]], winner=1) is None
    assert flip_pair([1, 1, 1], [[50, 50, 50], [10, 10, 10]], ahead=0, behind=1) is None
    assert flip_top([1, 1, 1], [[50, 50, 50]], winner=0).moved == 0


@settings(max_examples=30)
@given(WEIGHTS, TABLES, st.integers(0, 3))
def test_the_flip_wins_and_no_weights_of_a_grid_win_sooner(weights, table, winner):
    found = flip_top(weights, table, winner=winner)
    near = [np.array(one) for one in GRID if np.dot(table, one)[winner] >= np.dot(table, one).max() - 1e-9]
    start = shares(weights)
    if found is None:
        assert not near
        return
    worth = values(found.weights, table)
    assert worth[winner] >= worth.max() - 1e-6
    assert np.abs(found.weights - start).sum() / 2 == pytest.approx(found.moved, abs=1e-6)
    assert all(found.moved <= np.abs(one - start).sum() / 2 + 1e-6 for one in near)


@settings(max_examples=30)
@given(WEIGHTS, WEIGHTS, TABLES)
def test_the_dial_agrees_with_trying_every_mix(first, second, table):
    steps = dial(first, second, table)
    assert all(one.share <= other.share for one, other in pairwise(steps))
    one, other = shares(first), shares(second)
    for share in np.linspace(0, 1, 51):
        worth = table @ ((1 - share) * one + share * other)
        told = [step.winner for step in steps if step.share <= share + 1e-9][-1]
        assert worth[told] == pytest.approx(worth.max(), abs=1e-6)


def test_level_ones_share_the_better_place():
    assert places([3, 5, 5, 1]) == (3, 1, 1, 4)


@pytest.mark.parametrize(("weights", "table", "words"), [
    ([0, 0, 0], SCORES, "sum to nothing"), ([-1, 1, 1], SCORES, "below 0"), ([1, 1], SCORES, "2 weights"),
    ([1, 1, 1], [[1, 2, float("nan")]], "score is missing"), ([1, float("nan"), 1], SCORES, "every criterion"),
    ([1, 1, 1], [], "rows of candidates"),
])
def test_what_cannot_be_weighed_is_said(weights, table, words):
    with pytest.raises(MethodError, match=words):
        values(weights, table)
