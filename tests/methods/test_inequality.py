"""Inequality: published values, closed forms and the identity that ties the indices together."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from commonweal.methods.arrays import MethodError
from commonweal.methods.inequality import (
    concentration,
    gini,
    gini_among_residents,
    mid_ranks,
    slope_index,
)

GROUPS = st.lists(st.tuples(st.floats(0.01, 1), st.integers(1, 10_000)), min_size=2, max_size=10)

# O'Donnell et al. 2008 (World Bank), chapter 8: India, deaths under five per 1,000 births by wealth group.
INDIA = ([154.7, 152.9, 119.5, 86.9, 54.3], [29939, 28776, 26528, 24689, 19739])


def split(rows):
    return tuple(np.array(part, dtype=float) for part in zip(*rows, strict=True))


def test_indias_concentration_index():
    assert concentration(*INDIA).index == pytest.approx(-0.16942, abs=5e-6)


@pytest.mark.parametrize(
    ("amounts", "expected"), [([1, 2, 3, 4, 5], 4 / 15), ([0, 0, 0, 1], 0.75), ([7, 7], 0)]
)
def test_known_ginis(amounts, expected):
    assert gini(amounts, np.ones(len(amounts))) == pytest.approx(expected)


# Gini coefficients of distributions: exponential 1/2, lognormal(1) 0.520500, Pareto(3) 1/5.
@pytest.mark.parametrize(
    ("quantile", "expected"),
    [
        (lambda p: -np.log1p(-p), 0.5),
        (lambda p: np.exp(__import__("scipy.special", fromlist=["ndtri"]).ndtri(p)), 0.520500),
        (lambda p: (1 - p) ** (-1 / 3), 0.2),
    ],
)
def test_ginis_of_distributions(quantile, expected):
    middles = (np.arange(200_000) + 0.5) / 200_000
    assert gini(quantile(middles), np.ones(200_000)) == pytest.approx(expected, abs=5e-4)


@given(GROUPS)
def test_a_histogram_is_its_people_one_by_one(rows):
    amounts, people = split(rows)
    few = np.minimum(people, 9)
    assert gini(amounts, few) == pytest.approx(gini(np.repeat(amounts, few.astype(int)), np.ones(int(few.sum()))))


@given(GROUPS)
def test_concentration_by_itself_is_gini(rows):
    amounts, people = split(sorted(rows))
    assert concentration(amounts, people).index == pytest.approx(gini(amounts, people), abs=1e-12)


@given(GROUPS)
def test_concentration_is_twice_the_slope_times_rank_variance_over_mean(rows):
    values, people = split(rows)
    share, rank = people / people.sum(), mid_ranks(people)
    variance = share @ (rank - share @ rank) ** 2
    expected = 2 * slope_index(values, people).sii * variance / (share @ values)
    assert concentration(values, people).index == pytest.approx(expected, abs=1e-12)


@given(GROUPS)
def test_attending_and_not_attending_mirror(rows):
    values, people = split(rows)
    assume(values.max() < 1)
    came, stayed = concentration(values, people), concentration(1 - values, people)
    assert came.erreygers == pytest.approx(-stayed.erreygers, abs=1e-9)
    assert came.wagstaff == pytest.approx(-stayed.wagstaff, abs=1e-6)


@given(GROUPS)
def test_turning_the_order_turns_the_sign(rows):
    values, people = split(rows)
    assert concentration(values[::-1], people[::-1]).index == pytest.approx(-concentration(values, people).index)
    assert slope_index(values[::-1], people[::-1]).sii == pytest.approx(-slope_index(values, people).sii)


@given(GROUPS)
def test_slope_is_weighted_least_squares(rows):
    values, people = split(rows)
    slope, start = np.polyfit(mid_ranks(people), values, 1, w=np.sqrt(people))
    found = slope_index(values, people)
    assert (found.sii, found.intercept) == pytest.approx((slope, start), abs=1e-8)


def test_slope_of_a_line_and_its_ratio():
    people = np.array([10, 30, 20])
    found = slope_index(4 + 2 * mid_ranks(people), people, standard_errors=[0.1, 0.1, 0.1])
    assert (found.sii, found.rii, found.intercept) == pytest.approx((2, 1.5, 4))
    assert found.sii_lower < 2 < found.sii_upper
    assert found.rii_lower < 1.5 < found.rii_upper


def test_the_closed_form_is_what_simulation_finds():
    """As many draws as the public programme makes; its own limits differ from the closed form by the draws."""
    values, people = np.array([20, 24, 25, 29, 31.0]), np.array([100, 140, 90, 120, 150])
    errors = np.array([1, 2, 1.5, 1, 0.5])
    draws = np.random.default_rng(7).normal(values, errors, size=(100_000, 5))
    found = slope_index(values, people, standard_errors=errors)
    start = [slope_index(row, people) for row in np.eye(5)]
    slopes = draws @ [one.sii for one in start]
    ratios = 1 + slopes / (draws @ [one.intercept for one in start])
    assert (found.sii_lower, found.sii_upper) == pytest.approx(np.quantile(slopes, (0.025, 0.975)), abs=0.08)
    assert (found.rii_lower, found.rii_upper) == pytest.approx(np.quantile(ratios, (0.025, 0.975)), rel=0.01)


def test_no_ratio_where_an_end_is_not_above_nothing():
    assert slope_index([-5, 1, 5], [1, 1, 1]).rii is None


def test_the_interval_of_concentration_narrows_with_the_root_of_n():
    small, large = (concentration(*INDIA, n=n) for n in (1_000, 100_000))
    assert (small.upper - small.lower) == pytest.approx(10 * (large.upper - large.lower))
    assert small.lower < small.index < small.upper
    assert small.erreygers is None


@given(st.floats(0, 1), st.floats(0, 1))
def test_gini_among_residents(among_users, reach):
    """Adding people who never come to the histogram gives what the identity says."""
    assert 0 <= gini_among_residents(among_users, reach) <= 1
    users = gini([1, 3, 9], [5, 3, 2])
    assert gini([0, 1, 3, 9], [30, 5, 3, 2]) == pytest.approx(gini_among_residents(users, 0.25))


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: gini([0, 0], [1, 1]), "something shared"),
        (lambda: concentration([0, 0], [1, 1]), "every value is 0"),
        (lambda: slope_index([1, 2], [1, 0]), "at least two groups"),
        (lambda: mid_ranks([0, 0]), "nobody is there"),
        (lambda: gini_among_residents(1.2, 0.5), "between 0 and 1"),
    ],
)
def test_errors(call, said):
    with pytest.raises(MethodError, match=said):
        call()


def test_the_interval_of_shares_holds_what_chance_alone_makes():
    rng = np.random.default_rng(11)
    people, share = np.full(10, 900), np.full(10, 0.14)
    found = [
        concentration(drawn / people, people, n=9_000, within=drawn / people * (1 - drawn / people))
        for drawn in (rng.binomial(people, share) for _ in range(2_000))
    ]
    held = np.mean([one.lower <= 0 <= one.upper for one in found])
    assert held == pytest.approx(0.95, abs=0.015)
