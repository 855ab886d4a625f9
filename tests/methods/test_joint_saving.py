"""The range of working together: its shares add up, its ends stand the right way round, a loss is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.methods.joint_saving import Assumed, Between, joint_saving

PLAIN = Assumed(Between(4000, 15000), Between(0.0, 0.05), Between(5000, 20000), 4)


def test_by_hand():
    whole, shares = joint_saving({"A": 100_000, "B": 300_000}, PLAIN)
    assert (whole.low, whole.high) == (4000 - 20000, 15000 + 4 * 0.05 * 400_000 - 5000)
    assert (shares["A"].low, shares["A"].high) == (2000 - 10000, 7500 + 20000 - 2500)


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.floats(0, 1e7), min_size=2, max_size=6))
def test_shares_add_up_and_ends_stand_in_order(spend):
    whole, shares = joint_saving(spend, PLAIN)
    count = len(spend)
    assert whole.low == pytest.approx((count - 1) * 4000 - 20000, abs=1e-3)
    assert whole.high == pytest.approx((count - 1) * 15000 + 0.2 * sum(spend.values()) - 5000, rel=1e-9, abs=1e-3)
    assert all(one.low <= one.high for one in shares.values())


@pytest.mark.parametrize("spend", [{}, {"A": 1.0}, {"A": -1.0, "B": 2.0}])
def test_what_is_no_sharing_is_refused(spend):
    with pytest.raises(ValueError, match="two partners"):
        joint_saving(spend, PLAIN)
    with pytest.raises(ValueError, match="least"):
        Between(2, 1)
