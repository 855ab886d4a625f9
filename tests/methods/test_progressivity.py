"""Progressivity: a published example, the identities that tie it to Gini and concentration, and its interval."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.methods.arrays import MethodError
from commonweal.methods.benefit import kakwani
from commonweal.methods.inequality import concentration, gini
from commonweal.methods.progressivity import Inside, progressivity

PEOPLE = np.full(10, 1000.0)
amounts = st.lists(st.floats(1, 1e6), min_size=10, max_size=10).map(np.array)


def test_against_each_persons_own_income_it_is_kakwanis_index():
    """K = G - C; and 0.470 - 0.102 = 0.368 for education in Peru (World Bank, published 0.369 unrounded)."""
    rng = np.random.default_rng(2)
    income = np.sort(rng.lognormal(0, 1, 2000))
    benefit, one = rng.random(2000), np.ones(2000)
    found = progressivity(benefit, income, one)
    assert found.against == pytest.approx(gini(income, one))
    assert found.index == pytest.approx(kakwani(gini(income, one), concentration(benefit, one).index))
    assert kakwani(0.470, 0.102) == pytest.approx(0.368)


@pytest.mark.parametrize(("got", "against", "index"), [
    (np.ones(10), np.ones(10), 0.0),                    # both the same for all
    (np.arange(1, 11), np.arange(1, 11) * 7, 0.0),      # share for share
    (np.eye(10)[0] + 1e-12, np.ones(10), 0.9),          # all to the worst off of ten groups: C = 1/10 - 1
    (np.ones(10), np.eye(10)[9] + 1e-12, 0.9),          # paid for by the best off
])
def test_closed_forms(got, against, index):
    assert progressivity(got, against, PEOPLE).index == pytest.approx(index, abs=1e-9)


@given(amounts, amounts, amounts)
@settings(max_examples=40)
def test_indices_add_up_and_turn_round(one, two, three):
    def between(a, b):
        return progressivity(a, b, PEOPLE).index

    assert between(one, two) == pytest.approx(-between(two, one), abs=1e-9)
    assert between(one, three) == pytest.approx(between(one, two) + between(two, three), abs=1e-9)
    assert between(one, PEOPLE) == pytest.approx(-concentration(one / PEOPLE, PEOPLE).index, abs=1e-9)


@given(amounts, amounts)
@settings(max_examples=40)
def test_a_subsidy_is_its_cost_less_what_is_paid_index_by_index(cost, share):
    """Σ of amounts: S·C_S = T·C_T - P·C_P, so S·K(S, T) = P·(C_P - C_T): who pays more than their use."""
    paid = cost * share / (share.max() * 2)
    subsidy = cost - paid
    left = subsidy.sum() * progressivity(subsidy, cost, PEOPLE).index
    right = paid.sum() * -progressivity(paid, cost, PEOPLE).index
    assert left == pytest.approx(right, rel=1e-6, abs=1e-6 * cost.sum())


@pytest.mark.parametrize("together", [False, True])
def test_its_interval_is_as_wide_as_drawing_people_again_shows(together):
    rng = np.random.default_rng(4)
    size, rate_a, rate_b = 400, np.linspace(3, 1, 10), np.linspace(1, 2, 10)
    people = np.full(10, float(size))

    def draw():
        visits = rng.poisson(2.0, (10, size)) if together else None
        a = (rate_a[:, None] * visits if together else rng.poisson(rate_a[:, None], (10, size))).sum(axis=1)
        b = (rate_b[:, None] * visits if together else rng.poisson(rate_b[:, None], (10, size))).sum(axis=1)
        return progressivity(a, b, people).index

    drawn = np.std([draw() for _ in range(600)])
    factor = 2.0 if together else 1.0
    inside = Inside(rate_a**2 * 2.0, rate_b**2 * 2.0, together=True) if together else Inside(rate_a, rate_b)
    only = progressivity(rate_a * factor * size, rate_b * factor * size, people, n=10.0 * size, inside=inside)
    bare = progressivity(rate_a * factor * size, rate_b * factor * size, people, n=10.0 * size)
    inner = np.sqrt((only.upper - only.index) ** 2 - (bare.upper - bare.index) ** 2) / 1.96
    assert inner == pytest.approx(drawn, rel=0.1)
    assert only.lower < only.index < only.upper


def test_what_share_for_share_has_no_doubt_and_leans_nowhere():
    found = progressivity(np.arange(1, 11), 3 * np.arange(1, 11), PEOPLE, n=10_000)
    assert (found.lower, found.upper) == (pytest.approx(0), pytest.approx(0))
    assert progressivity([9, 1], [1, 9], [5, 5]).leans == 0
    assert progressivity([9, 1], [1, 9], [5000, 5000], n=10_000).leans == 1
    assert progressivity([1, 9], [9, 1], [5000, 5000], n=10_000).leans == -1


@pytest.mark.parametrize(("got", "against", "people", "said"), [
    ([0, 0], [1, 1], [1, 1], "every amount"), ([1, 1], [1, 1], [1, 0], "no people"),
    ([1, -1], [1, 1], [1, 1], "got"),
])
def test_what_cannot_be_compared_is_said(got, against, people, said):
    with pytest.raises(MethodError, match=said):
        progressivity(got, against, people)
