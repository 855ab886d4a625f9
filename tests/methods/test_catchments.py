"""Floating catchments: published answers, what every answer must keep, and sentences for what cannot be."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.methods.arrays import MethodError
from commonweal.methods.catchments import (
    assign_to_capacity,
    floating_catchment,
    gaussian,
    level,
    pairs_from_table,
    pairs_within,
    stepped,
    three_step_catchment,
)

# Two towns and a city: people 100, 50, 10; doctors 15, 20, 100; a minute at home, 40 to the city, 80 across.
PEOPLE, DOCTORS = [100, 50, 10], [15, 20, 100]
WAYS = [[1, 80, 40], [80, 1, 40], [40, 40, 1]]


def three_towns():
    area, site = np.indices((3, 3))
    return pairs_from_table(area.ravel(), site.ravel(), np.ravel(WAYS), shape=(3, 3), reach=61)


def inverse(cost):
    return 1 / cost


# What pysal/access 1.1.10 gives for the same towns (its test of a hospital), to six places.
@pytest.mark.parametrize(
    ("decay", "expected"),
    [
        (inverse, [0.331444, 0.579828, 7.286418]),
        (lambda cost: np.where(cost <= 20, 1.0, 0.68), [0.747592, 0.959256, 1.227799]),
    ],
)
def test_published_two_step_answers(decay, expected):
    found = floating_catchment(three_towns(), people=PEOPLE, capacity=DOCTORS, decay=decay)
    assert found.per_person == pytest.approx(expected, abs=5e-7)


def test_three_steps_against_loops():
    weight = {(i, j): 1 / WAYS[i][j] for i in range(3) for j in range(3) if WAYS[i][j] <= 61}
    whole = {i: sum(w for (a, _), w in weight.items() if a == i) for i in range(3)}
    drawn = {(i, j): w * w / whole[i] for (i, j), w in weight.items()}
    each = {j: DOCTORS[j] / sum(PEOPLE[i] * w for (i, s), w in drawn.items() if s == j) for j in range(3)}
    expected = [sum(each[j] * w for (a, j), w in drawn.items() if a == i) for i in range(3)]
    found = three_step_catchment(three_towns(), people=PEOPLE, capacity=DOCTORS, decay=inverse)
    assert found.per_person == pytest.approx(expected)


TOWNS = st.integers(0, 2**32 - 1).map(np.random.default_rng)


@given(TOWNS, st.sampled_from([level, stepped(3000), gaussian(3000)]), st.booleans())
def test_every_unit_of_capacity_is_somebodys(rng, decay, three):
    areas, sites = rng.uniform(0, 10_000, (30, 2)), rng.uniform(0, 10_000, (12, 2))
    people, capacity = rng.integers(0, 900, 30), rng.uniform(0, 50, 12)
    pairs = pairs_within(areas, sites, reach=3000)
    found = (three_step_catchment if three else floating_catchment)(
        pairs, people=people, capacity=capacity, decay=decay
    )
    used = capacity[np.isfinite(found.per_site)].sum()
    assert (people * found.per_person).sum() == pytest.approx(used)
    assert (found.per_person[~found.reached] == 0).all()


@given(TOWNS)
def test_pairs_are_those_that_are_near(rng):
    areas, sites = rng.uniform(0, 5_000, (20, 2)), rng.uniform(0, 5_000, (9, 2))
    pairs = pairs_within(areas, sites, reach=1500, detour=1.3)
    far = 1.3 * np.linalg.norm(areas[:, None] - sites[None], axis=2)
    assert set(zip(pairs.area.tolist(), pairs.site.tolist(), strict=True)) == set(
        zip(*(index.tolist() for index in np.nonzero(far <= 1500)), strict=True)
    )
    assert pairs.cost == pytest.approx(far[pairs.area, pairs.site])


@given(TOWNS)
def test_demand_is_met_or_its_want_is_told(rng):
    pairs = pairs_within(rng.uniform(0, 9_000, (25, 2)), rng.uniform(0, 9_000, (8, 2)), reach=3000)
    demand, capacity = rng.uniform(0, 100, 25), rng.uniform(0, 300, 8)
    found = assign_to_capacity(pairs, demand=demand, capacity=capacity, decay=gaussian(3000))
    assert found.met + found.no_site + found.no_room == pytest.approx(demand)
    assert (found.used <= capacity + 1e-9).all()
    assert found.used.sum() == pytest.approx(found.met.sum())
    more = assign_to_capacity(pairs, demand=demand, capacity=capacity * 2, decay=gaussian(3000))
    assert more.met.sum() >= found.met.sum() - 1e-6


def test_closing_a_site_never_meets_more():
    rng = np.random.default_rng(3)
    pairs = pairs_within(rng.uniform(0, 9_000, (40, 2)), rng.uniform(0, 9_000, (8, 2)), reach=4000)
    demand, capacity = rng.uniform(0, 100, 40), rng.uniform(100, 300, 8)
    before = assign_to_capacity(pairs, demand=demand, capacity=capacity).met.sum()
    for site in range(8):
        fewer = np.where(np.arange(8) == site, 0, capacity)
        assert assign_to_capacity(pairs, demand=demand, capacity=fewer).met.sum() <= before + 1e-6


def test_steps_and_smooth_decay():
    assert stepped(30)(np.array([0, 10, 10.1, 20, 29, 30, 31])).tolist() == [1, 1, 0.68, 0.68, 0.22, 0.22, 0]
    assert gaussian(30)(np.array([0, 30, 45])) == pytest.approx([1, 0, 0])


def test_nowhere_to_go():
    pairs = pairs_within(np.zeros((2, 2)), np.zeros((0, 2)), reach=100)
    found = floating_catchment(pairs, people=[5, 5], capacity=[])
    assert found.per_person.tolist() == [0, 0]
    assert not found.reached.any()


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: pairs_within([[1, 2]], [[1, 2]], reach=0), "must be above 0"),
        (lambda: pairs_within([[1, 2]], [[1, 2]], reach=5, detour=0.9), "never shorter than the straight line"),
        (lambda: pairs_within([[1, np.nan]], [[1, 2]], reach=5), "none of them missing"),
        (lambda: pairs_from_table([0, 9], [0, 0], [1, 1], shape=(2, 2), reach=5), "Way 2 names"),
        (lambda: pairs_from_table([0], [0, 0], [1, 1], shape=(2, 2), reach=5), "different lengths"),
        (lambda: floating_catchment(three_towns(), people=[1], capacity=DOCTORS), "There are 3 areas"),
        (lambda: floating_catchment(three_towns(), people=[1, np.nan, 1], capacity=DOCTORS), "known everywhere"),
        (lambda: stepped(30, ((1.0, 0.2), (0.5, 1.0))), "must go outward"),
    ],
)
def test_what_cannot_be_is_said(call, said):
    with pytest.raises(MethodError, match=said):
        call()
