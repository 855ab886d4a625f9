"""Change of people, beside published examples, tables of power and a programme that does nothing."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.methods.arrays import MethodError
from commonweal.methods.change import (
    beyond_expectation,
    expected_after,
    half_width,
    paired_change,
    people_needed,
    reliable_threshold,
    selection_gain,
    unanswered,
)
from commonweal.methods.scoring import (
    Activity,
    Kind,
    Week,
    activity,
    metric,
    recommending,
    summed,
    weekly_minutes,
)
from commonweal.methods.shrinkage import shrunk

SLEEP = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0], [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]


def test_students_sleep_data():
    found = paired_change(*SLEEP)  # Student 1908: mean 1.58, 95% interval 0.70 to 2.46
    assert (found.n, found.better, found.same, found.worse) == (10, 9, 1, 0)
    assert found.mean == pytest.approx(1.58)
    assert (found.lower, found.upper) == pytest.approx((0.7001142, 2.4598858), abs=1e-6)
    assert found.median == pytest.approx(1.3)
    assert found.sure
    assert found.headline


@pytest.mark.parametrize(("n", "half"), [(5, 1.24), (10, 0.72), (20, 0.47), (30, 0.37), (50, 0.28), (100, 0.20)])
def test_how_wide_an_interval_will_be(n, half):
    assert round(half_width(n), 2) == half


@pytest.mark.parametrize(("effect", "people"), [(0.2, 199), (0.3, 90), (0.4, 52), (0.5, 34), (0.8, 15)])
def test_how_many_people_are_needed(effect, people):
    assert people_needed(effect) == people


@pytest.mark.parametrize(("cut", "gain"), [(19.5, 1.81), (21, 1.46), (23.5, 0.93)])
def test_what_choosing_by_need_gains_by_itself(cut, gain):
    assert selection_gain(cut, mean=23.5, spread=3.9, reliability=0.7) == pytest.approx(gain, abs=0.006)


def test_a_programme_that_does_nothing_comes_out_as_nothing():
    rng, runs, n = np.random.default_rng(8), 2_000, 30
    naive, allowed, covered, sure = [], [], 0, 0
    for _ in range(runs):
        true = rng.normal(23.5, 3.9 * math.sqrt(0.7), 400)
        noise = 3.9 * math.sqrt(0.3)
        first = true + rng.normal(0, noise, 400)
        chosen = np.flatnonzero(first < 21)[:n]
        last = true[chosen] + rng.normal(0, noise, len(chosen))
        one, two = (paired_change(first[chosen], last),
                    beyond_expectation(first[chosen], last, mean=23.5, reliability=0.7))
        naive.append(one.mean)
        allowed.append(two.mean)
        sure += one.sure
        covered += not two.sure
    assert np.mean(naive) == pytest.approx(1.47, abs=0.04)
    assert sure / runs == pytest.approx(0.79, abs=0.03)
    assert np.mean(allowed) == pytest.approx(0, abs=0.04)
    assert covered / runs == pytest.approx(0.95, abs=0.015)


def test_reliable_change_as_in_jacobson_and_truax():
    threshold = reliable_threshold(spread=10, reliability=0.8)
    assert threshold == pytest.approx(12.4, abs=0.01)
    assert (32.5 - 47.5) / (threshold / 1.959964) == pytest.approx(-2.37, abs=0.01)


def test_those_who_did_not_answer_again():
    held = unanswered(paired_change([1] * 10, [3] * 10), 20)
    assert (held.share_followed, held.if_unchanged, held.tipping) == (0.5, 1.0, -2.0)
    assert unanswered(paired_change([1] * 10, [3] * 10), 10).tipping is None
    assert unanswered(paired_change([1], [3]), 9) is None
    with pytest.raises(MethodError, match="Fewer people began"):
        unanswered(paired_change([1] * 10, [3] * 10), 9)


@pytest.mark.parametrize(("n", "mean", "headline"), [(0, False, False), (4, False, False), (5, True, False),
                                                     (9, True, False), (10, True, True)])
def test_few_people_are_counted_and_no_more(n, mean, headline):
    found = paired_change(np.arange(n), np.arange(n) % 3)
    assert (found.mean is not None, found.headline) == (mean, headline)
    assert found.better + found.same + found.worse == n


@given(st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10)), min_size=5, max_size=40))
def test_turning_time_round_turns_the_change_round(pairs):
    before, after = map(list, zip(*pairs, strict=True))
    there, back = paired_change(before, after), paired_change(after, before)
    assert there.mean == pytest.approx(-back.mean)
    assert (there.lower, there.upper) == pytest.approx((-back.upper, -back.lower))
    assert (there.better, there.worse) == (back.worse, back.better)
    assert np.allclose(expected_after(before, mean=5, reliability=1), before)


@pytest.mark.parametrize("wrong", [
    lambda: paired_change([1, 2], [1]), lambda: half_width(1), lambda: people_needed(0),
    lambda: expected_after([1], mean=1, reliability=1.2), lambda: people_needed(1e-5),
    lambda: selection_gain(1, mean=1, spread=0, reliability=0.5), lambda: shrunk([1, 2, 3], [1, 1, 1]),
    lambda: reliable_threshold(spread=1, reliability=1), lambda: shrunk([1, 2, 3, 4], [1, 1, 1, 0]),
    lambda: summed([[6]], low=1, high=5), lambda: metric([36], first=7, table=[1] * 29), lambda: recommending([]),
    lambda: activity(Week((8, 10), (0, 0), (0, 0))), lambda: weekly_minutes([Kind(8, 10, vigorous=False)]),
])
def test_what_cannot_be_worked_out_says_so(wrong):
    with pytest.raises(MethodError):
        wrong()


def test_batting_averages_as_in_efron_and_morris():
    hits = np.array([18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7]) / 45
    middle = hits.mean()
    found = shrunk(hits, np.full(18, middle * (1 - middle) / 45))
    assert found.kept[0] == pytest.approx(0.212, abs=0.001)
    assert (found.value[0], found.value[-1]) == pytest.approx((0.294, 0.242), abs=0.001)


def test_programmes_that_do_not_differ_are_drawn_almost_together():
    found = shrunk([1.0, 1.1, 0.9, 1.0, 1.05], [4.0] * 5)
    assert found.between == 0
    assert np.ptp(found.value) < 0.12


SWEMWBS = [
    7, 9.51, 11.25, 12.4, 13.33, 14.08, 14.75, 15.32, 15.84, 16.36, 16.88, 17.43, 17.98, 18.59, 19.25, 19.98,
    20.73, 21.54, 22.35, 23.21, 24.11, 25.03, 26.02, 27.03, 28.13, 29.31, 30.7, 32.55, 35,
]


def test_each_person_is_put_on_the_metric_scale_before_averaging():
    raw = summed([[1] * 7, [5] * 7, [3] * 7, [3, 3, 3, 3, 3, 3, np.nan]], low=1, high=5)
    found = metric(raw, first=7, table=SWEMWBS)
    assert found[:3].tolist() == [7, 35, 19.25]
    assert np.isnan(found[3])


@pytest.mark.parametrize(("week", "met", "group"), [
    (Week((0, 0), (1, 720), (6, 10)), 918, Activity.MODERATE),   # the protocol's own trap
    (Week((3, 63), (0, 0), (0, 0)), 1512, Activity.HIGH),
    (Week((0, 0), (0, 0), (5, 30)), 495, Activity.MODERATE),
    (Week((0, 0), (0, 0), (7, 5)), 0, Activity.LOW),
])
def test_published_weeks_of_activity(week, met, group):
    assert activity(week) == (pytest.approx(met), group)


@pytest.mark.parametrize(("kinds", "minutes", "group"), [
    ([Kind(5, 30, vigorous=False)], 150, Activity.HIGH),              # active from 150 minutes a week
    ([Kind(3, 25, vigorous=True)], 150, Activity.HIGH),               # vigorous minutes count twice
    ([Kind(2, 20, vigorous=False)], 40, Activity.MODERATE),           # fairly active from 30
    ([Kind(7, 9, vigorous=False), Kind(1, 29, vigorous=False)], 29, Activity.LOW),   # bouts under 10 count as none
])
def test_bands_of_active_minutes(kinds, minutes, group):
    assert weekly_minutes(kinds) == (minutes, group)


def test_a_week_that_cannot_be_is_dropped():
    assert activity(Week((1, 900), (1, 100), (0, 0))) is None
    assert activity(Week((float("nan"), 10), (0, 0), (0, 0))) is None


def test_likelihood_to_recommend():
    assert recommending([10] * 60 + [8] * 25 + [3] * 15) == pytest.approx((45, 14.5), abs=0.05)
