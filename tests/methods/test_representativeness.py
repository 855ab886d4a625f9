"""Whether those who come are like those who live here."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.methods.arrays import MethodError
from commonweal.methods.intervals import wilson
from commonweal.methods.representativeness import (
    Weighting,
    design_effect,
    effective_sample_size,
    representativeness,
)

GROUPS = st.lists(st.tuples(st.integers(0, 500), st.integers(1, 10_000)), min_size=2, max_size=8)


def test_by_hand():
    """30 of 120 users are in a group of 1,000 of 2,500 residents: 0.25 / 0.4."""
    found = representativeness([30, 90], [1000, 1500], weighting=Weighting.PERSON)
    spread = np.exp(1.959964 * np.sqrt(1 / 30 - 1 / 120))
    assert found.ratio.tolist() == pytest.approx([0.625, 0.75 / 0.6])
    assert (found.lower[0], found.upper[0]) == pytest.approx((0.625 / spread, 0.625 * spread), rel=1e-6)
    assert found.weighting is Weighting.PERSON


def test_katz_as_published():
    """Two samples of 100, 20 and 40 of them: ratio 0.5, log variance 1/20 - 1/100 + 1/40 - 1/100."""
    found = representativeness([20, 80], [40, 60], weighting=Weighting.PERSON, residents_sampled=True)
    spread = np.exp(1.959964 * np.sqrt(0.055))
    assert (found.lower[0], found.upper[0]) == pytest.approx((0.5 / spread, 0.5 * spread), rel=1e-6)


@given(GROUPS)
def test_ratios_average_to_one_over_residents(rows):
    users, residents = (np.array(part) for part in zip(*rows, strict=True))
    if users.sum():
        found = representativeness(users, residents, weighting=Weighting.VISIT)
        assert (found.ratio * found.resident_share).sum() == pytest.approx(1)
        assert (found.lower <= found.ratio + 1e-12).all()
        assert (found.ratio <= found.upper + 1e-12).all()


@given(GROUPS)
def test_sampled_residents_widen(rows):
    users, residents = zip(*rows, strict=True)
    if sum(users):
        sure = representativeness(users, residents, weighting=Weighting.PERSON)
        less = representativeness(users, residents, weighting=Weighting.PERSON, residents_sampled=True)
        assert (less.upper >= sure.upper - 1e-12).all()


def test_a_group_nobody_came_from_has_an_upper_bound():
    found = representativeness([0, 50], [100, 400], weighting=Weighting.PERSON)
    assert (found.ratio[0], found.lower[0]) == (0, 0)
    assert found.upper[0] == pytest.approx(wilson(0, 50)[1] / 0.2)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: representativeness([0, 0], [1, 2], weighting=Weighting.PERSON), "Nobody's group"),
        (lambda: representativeness([1, 0], [0, 2], weighting=Weighting.PERSON), "no residents"),
        (lambda: representativeness([1], [1, 2], weighting=Weighting.PERSON), "one shape"),
        (lambda: effective_sample_size([0, 0]), "no sample"),
        (lambda: effective_sample_size([1, -1]), "below 0"),
    ],
)
def test_errors(call, said):
    with pytest.raises(MethodError, match=said):
        call()


@given(st.lists(st.floats(0.01, 100), min_size=1, max_size=50))
def test_kish(weights):
    worth = effective_sample_size(weights)
    assert 1 - 1e-9 <= worth <= len(weights) + 1e-9
    assert design_effect(weights) == pytest.approx(len(weights) / worth)
    assert effective_sample_size([3] * 7) == pytest.approx(7)


def test_kish_by_hand():
    assert effective_sample_size([1, 1, 2]) == pytest.approx(16 / 6)
