"""Siting: every choice against trying them all, and closures against taking each site away."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.methods.arrays import MethodError
from commonweal.methods.catchments import pairs_from_table, pairs_within
from commonweal.methods.siting import closing_each, cover_most, shortest_ways

TOWNS = st.integers(0, 2**32 - 1).map(np.random.default_rng)


def town(rng, areas=25, sites=8, reach=2500):
    return pairs_within(rng.uniform(0, 9_000, (areas, 2)), rng.uniform(0, 9_000, (sites, 2)), reach=reach)


def covered(pairs, weight, chosen):
    near = np.isin(pairs.site, list(chosen))
    return weight[np.unique(pairs.area[near])].sum()


def walked(pairs, weight, chosen, beyond):
    nearest = np.full(pairs.areas, beyond)
    near = np.isin(pairs.site, list(chosen))
    np.minimum.at(nearest, pairs.area[near], pairs.cost[near])
    return weight @ nearest


@settings(max_examples=25)
@given(TOWNS, st.integers(1, 3), st.integers(0, 2))
def test_covering_is_the_best_of_all_choices(rng, choose, already):
    pairs, weight = town(rng), rng.integers(0, 500, 25).astype(float)
    there = tuple(range(already))
    found = cover_most(pairs, weight=weight, choose=choose, already=there)
    best = max(covered(pairs, weight, (*there, *some)) for some in combinations(range(already, 8), choose))
    assert found.value == pytest.approx(best)
    assert found.gap == 0
    assert covered(pairs, weight, (*there, *found.sites)) == pytest.approx(found.value)
    assert not set(found.sites) & set(there)


@settings(max_examples=25)
@given(TOWNS)
def test_ways_are_nearly_the_shortest_of_all_choices(rng):
    pairs, weight = town(rng), rng.integers(1, 500, 25).astype(float)
    found = shortest_ways(pairs, weight=weight, choose=2, already=[0])
    best = min(walked(pairs, weight, (0, *two), 2500.0) for two in combinations(range(1, 8), 2))
    assert walked(pairs, weight, (0, *found.sites), 2500.0) == pytest.approx(found.value)
    assert best <= found.value * (1 + 1e-12) <= best * 1.05
    assert np.isnan(found.gap)


@settings(max_examples=25)
@given(TOWNS)
def test_closing_is_what_taking_it_away_does(rng):
    pairs, weight = town(rng), rng.integers(0, 500, 25).astype(float)
    found = closing_each(pairs, weight=weight)
    everywhere = covered(pairs, weight, range(8))
    for site in range(8):
        rest = [one for one in range(8) if one != site]
        assert found.left_without[site] == pytest.approx(everywhere - covered(pairs, weight, rest))
        still = np.isin(np.arange(25), pairs.area[pairs.site != site])
        before = _ways(pairs, weight * still, range(8))
        assert found.further[site] == pytest.approx(_ways(pairs, weight * still, rest) - before, abs=1e-6)


def _ways(pairs, weight, chosen):
    nearest = np.full(pairs.areas, np.inf)
    near = np.isin(pairs.site, list(chosen))
    np.minimum.at(nearest, pairs.area[near], pairs.cost[near])
    return float((weight * np.where(np.isfinite(nearest), nearest, 0)).sum())


def test_nothing_left_to_cover():
    pairs = pairs_from_table([0, 0], [0, 1], [1, 1], shape=(1, 2), reach=5)
    found = cover_most(pairs, weight=[10], choose=1, already=[0])
    assert (found.sites, found.value, found.gap) == ((1,), 10, 0)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda pairs: cover_most(pairs, weight=np.ones(25), choose=9), "between 1 and 8"),
        (lambda pairs: cover_most(pairs, weight=np.ones(25), choose=8, already=[1]), "between 1 and 7"),
        (lambda pairs: cover_most(pairs, weight=np.ones(3), choose=1), "each of the 25 areas"),
        (lambda pairs: shortest_ways(pairs, weight=np.ones(25), choose=0), "between 1 and 8"),
        (lambda pairs: closing_each(pairs, weight=-np.ones(25)), "cannot be below 0"),
        (lambda pairs: cover_most(pairs, weight=np.ones(25), choose=1, already=[8]), "from 0 to 7"),
    ],
)
def test_what_cannot_be_is_said(call, said):
    with pytest.raises(MethodError, match=said):
        call(town(np.random.default_rng(1)))
