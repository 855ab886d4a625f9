"""What if: closed forms, what must never happen, and the order of the frontier."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.methods.arrays import MethodError
from commonweal.methods.catchments import gaussian, level, pairs_from_table
from commonweal.methods.whatif import (
    Elasticity,
    as_it_is,
    close_sites,
    frontier,
    opened_site,
    priced,
    priced_range,
    reaching_more,
    service,
)

NEED = np.array([True, True, False, False, False])
MODERATE = Elasticity(people=-0.3, visits=-0.2)


def leisure():
    """Five groups from worst off; the better off come more and pay more."""
    return service(
        [26_000] * 5, [3_000, 4_000, 5_000, 6_500, 8_000], [30_000, 60_000, 110_000, 180_000, 240_000],
        [2.0, 2.5, 3.0, 3.4, 3.6], fixed=3_500_000, each=0.4,
    )


def test_today_is_itself():
    now = leisure()
    today = as_it_is(now)
    same = priced(now, now.price, MODERATE)
    assert same.people == pytest.approx(today.people)
    assert same.earned == pytest.approx(today.earned)
    income = (np.array([30, 60, 110, 180, 240]) * 1000 * np.array([2, 2.5, 3, 3.4, 3.6])).sum()
    assert today.subsidy == pytest.approx(3_500_000 + 0.4 * 620_000 - income)


def test_a_small_step_is_the_elasticity():
    now = service([1e6], [1000], [5000], [4.0], fixed=0)
    up = priced(now, [4.0 * 1.0001], Elasticity(-0.5, -0.25))
    assert (up.people[0] / 1000 - 1) / 0.0001 == pytest.approx(-0.5, abs=1e-4)
    assert (up.visits[0] / 5000 - 1) / 0.0001 == pytest.approx(-0.75, abs=1e-3)


@given(st.floats(0, 3), st.floats(-2, 0), st.floats(-2, 0))
def test_dearer_never_brings_more_and_nobody_is_invented(factor, people, visits):
    now = leisure()
    found = priced(now, now.price * factor, Elasticity(people, visits))
    assert (found.people <= now.residents + 1e-9).all()
    if factor >= 1:
        assert (found.people <= now.people + 1e-9).all()
    assert found.subsidy == pytest.approx(now.fixed + 0.4 * found.visits.sum() - found.earned)


def test_the_range_holds_the_middle():
    now = leisure()
    ends = (Elasticity(-0.1, -0.1), Elasticity(-0.8, -0.5))
    found = priced_range(now, now.price * 1.2, middle=MODERATE, ends=ends)
    assert found.ends[1].reached < found.middle.reached < found.ends[0].reached


def test_the_frontier_trades_income_for_reach():
    found = frontier(leisure(), need=NEED, how=MODERATE, factors=np.linspace(0, 2, 9))
    incomes, reaches = [one.income for one in found], [one.reach for one in found]
    assert incomes == sorted(incomes, reverse=True)
    assert reaches == sorted(reaches)
    assert len(found) > 3
    assert not found[0].universal or found[0].everybody == 2.0
    assert all(one.in_need <= one.everybody for one in found)


def test_nothing_tried_beats_a_policy_on_the_frontier():
    now, factors = leisure(), np.linspace(0, 2, 9)
    found = frontier(now, need=NEED, how=MODERATE, factors=factors)
    for everybody in factors:
        for lower in factors[factors <= everybody]:
            other = priced(now, now.price * np.where(NEED, lower, everybody), MODERATE)
            assert any(
                one.income >= other.earned - 1e-6 and one.reach >= other.reached * (1 - 1e-9) for one in found
            )


def test_counting_need_for_more_moves_the_frontier_to_concessions():
    factors, triple = np.linspace(0, 2, 9), np.where(NEED, 3, 1)
    even = frontier(leisure(), need=NEED, how=MODERATE, factors=factors)
    weighed = frontier(leisure(), need=NEED, how=MODERATE, factors=factors, weight=triple)
    gap = [np.mean([one.everybody - one.in_need for one in found]) for found in (even, weighed)]
    assert gap[1] > gap[0]


WAYS = pairs_from_table([0, 0, 1, 1, 2], [0, 1, 0, 1, 0], [1_000, 2_000, 500, 500, 900], shape=(3, 2), reach=3_000)


def test_closing_one_site_moves_some_and_stops_others():
    found = close_sites(WAYS, people=[[100, 0], [50, 20], [30, 0]], closing=[0], decay=gaussian(3_000))
    decay = gaussian(3_000)(np.array([1_000.0, 2_000.0]))
    assert found.stay == pytest.approx([100 * decay[1] / decay[0], 50, 0])
    assert found.stop == pytest.approx([100 * (1 - decay[1] / decay[0]), 0, 30])
    assert found.gained == pytest.approx([0, found.stay.sum()])


def test_opening_a_site_brings_those_who_are_nearer_and_sends_nobody_further():
    now, then = [1_000, 2_000, np.nan, 500], [1_000, 500, 1_500, 900]
    people, live = [60, 10, 0, 30], [90, 50, 100, 31]
    decay = gaussian(3_000)
    near, nearer = (np.nan_to_num(decay(np.array(one, float))) for one in (now, then))
    rate = 100 / (np.array(live) @ near)
    by_hand = [0, min(rate * 50 * (nearer[1] - near[1]), 40), min(rate * 100 * nearer[2], 100), 0]
    assert opened_site(now, then, people=people, residents=live, decay=decay) == pytest.approx(by_hand)
    with pytest.raises(MethodError, match="within reach of anybody today"):
        opened_site([np.nan], [1.0], people=[0], residents=[5], decay=decay)


def test_closing_nothing_or_everything():
    people = np.array([[100, 0], [50, 20], [30, 0]])
    nothing = close_sites(WAYS, people=people, closing=[], decay=level)
    assert nothing.stop.sum() == nothing.stay.sum() == 0
    everything = close_sites(WAYS, people=people, closing=[0, 1], decay=level)
    assert everything.stop == pytest.approx(people.sum(axis=1))


def test_outreach_costs_and_brings():
    now = leisure()
    found = reaching_more(now, 0, people=500, cost=40_000)
    assert found.reached - as_it_is(now).reached == pytest.approx(500)
    assert found.visits[0] == pytest.approx(35_000)
    assert found.subsidy - as_it_is(now).subsidy == pytest.approx(40_000 + 5_000 * (0.4 - 2.0))


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: service([10], [20], [30], [1], fixed=0), "more people who use the service than residents"),
        (lambda: service([10], [0], [30], [1], fixed=0), "nobody who made them"),
        (lambda: service([10], [1, 2], [30], [1], fixed=0), "of one shape"),
        (lambda: service([np.nan], [1], [3], [1], fixed=0), "Every group needs"),
        (lambda: priced(leisure(), [1] * 5, Elasticity(0.2, 0)), "0 or below"),
        (lambda: priced(service([9], [5], [9], [0], fixed=1), [1], MODERATE), "Nobody pays today"),
        (lambda: frontier(leisure(), need=NEED, how=MODERATE, factors=[]), "at least one multiple"),
        (lambda: close_sites(WAYS, people=[[1]], closing=[0], decay=level), "each of 3 areas"),
        (lambda: close_sites(WAYS, people=np.zeros((3, 2)), closing=[2], decay=level), "from 0 to 1"),
        (lambda: reaching_more(leisure(), 9, people=1, cost=1), "There are 5 groups"),
        (lambda: reaching_more(leisure(), 0, people=30_000, cost=1), "more people than this group"),
    ],
)
def test_what_cannot_be_is_said(call, said):
    with pytest.raises(MethodError, match=said):
        call()
