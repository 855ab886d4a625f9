"""A second release cannot be set beside the first to find a few: whatever is asked, in whatever order."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from commonweal.core.release import CountTable, preset_of, release
from commonweal.core.release_register import ReleaseRegister
from commonweal.methods.arrays import MethodError
from commonweal.methods.differencing import told_apart
from commonweal.methods.disclosure import primary, with_margins

DAY = date(2026, 5, 1)
RULES = ("place", "threshold-5", "sensitive")
TABLES = arrays(np.int64, st.tuples(st.integers(1, 4), st.integers(1, 3)), elements=st.integers(0, 60))


def columns(counts):
    return {f"column {at}": {f"row {row}": int(value) for row, value in enumerate(counts[:, at])}
            for at in range(counts.shape[1])}


def shown(counts, rule):
    lines = tuple(map(tuple, counts.tolist()))
    labels = [tuple(f"{at}" for at in range(size)) for size in counts.shape]
    return [[cell.value for cell in line] for line in release(CountTable(*labels, lines), rule).cells]


@pytest.mark.parametrize(("earlier", "later", "apart"), [
    ([[10]], [[10]], [[0, 0], [0, 0]]), ([[10]], [[11]], [[1, 1], [1, 1]]), ([[10]], [[18]], [[0, 0], [0, 0]]),
    ([[10]], [[3]], [[1, 1], [1, 1]]), ([[10], [10]], [[13], [7]], [[1, 1], [1, 1], [0, 0]]),
    ([[10], [10]], [[20], [1]], [[0, 0], [0, 0], [1, 1]]),  # each moved by enough, the total by one
])
def test_what_tells_of_a_few_by_hand(earlier, later, apart):
    assert told_apart(earlier, later, preset_of("place")).astype(int).tolist() == apart


def test_tables_of_two_shapes_are_not_set_side_by_side():
    with pytest.raises(MethodError, match="of one shape"):
        told_apart([[1]], [[1, 2]], preset_of("place"))


@settings(max_examples=60)
@given(TABLES, st.data(), st.sampled_from(RULES))
def test_no_two_releases_that_went_out_differ_by_a_few_anywhere(first, data, rule):
    """Whoever kept every release, and takes any one from any other, is left with nobody or with enough."""
    preset, register, out = preset_of(rule), ReleaseRegister(rule), []
    for step in range(4):
        change = data.draw(arrays(np.int64, first.shape, elements=st.sampled_from([0, 0, 0, 1, -1, 7, 8, -9, 30])))
        counts = np.maximum((out[-1] if out else first) + (change if step else 0), 0)
        if register.asked(columns(counts)).admitted:
            register = register.with_release(columns(counts), DAY + timedelta(step))
            out.append(counts)
        else:
            with pytest.raises(ValueError, match="tell of a few"):
                register.with_release(columns(counts), DAY)
    for one, other in combinations(out, 2):
        for at in range(first.shape[1]):
            apart = np.abs(with_margins(other[:, [at]]) - with_margins(one[:, [at]]))
            assert not primary(np.where(apart > 0, apart, preset.hide_to + 1), preset).any()


@settings(max_examples=40)
@given(TABLES, st.data())
def test_where_what_is_published_differs_more_people_changed_than_the_rule_hides(first, data):
    """An attacker who knows that only a few came or went is wrong whenever two published tables differ."""
    first = first[:, [0]]
    change = data.draw(arrays(np.int64, first.shape, elements=st.sampled_from([0, 0, 1, -1, 3, 8, 20])))
    later = np.maximum(first + change, 0)
    register = ReleaseRegister("place").with_release(columns(first), DAY)
    if not register.asked(columns(later)).admitted:
        return
    apart = np.abs(with_margins(later) - with_margins(first))
    for row, (one, other) in enumerate(zip(shown(first, "place"), shown(later, "place"), strict=True)):
        for column, pair in enumerate(zip(one, other, strict=True)):
            if first.shape[0] > 1 and pair[0] != pair[1] and None not in pair:
                assert apart[row, column] == 0 or apart[row, column] > preset_of("place").hide_to


@settings(max_examples=30)
@given(TABLES, st.sampled_from(RULES))
def test_the_same_again_is_admitted_and_written_once(counts, rule):
    register = ReleaseRegister(rule).with_release(columns(counts), DAY)
    assert register.asked(columns(counts)).admitted
    assert register.with_release(columns(counts), DAY + timedelta(1)) is register


def test_all_that_went_before_counts_and_not_the_last_alone():
    register = ReleaseRegister("place").with_release({"a": {"x": 20}}, DAY).with_release({"a": {"x": 40}}, DAY)
    asked = register.asked({"a": {"x": 21}})
    assert (asked.admitted, asked.apart) == (False, 2)  # the count and the total, beside the first of all


@pytest.mark.parametrize(("later", "admitted"), [
    ({"a": {"x": 20, "y": 3}}, False), ({"a": {"x": 20, "y": 30}}, True), ({"a": {}}, True),
    ({"b": {"x": 3}}, True), ({"a": {"x": 20}, "b": {"x": 1}}, True),
])
def test_a_label_that_is_new_or_gone_counts_and_a_table_that_is_new_has_nothing_beside_it(later, admitted):
    assert ReleaseRegister("place").with_release({"a": {"x": 20}}, DAY).asked(later).admitted is admitted
