"""Ratings, weights, dominance and reversal: against published numbers, by hand, and by what must always hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from commonweal.methods.additive import (
    Reversal,
    beats,
    parts,
    rank_order_weights,
    rated,
    ratings,
    reversals,
    telling,
    worth_their_cost,
)
from commonweal.methods.arrays import MethodError
from commonweal.methods.flip import shares, values

TABLES = arrays(np.float64, (4, 3), elements=st.integers(0, 100).map(float))


@pytest.mark.parametrize(("measured", "worst", "best", "expected"), [
    ([0.35, -0.15, 0.1], -0.15, 0.35, [100, 0, 50]),      # the vectors of R package smaa
    ([50, 100, 75], 100, 50, [100, 0, 50]),               # where less is better
])
def test_a_rating_between_agreed_ends(measured, worst, best, expected):
    assert rated(measured, worst=worst, best=best) == pytest.approx(expected)


@pytest.mark.parametrize(("measured", "worst", "best", "words"), [
    ([101], 0, 100, "101 lies outside the ends agreed"), ([1], 5, 5, "ends of a scale are the same"),
])
def test_a_scale_that_cannot_be_used_is_said(measured, worst, best, words):
    with pytest.raises(MethodError, match=words):
        rated(measured, worst=worst, best=best)


@pytest.mark.parametrize(("count", "published"), [
    (1, [1.0]), (2, [.75, .25]), (3, [.6111, .2778, .1111]), (4, [.5208, .2708, .1458, .0625]),
    (5, [.4567, .2567, .1567, .0900, .0400]),
])
def test_weights_of_an_order_are_those_of_barron_and_barrett(count, published):
    assert rank_order_weights(count) == pytest.approx(published, abs=5e-5)


def test_the_seven_offices_of_goodwin_and_wright():
    """Decision Analysis for Management Judgment, chapter 3: shares, value, efficient line."""
    weights = shares([100, 80, 70, 30, 20, 10])
    assert (100 * weights).round().tolist() == [32, 26, 23, 10, 6, 3]
    offices = np.array([
        [100, 60, 100, 75, 0, 90], [20, 80, 10, 30, 100, 30], [80, 70, 0, 0, 10, 100], [70, 50, 30, 55, 30, 90],
        [40, 60, 90, 100, 60, 70], [0, 0, 70, 0, 80, 0], [60, 100, 20, 50, 50, 80],
    ])
    worth = values([32, 26, 23, 10, 6, 3], offices)
    assert worth == pytest.approx([80.8, 39.4, 47.4, 52.3, 64.8, 20.9, 60.2])
    rent = [30, 15, 5, 12, 30, 15, 10]
    assert [at for at, holds in enumerate(worth_their_cost(rent, worth)) if holds] == [0, 2, 6]


@settings(max_examples=30)
@given(TABLES, arrays(np.float64, (3,), elements=st.integers(1, 20).map(float)))
def test_parts_add_up_and_stretching_a_scale_changes_nothing(table, weights):
    assert parts(weights, table).sum(axis=1) == pytest.approx(values(weights, table))
    halved, doubled = table.copy(), weights.copy()
    halved[:, 0] /= 2
    doubled[0] *= 2                     # half the scale with twice the weight is the same judgement
    one, other = values(weights, table) * weights.sum(), values(doubled, halved) * doubled.sum()
    assert one == pytest.approx(other)


def test_what_beats_what_holds_wherever_the_truth_lies():
    low, likely = [[60, 60], [10, 20], [50, 10]], [[70, 70], [20, 30], [60, 20]]
    high = [[80, 80], [30, 40], [65, 30]]
    found = beats(ratings(low, likely, high))
    assert found.tolist() == [[False, True, False], [False, False, False], [False, False, False]]
    assert beats(ratings(likely, likely, likely))[0].tolist() == [False, True, True]
    assert not beats(ratings([[5, 5]] * 2, [[5, 5]] * 2, [[5, 5]] * 2)).any()     # level on all: neither beats


def test_a_criterion_that_tells_nothing_apart_is_found():
    table = [[50, 10], [50, 20]]
    assert telling(ratings(table, table, table)).tolist() == [False, True]
    assert telling(ratings([[40, 1], [50, 1]], [[50, 1], [50, 1]], [[50, 1], [50, 1]])).tolist() == [True, False]


def test_what_is_worth_its_cost():
    assert worth_their_cost([1, 2, 3, 3, np.nan], [10, 30, 30, 40, 5]).tolist() == [True, True, False, True, True]


def test_ends_drawn_from_the_options_would_turn_an_order_that_agreed_ends_keep():
    """After Belton and Gear: two options whose order hangs on a third that is dear on one criterion."""
    table = [[50, 60], [100, 80], [60, 50]]   # ends drawn from all: 13.3 and 12; from two: 40, 60
    assert reversals([3, 2], table) == (Reversal(left_out=1, ahead=0, behind=2),)
    assert np.sign(np.diff(values([3, 2], table[::2]))) == np.sign(np.diff(values([3, 2], table)[::2]))
    assert reversals([1, 1, 1], [[1, 2, 3], [3, 2, 1]]) == ()


@pytest.mark.parametrize(("low", "likely", "high", "words"), [
    ([[1, 2]], [[1, float("nan")]], [[1, 2]], "rating is missing"), ([[5]], [[4]], [[6]], "goes up"),
    ([[5]], [[6]], [[101]], "above 100"), ([5], [6], [7], "rows of options"),
    ([[5]], [[6, 7]], [[7]], "one shape"),
])
def test_ratings_that_cannot_be_used_are_said(low, likely, high, words):
    with pytest.raises(MethodError, match=words):
        ratings(low, likely, high)


def test_an_order_of_nothing_is_said():
    with pytest.raises(MethodError, match="at least one criterion"):
        rank_order_weights(0)
