"""Comparisons: published examples of the interval of a difference, limits of shrinkage, places among peers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.methods.arrays import MethodError
from commonweal.methods.compare import (
    Basis,
    Reading,
    difference,
    peers,
    percentile_position,
    proportion_reading,
    robust_distance,
    shrink,
    z_of,
)

VALUES = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=40)
READINGS = st.tuples(st.floats(-100, 100), st.floats(0, 50), st.floats(0, 50)).map(
    lambda three: Reading(three[0], three[0] - three[1], three[0] + three[2])
)


# Newcombe 1998, Statistics in Medicine 17:873, table II, method 10.
@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ((56, 70), (48, 80), (0.0524, 0.3339)),
        ((9, 10), (3, 10), (0.1705, 0.8090)),
        ((10, 10), (0, 10), (0.6075, 1.0)),
        ((5, 56), (0, 29), (-0.0381, 0.1926)),
    ],
)
def test_newcombes_examples(first, second, expected):
    place, other = (proportion_reading(x / n, n, per=1) for x, n in (first, second))
    found = difference(place, other)
    assert (found.lower, found.upper) == pytest.approx(expected, abs=5e-5)
    assert found.basis is Basis.BOTH_INTERVALS


@given(READINGS, READINGS)
def test_swapping_sides_turns_the_difference(first, second):
    one, other = difference(first, second), difference(second, first)
    assert (one.value, one.lower, one.upper) == pytest.approx((-other.value, -other.upper, -other.lower))
    assert one.certain == other.certain


@given(READINGS, READINGS)
def test_a_difference_lies_within_its_interval(first, second):
    found = difference(first, second)
    assert found.lower <= found.value <= found.upper
    assert found.certain == (not found.lower <= 0 <= found.upper)


@pytest.mark.parametrize(
    ("place", "other", "exact", "certain", "basis"),
    [
        (Reading(5), Reading(3, 2, 4), False, None, Basis.NONE),
        (Reading(5, 4, 6), Reading(3), False, None, Basis.NONE),
        (Reading(5, 4, 6), Reading(3), True, True, Basis.OWN_INTERVAL),
        (Reading(5, 2, 8), Reading(3), True, False, Basis.OWN_INTERVAL),
        (Reading(5, 4, 6), Reading(3, 2.5, 3.5), False, True, Basis.BOTH_INTERVALS),
        (Reading(5, 4, 6), Reading(4.5, 2.5, 5.5), False, False, Basis.BOTH_INTERVALS),
    ],
)
def test_certainty_is_claimed_only_where_it_is_known(place, other, exact, certain, basis):
    found = difference(place, other, comparator_exact=exact)
    assert (found.certain, found.basis) == (certain, basis)
    assert (found.lower is None) == (certain is None)


def test_intervals_that_touch_may_still_differ():
    """Each interval holds no part of the other's value, and the two overlap: looking at overlap misleads."""
    assert difference(Reading(10, 8.5, 11.5), Reading(12.5, 11, 14)).certain


def test_standard_errors_from_none():
    def z(place):
        return z_of(difference(place, Reading(3), comparator_exact=True))

    assert z(Reading(5, 5 - 1.959964, 5 + 1.959964)) == pytest.approx(2)
    assert z(Reading(1, 0, 1 + 2 * 1.959964)) == pytest.approx(-1)   # the side towards the comparator counts
    assert z(Reading(3, 3, 3)) == 0
    assert z(Reading(4, 4, 4)) == np.inf
    assert z(Reading(5)) is None


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: Reading(5, 6, 7), "outside 6 to 7"),
        (lambda: Reading(5, lower=4), "only one was given"),
        (lambda: proportion_reading(120, 50), "between 0 and 100"),
        (lambda: proportion_reading(20, 0), "base above 0"),
    ],
)
def test_readings_that_cannot_be(call, said):
    with pytest.raises(MethodError, match=said):
        call()


def test_peers_by_hand():
    found = peers([1, 2, 3, 4, np.nan, 100])
    assert (found.n, found.median, found.lower_quartile, found.upper_quartile) == (5, 3, 2, 4)
    assert found.spread == pytest.approx(1.4826)
    assert peers([np.nan]) is None


def test_distance_is_from_the_median_and_outliers_do_not_hide_it():
    assert robust_distance([3, 6], [1, 2, 3, 4, 100]).tolist() == pytest.approx([0, 3 / 1.4826])


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        ([5, 5, 5, 5, 6, 6, 7], 2 / (1 / 1.349)),         # half agree: quartiles
        ([5, 5, 5, 5, 5, 5, 7], 2 / np.std([5] * 6 + [7])),  # more agree: standard deviation
        ([5, 5, 5], np.nan),                              # all agree: no scale
    ],
)
def test_where_peers_agree(group, expected):
    assert robust_distance(7, group) == pytest.approx(expected, nan_ok=True)
    assert robust_distance(5, group) == 0


@given(VALUES, st.floats(-1e6, 1e6))
def test_positions_run_from_0_to_100_and_mirror(group, value):
    found = float(percentile_position(value, group))
    assert 0 <= found <= 100
    assert found + float(percentile_position(-value, [-each for each in group])) == pytest.approx(100)


def test_position_by_hand():
    assert percentile_position([0, 2, 3, 9], [1, 2, 2, 3]).tolist() == [0, 50, 87.5, 100]


def test_no_peers_is_said():
    for call in (robust_distance, percentile_position):
        with pytest.raises(MethodError, match="No peer has a value"):
            call(1, [np.nan])


class TestShrinkage:
    def test_by_hand(self):
        """r 3 of n 20, parent 10%, t² 0.5."""
        own, prior = np.log(3.5 / 17.5), np.log(0.1 / 0.9)
        s2 = 21 * 22 / (20 * 4 * 18)
        weight = (1 / s2) / (1 / s2 + 1 / 0.5)
        expected = 1 / (1 + np.exp(-(weight * own + (1 - weight) * prior)))
        assert shrink([3], [20], 0.1, between=0.5)[0] == pytest.approx(expected)

    def test_a_large_area_keeps_its_own(self):
        assert shrink([3e9], [1e10], 0.1, between=0.5)[0] == pytest.approx(0.3, rel=1e-6)

    def test_with_no_true_variation_all_are_the_parent(self):
        assert shrink([0, 5, 10], [10, 10, 10], 0.2, between=0).tolist() == pytest.approx([0.2] * 3)

    def test_nobody_counted_is_defined(self):
        found = shrink([0, 10], [10, 10], [0.2, 0.2], between=1)
        assert 0 < found[0] < 0.2 < found[1] < 1

    def test_no_base_is_unknown(self):
        assert np.isnan(shrink([0, 5], [0, 10], 0.2)[0])

    @given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
           st.floats(0.01, 0.99), st.floats(0, 5))
    def test_between_own_and_parent(self, pair, parent, between):
        count, n = pair
        own = (count + 0.5) / (n + 1)
        found = float(shrink([count], [n], parent, between=between)[0])
        assert min(own, parent) - 1e-9 <= found <= max(own, parent) + 1e-9

    def test_variation_is_estimated_from_the_areas(self):
        same = shrink([20, 20, 20], [100, 100, 100], 0.2)
        assert same.tolist() == pytest.approx([0.2] * 3, rel=0.02)

    @pytest.mark.parametrize(
        ("call", "said"),
        [
            (lambda: shrink([5], [4], 0.1), "above its base"),
            (lambda: shrink([1], [4], 1.5), "above 1"),
            (lambda: shrink([1], [4], 0.1, between=-1), "below 0"),
        ],
    )
    def test_errors(self, call, said):
        with pytest.raises(MethodError, match=said):
            call()
