"""Trends and the smallest change that could be told from chance."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import linregress

from commonweal.methods.arrays import MethodError
from commonweal.methods.trend import (
    TrendBasis,
    Verdict,
    minimum_detectable_change,
    proportion_trend,
    standard_error,
    trend,
)

SERIES = st.lists(st.floats(-100, 100), min_size=3, max_size=12)


# Place-based indicators of 2009: 21% of 500 in both years, and 50% of 500.
@pytest.mark.parametrize(
    ("share", "n", "effect", "points"),
    [(0.21, 500, 1, 5.05), (0.5, 500, 1, 6.20), (0.21, 500, 4, 10.10)],
)
def test_minimum_detectable_change(share, n, effect, points):
    found = minimum_detectable_change((share, share), (n, n), design_effect=effect)
    assert 100 * found == pytest.approx(points, abs=0.006)


def test_one_year_alone_has_the_half_width():
    assert 100 * minimum_detectable_change((0.21, 0), (500, 1)) == pytest.approx(3.57, abs=0.005)


@given(SERIES)
def test_on_residuals_it_is_ordinary_regression(values):
    times = np.arange(len(values))
    found, peer = trend(times, values), linregress(times, values)
    assert found.basis is TrendBasis.RESIDUALS
    assert found.slope == pytest.approx(peer.slope, abs=1e-9)
    if peer.stderr > 1e-9:
        assert found.p == pytest.approx(peer.pvalue, abs=1e-6)
    assert found.change == pytest.approx(peer.slope * (len(values) - 1), abs=1e-7)


@given(SERIES, st.floats(0.1, 10))
def test_equal_standard_errors_give_the_least_squares_line(values, error):
    times = np.arange(len(values))
    found = trend(times, values, standard_errors=[error] * len(values))
    spread = ((times - times.mean()) ** 2).sum()
    assert found.basis is TrendBasis.STANDARD_ERRORS
    assert found.slope == pytest.approx(linregress(times, values).slope, abs=1e-9)
    assert found.slope_upper - found.slope == pytest.approx(1.959964 * error / np.sqrt(spread), rel=1e-6)


@given(SERIES, st.floats(0.1, 10))
def test_verdicts_turn_with_the_series(values, error):
    turned = {Verdict.RISING: Verdict.FALLING, Verdict.FALLING: Verdict.RISING}
    errors = [error] * len(values)
    straight = trend(range(len(values)), values, standard_errors=errors)
    back = trend(range(len(values)), [-each for each in values], standard_errors=errors)
    assert back.verdict is turned.get(straight.verdict, straight.verdict)
    assert (straight.verdict in turned) == (abs(straight.change) > straight.detectable)


@given(SERIES, st.floats(0.2, 5))
def test_errors_of_known_size_decide_in_proportion(values, error):
    """Ten times the error is ten times the detectable change."""
    small, large = (
        trend(range(len(values)), values, standard_errors=[error * by] * len(values)) for by in (1, 10)
    )
    assert large.detectable == pytest.approx(10 * small.detectable)


# Armitage's chi-square for trend against R's prop.trend.test on Fleiss's smokers (83 of 86, 90 of 93, 129 of
# 136, 70 of 82): X-squared = 8.2249, p = 0.004132.
def test_chi_square_for_trend():
    found = proportion_trend([1, 2, 3, 4], [83, 90, 129, 70], [86, 93, 136, 82])
    assert found.p == pytest.approx(0.004132, abs=5e-7)
    assert found.verdict is Verdict.FALLING
    assert found.basis is TrendBasis.SAMPLE_SIZES


@given(st.lists(st.tuples(st.integers(0, 90), st.integers(90, 500)), min_size=3, max_size=8))
def test_the_interval_and_p_agree(rows):
    counts, bases = zip(*rows, strict=True)
    found = proportion_trend(range(len(rows)), counts, bases)
    if found.p is not None and abs(found.p - 0.05) > 1e-9:
        assert (found.verdict is Verdict.NO_CLEAR_CHANGE) == (found.p > 0.05)


def test_a_design_effect_widens():
    plain = proportion_trend([1, 2, 3], [10, 20, 30], [100, 100, 100])
    wide = proportion_trend([1, 2, 3], [10, 20, 30], [100, 100, 100], design_effect=2.25)
    assert wide.detectable == pytest.approx(1.5 * plain.detectable)


def test_nobody_or_everybody_has_no_trend():
    for counts in ([0, 0, 0], [10, 10, 10]):
        found = proportion_trend([1, 2, 3], counts, [10, 10, 10])
        assert (found.verdict, found.change, found.p) == (Verdict.NO_CLEAR_CHANGE, 0, 1)


def test_two_points_are_too_few():
    shares = proportion_trend([1, 2], [1, 9], [10, 10])
    for found in (trend([1, 2], [1, 9]), shares, trend([1, 2, 3], [1, np.nan, 9])):
        assert (found.verdict, found.points, found.slope) == (Verdict.TOO_FEW, 2, None)


def test_a_perfect_line_is_certain_and_a_flat_one_is_not():
    assert trend([1, 2, 3], [1, 2, 3]).verdict is Verdict.RISING
    assert trend([1, 2, 3], [1, 2, 3]).p == 0
    flat = trend([1, 2, 3], [2, 2, 2])
    assert (flat.verdict, flat.p) == (Verdict.NO_CLEAR_CHANGE, 1)


def test_unknown_values_are_left_out_and_order_does_not_matter():
    known = trend([2015, 2016, 2018], [10, 12, 13])
    assert trend([2018, 2017, 2015, 2016], [13, np.nan, 10, 12]) == known


def test_excess_tells_of_scatter_beyond_chance():
    steady = trend(range(6), [1, 2, 3, 4, 5, 6], standard_errors=[1] * 6)
    jumpy = trend(range(6), [1, 9, -5, 12, -3, 6], standard_errors=[1] * 6)
    assert steady.excess == pytest.approx(0, abs=1e-12)
    assert jumpy.excess > 10


def test_published_limits_give_their_standard_error():
    assert standard_error([20 - 1.959964], [20 + 1.959964])[0] == pytest.approx(1)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: trend([1, 1, 2], [1, 2, 3]), "given twice"),
        (lambda: trend([1, 2, 3], [1, 2]), "one shape"),
        (lambda: trend([1, 2, 3], [1, 2, 3], standard_errors=[1, 0, 1]), "above 0"),
        (lambda: proportion_trend([1, 2, 3], [11, 1, 1], [10, 10, 10]), "between 0 and its base"),
        (lambda: proportion_trend([1, 2, 3], [1, 1, 1], [9, 9, 9], design_effect=0), "design effect"),
        (lambda: minimum_detectable_change((0.2, 0.2), (100, 100), design_effect=0), "design effect"),
        (lambda: minimum_detectable_change((21, 0.2), (100, 100)), "above 1"),
        (lambda: standard_error([2], [1]), "above its lower"),
    ],
)
def test_what_cannot_be_fitted_is_said(call, said):
    with pytest.raises(MethodError, match=said):
        call()
