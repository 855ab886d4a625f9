"""How firm an answer is: the sentences, and how far a weight may move, against trying every weight."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from commonweal.methods.additive import beats, ratings
from commonweal.methods.arrays import MethodError
from commonweal.methods.flip import shares
from commonweal.methods.robustness import Firmness, holds, robust, standing
from commonweal.methods.smaa import Held, smaa

NAMES = ("Trust", "Contract", "Shared service")
TABLE = [[95, 10], [10, 95], [60, 60]]
FEW = 4_096


def group(first, second, take=0.0, table=TABLE):
    points = (first, second)
    low, high = (tuple(max(0.0, one - take) for one in points), tuple(min(100.0, one + take) for one in points))
    return smaa(ratings(table, table, table), Held(low, high), samples=FEW)


def said(groups, table=TABLE):
    return robust(NAMES, groups, beats(ratings(table, table, table)))


def test_groups_that_part_are_told_with_what_may_bridge():
    found = said({"Swimmers": group(100, 10, 5), "Treasury": group(10, 100, 5)})
    assert found.answer == (
        "The groups differ: Trust comes first for Swimmers, Contract for Treasury.")
    assert found.groups[0] == "Swimmers: Trust is first in all weightings they might hold."
    assert found.more == ("Shared service is first or second for every group, in all weightings at the least: "
                          "it may be what they can agree on.",)


@pytest.mark.parametrize(("take", "firmness"), [
    (0.0, Firmness.NEARLY_ALL), (45.0, Firmness.FIRM), (70.0, Firmness.LEANS),
])
def test_the_wider_the_points_the_less_firm(take, firmness):
    found = standing("Members", group(100, 10, take))
    assert (found.winner, found.firmness) == (0, firmness)


def test_an_option_best_on_all_needs_no_weights():
    table = [[95, 95], [10, 20], [60, 60]]
    found = said({"Members": group(1, 1, table=table)}, table)
    assert found.answer == "Trust is the best on every criterion. No weights change that."
    assert found.more == ("Contract is surely no better than Trust and Shared service on any criterion.",
                          "Shared service is surely no better than Trust on any criterion.")


def test_options_too_close_to_call_are_told_so():
    table = [[95, 10], [95, 10], [0, 0]]
    found = said({"Members": group(50, 50, 10, table)}, table)
    assert found.groups[0].endswith("too close to Contract to call.")
    assert found.answer == "Trust is ahead, but not clearly for everyone."


@settings(max_examples=40)
@given(arrays(np.float64, (4, 3), elements=st.integers(0, 100).map(float)),
       arrays(np.float64, (3,), elements=st.integers(1, 20).map(float)), st.integers(0, 2))
def test_how_far_a_weight_may_move_agrees_with_trying_every_weight(table, weights, criterion):
    found, share = holds(weights, table, criterion), shares(weights)
    first = int(np.argmax(table @ share))
    assert found.low <= share[criterion] + 1e-9 <= found.high + 2e-9
    for moved in np.linspace(0, 1, 41):
        tried = share * (1 - moved) / (1 - share[criterion])
        tried[criterion] = moved
        worth = table @ tried
        if found.low + 1e-6 < moved < found.high - 1e-6:
            assert worth[first] >= worth.max() - 1e-6
        elif moved < found.low - 1e-6 or moved > found.high + 1e-6:
            assert worth[first] <= worth.max() + 1e-6
            taker = found.below if moved < found.low else found.above
            assert worth[taker] > worth[first] - 1e-6


def test_one_criterion_holds_whatever_its_weight():
    assert holds([1], [[3], [2]], 0).below is None
    assert holds([1, 0], [[3, 0], [2, 9]], 0).low == pytest.approx(0.9)


def test_nobody_having_weighed_is_said():
    with pytest.raises(MethodError, match="No group"):
        said({})
