"""The set chosen is the best of all sets, tried one by one; floors bind; what cannot fit is said."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from commonweal.methods.arrays import MethodError
from commonweal.methods.budget import choice, fairest, most_benefit, shared_unequally


def small(seed, options=9, groups=3):
    rng = np.random.default_rng(seed)
    cost, benefit = rng.integers(5, 40, options), rng.integers(0, 30, (options, groups))
    return choice(
        cost, benefit * (rng.random((options, groups)) < 0.5), budget=70, need=rng.integers(1, 9, groups),
    )


def every_set(given):
    for pattern in product((0, 1), repeat=len(given.cost)):
        x = np.array(pattern)
        if x @ given.cost <= given.budget and ((x @ given.benefit) >= given.floors - 1e-9).all():
            yield x @ given.benefit


def test_the_published_knapsack():
    """P01 of Burkardt's collection (Florida State University): 165 holds 309, by the first four and the sixth."""
    cost = np.array([23, 31, 29, 44, 53, 38, 63, 85, 89, 82])
    worth = np.array([92, 57, 49, 68, 60, 43, 67, 84, 87, 72])
    got = most_benefit(choice(cost, worth[:, None], budget=165, need=np.array([1])))
    assert (got.taken, got.value, got.cost, got.proven) == ((0, 1, 2, 3, 5), 309, 165, True)


@pytest.mark.parametrize("seed", range(6))
def test_it_is_the_best_of_all_sets(seed):
    given = small(seed)
    got = most_benefit(given)
    assert got.value == max(one.sum() for one in every_set(given))
    assert got.proven
    assert got.cost <= given.budget


@pytest.mark.parametrize("seed", range(6))
def test_the_fairest_is_the_fairest_of_all_sets(seed):
    given = small(seed)
    got = fairest(given)
    best = max(float(given.need @ np.log1p(one / given.need)) for one in every_set(given))
    assert got.value == pytest.approx(best, rel=0.01)  # the curve is taken by 24 tangents
    assert got.value <= best + 1e-9


@pytest.mark.parametrize("seed", range(4))
def test_a_floor_is_reached_and_costs_something_or_nothing(seed):
    given = small(seed)
    free = most_benefit(given)
    most = given.benefit.sum(axis=0)
    floored = replace(given, floors=most * 0.3)
    try:
        got = most_benefit(floored)
    except MethodError:
        assert not list(every_set(floored))
        return
    assert (got.benefit >= floored.floors - 1e-6).all()
    assert got.value <= free.value + 1e-9


def test_what_must_be_is_taken_and_what_must_not_is_not():
    given = replace(small(1), must=(0,), never=(1, 2), one_of=((3, 4),))
    got = most_benefit(given)
    assert 0 in got.taken
    assert not {1, 2} & set(got.taken)
    assert len({3, 4} & set(got.taken)) <= 1


@pytest.mark.parametrize(("change", "words"), [
    ({"budget": 1.0, "must": (0,)}, "more than the budget"),
    ({"floors": np.array([0, 1e6, 0])}, "floor of group 2"),
    ({"budget": 0.0, "floors": np.array([1.0, 0, 0])}, "Lower a floor or raise the budget"),
    ({"must": (0,), "never": (0,)}, "must be taken and one that must not"),
])
def test_what_cannot_fit_is_said(change, words):
    for solve in (most_benefit, fairest):
        with pytest.raises(MethodError, match=words):
            solve(replace(small(1), **change))


def test_a_budget_nothing_fits_takes_nothing_and_says_nothing_false():
    got = most_benefit(replace(small(1), budget=1.0))
    assert (got.taken, got.cost, got.value) == ((), 0, 0)


@pytest.mark.parametrize(("benefit", "need", "gini"), [
    ([5, 5], [1, 1], 0), ([0, 10], [1, 1], 0.5), ([2, 4], [1, 2], 0), ([0, 0], [1, 1], 0),
])
def test_inequality_by_hand(benefit, need, gini):
    assert shared_unequally(benefit, need) == pytest.approx(gini)


@pytest.mark.parametrize("wrong", [
    lambda: choice([], np.zeros((0, 1)), budget=1), lambda: choice([1], [[1], [2]], budget=1),
    lambda: choice([1], [[-1]], budget=1), lambda: choice([1], [[1]], budget=float("nan")),
    lambda: choice([1], [[1]], budget=1, need=[1, 2]),
])
def test_what_cannot_be_is_refused_in_a_sentence(wrong):
    with pytest.raises(MethodError, match=r"\w+ \w+ \w+"):
        wrong()
