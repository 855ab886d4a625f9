"""Weighted shares and means with their doubt, and whom a survey does not hear."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.methods.arrays import MethodError
from commonweal.methods.intervals import wilson, z_value
from commonweal.methods.survey import heard, response_rate, weighted_mean, weighted_shares
from commonweal.methods.weighting import Margin, rake

ANSWERS = st.lists(st.tuples(st.booleans(), st.floats(0.1, 5)), min_size=1, max_size=60)


def test_equal_weights_are_a_plain_share():
    """15 of 40 said yes, as Wilson's bounds give it."""
    chosen = np.array([1] * 15 + [0] * 25)
    reading = weighted_shares(chosen[:, None], np.full(40, 3.0))[0]
    low, high = wilson(15, 40)
    assert (reading.value, reading.answered, reading.effective) == (0.375, 40, pytest.approx(40))
    assert (reading.lower, reading.upper) == (pytest.approx(float(low)), pytest.approx(float(high)))


def test_by_hand():
    """Weights 1 1 2, the last says yes: 2 of 4; effective size 16/6."""
    reading = weighted_shares([[0], [0], [1]], [1, 1, 2])[0]
    low, high = wilson(0.5 * 16 / 6, 16 / 6)
    assert (reading.value, reading.effective) == (0.5, pytest.approx(16 / 6))
    assert (reading.lower, reading.upper) == (pytest.approx(float(low)), pytest.approx(float(high)))
    assert not reading.shown


@given(ANSWERS)
def test_shares_of_one_choice_add_up_and_bounds_hold_the_value(answers):
    chosen = np.array([[one, not one] for one, _ in answers], float)
    yes, no = weighted_shares(chosen, [w for _, w in answers])
    assert yes.value + no.value == pytest.approx(1)
    assert yes.lower - 1e-9 <= yes.value <= yes.upper + 1e-9
    assert yes.lower == pytest.approx(1 - no.upper, abs=1e-9)
    assert yes.effective <= len(answers) + 1e-9


@given(ANSWERS, st.floats(0.1, 10))
def test_what_weights_are_multiplied_by_changes_nothing(answers, times):
    chosen, weights = np.array([[one] for one, _ in answers], float), np.array([w for _, w in answers])
    one, other = (weighted_shares(chosen, w)[0] for w in (weights, weights * times))
    assert (one.value, one.lower, one.effective) == pytest.approx((other.value, other.lower, other.effective))


def test_weighting_by_group_gives_the_stratified_estimate():
    """Σ W_h p_h: the young, half the people, say 80%; the old 20%; but 90 of 100 answers are of the old."""
    group = np.array([0] * 10 + [1] * 90)
    chosen = np.array([1] * 8 + [0] * 2 + [1] * 18 + [0] * 72, float)[:, None]
    weights = rake(np.ones(100), [Margin("age", group, np.array([1.0, 1.0]))], cap=None).weights
    assert weighted_shares(chosen, np.ones(100))[0].value == pytest.approx(0.26)
    assert weighted_shares(chosen, weights)[0].value == pytest.approx(0.5)


def test_a_mean_with_equal_weights_is_the_plain_one():
    values = np.array([1.0, 2, 3, 4, 5, 5, 4, 3, 2, 1])
    reading = weighted_mean(values, np.full(10, 2.0))
    reach = z_value() * values.std(ddof=1) / np.sqrt(10)
    assert (reading.value, reading.upper - reading.value) == (pytest.approx(3), pytest.approx(reach))
    assert weighted_mean([4], [1]).answered == 1
    assert np.isnan(weighted_mean([4], [1]).lower)
    assert weighted_mean([4], [0]).answered == 0


def test_who_is_not_heard():
    """60 of 80 answers are of those who are half the people; nobody of the third group answered."""
    margin = Margin("age", np.array([0] * 20 + [1] * 60), np.array([250.0, 500.0, 250.0]), ("a", "b", "c"))
    found = heard(margin)
    assert [(one.group, one.answered, one.fair) for one in found] == [("a", 20, 20), ("b", 60, 40), ("c", 0, 20)]
    assert [one.ratio for one in found] == pytest.approx([1, 1.5, 0])
    assert sum(one.share_answered for one in found) == pytest.approx(1)


def test_those_whose_group_is_not_known_count_nowhere():
    assert heard(Margin("sex", np.array([0, 1, -1, -1]), np.array([1.0, 1.0])))[0].share_answered == 0.5


def test_response_rate():
    assert response_rate(212, 900) == pytest.approx(0.2356, abs=5e-5)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: weighted_shares([[1], [0]], [1]), "2 answers and 1 weights"),
        (lambda: weighted_shares([[2]], [1]), "above 1"),
        (lambda: weighted_shares([[1]], [-1]), "below 0"),
        (lambda: weighted_mean([1, 2], [1]), "one shape"),
        (lambda: heard(Margin("sex", np.array([], np.int64), np.array([1.0]))), "nobody can be compared"),
        (lambda: response_rate(5, 4), "More people answered"),
    ],
)
def test_errors(call, said):
    with pytest.raises(MethodError, match=said):
        call()


def test_no_weights_no_reading():
    assert [one.answered for one in weighted_shares([[1, 0]], [0])] == [0, 0]
