"""Progress beside a trajectory, and what is paid for it: by hand, and at the ends."""

from __future__ import annotations

import pytest

from commonweal.methods.arrays import MethodError
from commonweal.methods.progress import on_the_line, paid_for, pro_rata, stands


@pytest.mark.parametrize(("low", "high", "expected", "more", "found"), [
    (100, 100, 100, {}, "on"), (91, 91, 100, {"tolerance": 0.1}, "on"), (89, 89, 100, {"tolerance": 0.1}, "off"),
    (80, 120, 100, {}, "unsure"), (101, 120, 100, {}, "on"), (60, 99, 100, {}, "off"),
    (60, 90, 100, {"more": False}, "on"), (101, 130, 100, {"more": False}, "off"),
    (109, 109, 100, {"more": False, "tolerance": 0.1}, "on"), (-95, -95, -100, {"tolerance": 0.1}, "on"),
])
def test_it_stands_by_the_worse_and_the_better_end(low, high, expected, more, found):
    assert stands(low, high, expected, **more) == found


def test_a_trajectory_is_a_straight_line_in_time():
    assert pro_rata(1200, 0.25) == 300
    assert on_the_line(40, 60, 0.5) == 50
    assert on_the_line(171, 110, 1.0) == 110
    for wrong in (-0.1, 1.1):
        with pytest.raises(MethodError, match="between 0 and 1"):
            pro_rata(1, wrong)


@pytest.mark.parametrize(("value", "pounds"), [(800, 0), (900, 2500), (1000, 5000), (1400, 5000), (0, 0)])
def test_what_is_paid_runs_from_nothing_to_all(value, pounds):
    assert paid_for(value, 1000, 5000, nothing_at=0.8).pounds == pytest.approx(pounds)


@pytest.mark.parametrize("wrong", [{"target": 0}, {"nothing_at": 1.0}, {"pounds": -1}])
def test_what_cannot_be_paid_is_refused(wrong):
    with pytest.raises(MethodError):
        paid_for(**{"value": 1, "target": 10, "pounds": 5, "nothing_at": 0.5, **wrong})
