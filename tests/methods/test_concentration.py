"""Concentration, dependence and shares by hand and by property."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.methods.arrays import MethodError
from commonweal.methods.concentration import apportion, concentration, if_one_stops


@pytest.mark.parametrize(("amounts", "index", "largest"), [
    ([10], 1.0, 1.0), ([5, 5], 0.5, 0.5), ([1, 1, 1, 1], 0.25, 0.25),
    ([30, 30, 20, 20], 0.26, 0.3),      # 0.09 + 0.09 + 0.04 + 0.04: the worked example of the US merger guidelines
    ([0, 7], 1.0, 1.0),
])  # fmt: skip
def test_concentration(amounts, index, largest):
    found = concentration(amounts)
    assert found.index == pytest.approx(index)
    assert found.equal_parts == pytest.approx(1 / index)
    assert found.largest == pytest.approx(largest)


@pytest.mark.parametrize(("given_", "income", "reserves", "told"), [
    (40, 100, 5, (0.4, 1.5, True)), (40, 100, 10, (0.4, 3.0, False)), (20, 100, 0, (0.2, 0.0, False)),
    (50, 30, 20, (1.0, 4.8, False)), (0, 0, 0, (0.0, float("inf"), False)),
    (40, 100, float("nan"), (0.4, float("nan"), True)),
])  # fmt: skip
def test_if_one_stops(given_, income, reserves, told):
    found = if_one_stops([given_], [income], [reserves])[0]
    assert (found.share, found.months, found.falls) == pytest.approx(told, nan_ok=True)


def test_apportion_by_hand():
    """Balinski and Young's sort of case: the penny left over goes to the largest remainder."""
    assert apportion(100, [1, 1, 1]) == (34, 33, 33)
    assert apportion(10, [6, 3, 1]) == (6, 3, 1)
    assert apportion(7, [0, 1]) == (0, 7)
    assert apportion(26, [9061, 7179, 5259, 3319, 1182]) == (9, 7, 5, 4, 1)    # Balinski and Young 1982, table


@given(pot=st.integers(0, 10**12), weights=st.lists(st.floats(0, 1e6), min_size=1, max_size=30))
def test_shares_always_add_up(pot, weights):
    if not sum(weights) > 0:
        with pytest.raises(MethodError):
            apportion(pot, weights)
        return
    parts = apportion(pot, weights)
    assert sum(parts) == pot
    assert all(part >= 0 for part in parts)


@pytest.mark.parametrize("call", [
    lambda: concentration([]), lambda: concentration([0, 0]), lambda: concentration([1, float("nan")]),
    lambda: if_one_stops([1], [1, 2], [1]), lambda: if_one_stops([-1], [1], [1]), lambda: apportion(-1, [1]),
])  # fmt: skip
def test_what_cannot_be_is_refused(call):
    with pytest.raises(MethodError):
        call()
