"""Acceptability against exact areas, published means, the facts of a reference package, and identities."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from commonweal.methods.additive import rank_order_weights, ratings
from commonweal.methods.arrays import MethodError
from commonweal.methods.flip import flip_top
from commonweal.methods.smaa import ANY, Held, acceptability, smaa

TABLES = arrays(np.float64, (4, 3), elements=st.integers(0, 100).map(float))
FEW = 4_096


def sure(table):
    return ratings(table, table, table)


def cell(table, winner):
    """The exact share of the triangle of three weights in which an option is first, and its centre."""
    corners = [np.eye(3)[at] for at in range(3)]
    for other in range(len(table)):
        if other == winner:
            continue
        lead = np.asarray(table[winner], float) - table[other]
        kept = []
        for one, following in zip(corners, corners[1:] + corners[:1], strict=True):
            here, there = float(lead @ one), float(lead @ following)
            if here >= 0:
                kept.append(one)
            if here * there < 0:
                kept.append(one + (following - one) * here / (here - there))
        corners = kept
    if len(corners) < 3:
        return 0.0, None
    area, centre = 0.0, np.zeros(3)
    for one, other in pairwise(corners[1:]):
        piece = float(np.linalg.norm(np.cross(one - corners[0], other - corners[0])))
        area, centre = area + piece, centre + piece * (corners[0] + one + other) / 3
    return area / np.sqrt(3), centre / area if area else None


@pytest.mark.parametrize("table", [
    [[100, 0, 50], [0, 100, 50], [40, 40, 60]], [[100, 0, 0], [0, 100, 0], [0, 0, 100]],
    [[90, 20, 40], [60, 50, 45], [10, 80, 70], [30, 30, 95]],
])
def test_acceptability_and_central_weights_are_the_areas_and_their_centres(table):
    found = smaa(sure(table))
    for option in range(len(table)):
        area, centre = cell(table, option)
        assert found.first[option] == pytest.approx(area, abs=1e-3)
        assert found.central[option] == pytest.approx(centre, abs=3e-3)
    assert found.confidence == pytest.approx(1.0)


def test_two_options_and_two_criteria_by_hand():
    """90 w > 50 where the first wins: four ninths of all weights, in the middle 7/9 and 2/9."""
    found = smaa(sure([[100, 0], [60, 50]]))
    assert found.first == pytest.approx([4 / 9, 5 / 9], abs=1e-3)
    assert found.central[0] == pytest.approx([7 / 9, 2 / 9], abs=1e-3)
    assert found.pairs == pytest.approx(np.array([[0, 4 / 9], [5 / 9, 0]]), abs=1e-3)


@pytest.mark.parametrize("count", [2, 3, 5])
def test_weights_that_keep_an_order_have_the_published_mean(count):
    """The middle of ranked weights is that of Barron and Barrett; an option first under all of them shows it."""
    order = Held(tuple(range(count, 0, -1)), tuple(range(count, 0, -1)), in_order=True)
    found = smaa(sure([[100] * count, [0] * count]), order)
    assert found.central[0] == pytest.approx(rank_order_weights(count), abs=2e-3)


def test_the_facts_of_the_reference_package():
    """R package smaa: an option that is never first has no central weights."""
    even = np.full((10_000, 3), 1 / 3)
    found = acceptability(even, [[1, 1, 1], [0, 0, 0]])
    assert found.central[0] == pytest.approx(1 / 3)
    assert np.isnan(found.central[1]).all()
    assert np.isnan(found.confidence[1])
    level = acceptability(even, [[1, 1, 1], [1, 1, 1]])
    assert level.first.tolist() == [1.0, 1.0]             # level ones share the better place
    assert not level.pairs.any()


def test_narrower_points_are_a_group_that_knows_its_mind():
    table = sure([[100, 0], [60, 50]])
    assert smaa(table, Held((80., 20.), (80., 20.)), samples=FEW).first.tolist() == [1.0, 0.0]
    assert smaa(table, Held((20., 80.), (20., 80.)), samples=FEW).first.tolist() == [0.0, 1.0]
    between = smaa(table, Held((0., 0.), (100., 100.)))
    # two even points: share of the first above 5/9 is where the second point is under 4/5 of the first
    assert between.first[0] == pytest.approx(0.4, abs=1e-3)


def test_scores_that_are_not_sure_lower_confidence_and_agree_with_plain_draws():
    low, likely, high = [[40, 20], [50, 30]], [[70, 30], [55, 60]], [[90, 50], [60, 80]]
    found = smaa(ratings(low, likely, high))
    rng = np.random.default_rng(5)
    drawn = rng.triangular(np.array(low, float), likely, high, (200_000, 2, 2))
    share = rng.dirichlet([1, 1], 200_000)
    worth = np.einsum("nmc,nc->nm", drawn, share)
    assert found.first[0] == pytest.approx((worth[:, 0] > worth[:, 1]).mean(), abs=4e-3)
    middle = np.einsum("nmc,c->nm", drawn, found.central[0])
    assert found.confidence[0] == pytest.approx((middle[:, 0] > middle[:, 1]).mean(), abs=4e-3)


@settings(max_examples=8, deadline=None)
@given(TABLES)
def test_what_must_always_hold(table):
    found = smaa(sure(table), samples=FEW)
    assert found.ranks.sum(axis=1) == pytest.approx(1.0)
    assert (found.pairs + found.pairs.T <= 1 + 1e-12).all()
    for option in range(4):
        reachable = flip_top([1, 1, 1], table, winner=option)
        if found.first[option] > 0:
            assert reachable is not None
            central = np.asarray(table) @ found.central[option]
            assert central[option] >= central.max() - 1e-3      # central weights lie where the option is first
    again = smaa(sure(table), samples=FEW)
    assert (again.ranks == found.ranks).all()


@pytest.mark.parametrize(("held", "words"), [
    (Held((0., 0.), (0., 0.)), "sum to nothing"), (Held((5.,), (6.,)), "every criterion"),
    (Held((5., 6.), (4., 7.)), "Points go up"), (Held((-1., 0.), (1., 1.)), "below 0"),
])
def test_weights_nobody_can_hold_are_said(held, words):
    with pytest.raises(MethodError, match=words):
        smaa(sure([[1, 2], [2, 1]]), held)


@pytest.mark.parametrize(("weights", "table", "words"), [
    ([[0, 0]], [[1, 2]], "sums to nothing"), ([[1]], [[1, 2]], "one weight for every"),
    ([[1, 1]], [[1, float("nan")]], "score is missing"), ([[1, 1]], [[1, 1]] * 128, "too many to weigh"),
    ([[1, float("nan")]], [[1, 2]], "missing a weight"),
])
def test_what_cannot_be_counted_is_said(weights, table, words):
    with pytest.raises(MethodError, match=words):
        acceptability(weights, table)


def test_too_many_draws_are_said():
    with pytest.raises(MethodError, match="draws"):
        smaa(sure([[1, 2]]), ANY, samples=2_000_000)
