"""Intervals against published worked examples and by what any interval must do."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.methods.arrays import MethodError
from commonweal.methods.intervals import byar, exact_poisson, poisson, proportion, rate, wilson, z_value

PEOPLE = st.integers(1, 10_000_000)
LEVELS = st.floats(0.5, 0.999)


# Public Health England's worked examples, recomputed.
@pytest.mark.parametrize(
    ("method", "given_", "level", "expected"),
    [
        (byar, (65,), 0.95, (50.163188, 82.849139)),
        (byar, (65,), 0.998, (42.880261, 94.000291)),
        (exact_poisson, (5,), 0.95, (1.623486, 11.668332)),
        (wilson, (65, 100), 0.95, (0.552544, 0.736358)),
        (poisson, (5,), 0.95, (1.623486, 11.668332)),
        (poisson, (65,), 0.95, (50.163188, 82.849139)),
    ],
)
def test_published_examples(method, given_, level, expected):
    assert np.allclose(method(*given_, level=level), expected, atol=5e-7)


def test_ninety_five_percent_is_1_96():
    assert z_value() == pytest.approx(1.959963984540054)


def test_counts_below_ten_are_exact_and_from_ten_byar():
    low, high = poisson([9, 10])
    assert (low[0], high[0]) == tuple(exact_poisson(9))
    assert (low[1], high[1]) == tuple(byar(10))


def test_exact_and_byar_agree_where_they_meet():
    assert np.allclose(exact_poisson(np.arange(10, 200)), byar(np.arange(10, 200)), rtol=0.005)


@given(PEOPLE.flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), LEVELS)
def test_wilson_contains_the_share_and_stays_in_bounds(pair, level):
    count, n = pair
    low, high = wilson(count, n, level=level)
    assert 0 <= low <= count / n + 1e-12
    assert count / n - 1e-12 <= high <= 1


@given(st.integers(0, 1_000_000), LEVELS)
def test_a_count_lies_within_its_interval(count, level):
    low, high = poisson(count, level=level)
    assert 0 <= low <= count <= high


@given(st.integers(0, 5_000), LEVELS)
def test_bounds_rise_with_the_count(count, level):
    low, high = poisson([count, count + 1], level=level)
    assert low[0] <= low[1]
    assert high[0] < high[1]


@given(st.integers(1, 9_999), st.floats(0.5, 0.99))
def test_more_confidence_is_wider(count, level):
    narrow, wide = wilson(count, 10_000, level=level), wilson(count, 10_000, level=level + 0.005)
    assert wide[0] < narrow[0]
    assert wide[1] > narrow[1]


@given(st.integers(0, 100))
def test_wilson_mirrors(count):
    low, high = wilson(count, 100)
    other_low, other_high = wilson(100 - count, 100)
    assert low == pytest.approx(1 - other_high)
    assert high == pytest.approx(1 - other_low)


def test_proportions_and_rates_carry_their_unit():
    share = proportion([65, 0, 0], [100, 50, 0])
    assert share.value[0] == 65
    assert share.lower[0] == pytest.approx(55.2544, abs=1e-4)
    assert share.lower[1] == 0
    assert np.isnan([share.value[2], share.lower[2], share.upper[2]]).all()
    crude = rate([65], [10_000], per=1_000)
    assert crude.value[0] == pytest.approx(6.5)
    assert crude.upper[0] == pytest.approx(8.2849139)


def test_unknown_counts_stay_unknown():
    for bounds in (wilson([np.nan], [10]), poisson([np.nan]), byar([np.nan]), exact_poisson([np.nan])):
        assert np.isnan(bounds).all()


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: proportion([11], [10]), "cannot be above its base"),
        (lambda: proportion([-1], [10]), "cannot be below 0"),
        (lambda: proportion([1, 2], [10]), "one shape"),
        (lambda: rate([1], [10, 20]), "one shape"),
        (lambda: wilson(1, 2, level=95), "between 0 and 1"),
    ],
)
def test_errors_say_what_to_do(call, said):
    with pytest.raises(MethodError, match=said):
        call()
