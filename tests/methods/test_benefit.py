"""Benefit incidence and bounds: published oracles, identities, and that bounds always hold what they bound."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.methods.arrays import MethodError
from commonweal.methods.benefit import (
    benefit_incidence,
    concentration_curve,
    index_bounds,
    kakwani,
    people_across,
    people_behind,
    placed_bounds,
    share_of_top,
    site_subsidy,
    suppressed_sum,
)
from commonweal.methods.inequality import concentration, gini, gini_among_residents

counts = st.lists(st.integers(0, 5_000), min_size=2, max_size=12)


def test_two_million_over_visits_is_little_a_visit_and_much_a_person():
    """The question of 2009: GBP 2m over 1.2m visits is GBP 1.67 each, and GBP 100, 33 or 20 a person."""
    per_visit = site_subsidy([2_000_000], [0], [1_200_000])
    assert per_visit[0] == pytest.approx(1.6667, abs=1e-4)
    for people, each in ((20_000, 100), (60_000, 33.33), (100_000, 20)):
        said = benefit_incidence([[1_200_000]], [people], [200_000], cost_a_visit=per_visit, paid=[0])
        assert said.per_person[0] == pytest.approx(each, abs=0.01)
        assert said.per_visit[0] == pytest.approx(per_visit[0])


def test_incidence_adds_up_over_sites_and_is_net_of_what_people_pay():
    said = benefit_incidence(
        [[100, 0], [50, 200]], [10, 40], [100, 300], cost_a_visit=[2, 5], paid=[50, 100], need=[3, 1]
    )
    assert said.subsidy.tolist() == [150, 1000]
    assert said.per_person.tolist() == [15, 25]
    assert said.share.sum() == pytest.approx(1)
    assert said.need_share.tolist() == [0.75, 0.25]
    assert said.index.index > 0
    assert said.index.lower < said.index.index < said.index.upper


def test_no_index_where_a_group_pays_more_than_it_gets():
    said = benefit_incidence([[10], [90]], [5, 5], [50, 50], cost_a_visit=[2], paid=[40, 0])
    assert said.subsidy.tolist() == [-20, 180]
    assert said.index is None


def test_kakwani_of_education_in_peru():
    """World Bank: Gini 0.470 and benefit 0.102 give 0.368 (published as 0.369 from unrounded figures)."""
    assert kakwani(0.470, 0.102) == pytest.approx(0.368)
    with pytest.raises(MethodError, match="Gini coefficient"):
        kakwani(1.2, 0)


def test_curve_runs_from_nothing_to_all_and_its_area_is_the_index():
    people, got = np.full(10, 100.0), np.arange(1, 11.0)
    curve = concentration_curve(got, people)
    assert (curve.people[0], curve.received[-1]) == (0, pytest.approx(1))
    area = np.trapezoid(curve.received, curve.people)
    assert 1 - 2 * area == pytest.approx(concentration(got / people, people).index)


@pytest.mark.parametrize(
    ("amount", "people", "top", "share"),
    [
        ([1], [10], 0.1, 0.1), ([1, 91], [9, 1], 0.1, 0.91),
        ([0, 1], [3, 1], 0.25, 1.0), ([1, 3], [1, 1], 0.25, 0.375),
    ],
)
def test_share_of_the_top(amount, people, top, share):
    assert share_of_top(amount, people, top=top) == pytest.approx(share)


@given(counts, st.floats(0.01, 0.99))
def test_the_top_hold_at_least_their_share(amounts, top):
    people = np.ones(len(amounts))
    if sum(amounts):
        assert share_of_top(amounts, people, top=top) >= top - 1e-9


@given(counts, st.integers(1, 500))
def test_gini_among_residents_is_that_of_everybody_with_those_who_never_come(amounts, others):
    users = np.array([amount for amount in amounts if amount])
    if len(users):
        reach = len(users) / (len(users) + others)
        everybody = gini([*users, 0], [*np.ones(len(users)), others])
        assert gini_among_residents(gini(users, np.ones(len(users))), reach) == pytest.approx(everybody)


@given(st.lists(st.sets(st.integers(0, 40)), max_size=6))
def test_people_across_sites_hold_the_truth(sites):
    between = people_across([len(site) for site in sites])
    assert between.least <= len(set().union(*sites)) <= between.most


@pytest.mark.parametrize(
    ("members", "unknown", "least", "most"),
    [(10, 0, 10, 10), (10, 5, 10, 15), (0, 5, 1, 5), (0, 0, 0, 0)],
)
def test_people_behind_visits_without_members(members, unknown, least, most):
    between = people_behind(members, unknown)
    assert (between.least, between.most) == (least, most)
    assert between.is_certain == (unknown == 0)


@given(st.lists(st.integers(0, 500), min_size=10, max_size=10), st.lists(st.integers(0, 9), max_size=60))
def test_bounds_hold_every_way_of_placing_the_unknown(known, placed):
    people = np.full(10, 1_000.0)
    truth = np.array(known, float) + np.bincount(np.array(placed, int), minlength=10)
    low, high = placed_bounds(known, len(placed))
    assert (low <= truth).all()
    assert (truth <= high).all()
    if truth.sum() > 0:
        between = index_bounds(known, people, len(placed))
        at = concentration(truth / people, people).index
        assert between.least - 1e-9 <= at <= between.most + 1e-9


def test_suppressed_cells_keep_the_publishers_bounds():
    between = suppressed_sum([5, 10], 3)
    assert (between.least, between.most) == (18, 27)
    with pytest.raises(MethodError, match="Hidden cells"):
        suppressed_sum([5], 1, low=5, high=4)


@pytest.mark.parametrize(
    ("work", "says"),
    [
        (lambda: benefit_incidence([1, 2], [1], [1], cost_a_visit=[1], paid=[0]), "groups by sites"),
        (lambda: benefit_incidence([[1]], [1, 2], [1, 2], cost_a_visit=[1], paid=[0, 0]), "once for each group"),
        (lambda: benefit_incidence([[0]], [0], [1], cost_a_visit=[1], paid=[0]), "no subsidy"),
        (lambda: share_of_top([0], [1]), "something shared"),
        (lambda: share_of_top([1], [1], top=0), "above 0"),
        (lambda: index_bounds([1, 1], [0, 1], 1), "no residents"),
    ],
)
def test_what_cannot_be_worked_out_is_said(work, says):
    with pytest.raises(MethodError, match=says):
        work()
