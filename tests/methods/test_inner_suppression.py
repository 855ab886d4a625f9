"""Nothing that is hidden beside known margins can be worked out from them, by linear programs that try."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.optimize import linprog

from commonweal.methods.arrays import MethodError
from commonweal.methods.disclosure import Preset, Protection
from commonweal.methods.inner_suppression import hidden_beside_margins

TEN = Preset("ten", 0, 9, Protection.SUPPRESS, 5, 9)
COUNTS = st.one_of(st.integers(0, 9), *[st.integers(10, 60)] * 4)
TABLES = arrays(np.int64, st.tuples(st.integers(2, 4), st.integers(2, 4)), elements=COUNTS)


def span(table, hidden, cell):
    """The least and most a cell can be for who knows what is shown and every margin."""
    known = [np.eye(table.size)[at] for at in np.flatnonzero(~hidden)]
    rows, columns = np.indices(table.shape)
    known += [(rows == at).ravel() * 1.0 for at in range(table.shape[0])]
    known += [(columns == at).ravel() * 1.0 for at in range(table.shape[1])]
    aim = np.eye(table.size)[np.ravel_multi_index(cell, table.shape)]
    given_ = {"A_eq": np.array(known), "b_eq": np.array(known) @ table.ravel()}
    return linprog(aim, **given_).fun, -linprog(-aim, **given_).fun


@settings(max_examples=40)
@given(TABLES)
def test_no_small_count_can_be_worked_out(table):
    hidden = hidden_beside_margins(table, TEN)
    small = table < 10
    assert hidden[small].all()
    assert hidden.any() == small.any()
    if not hidden.all():
        for cell in np.argwhere(small):
            low, high = span(table, hidden, tuple(cell))
            assert high - low >= TEN.least_width - 1e-6


def test_by_hand():
    """Of 18 with 16 one way, two are the other way: the 16 cannot stay where the row's size is known."""
    hidden = hidden_beside_margins([[2, 16, 30], [29, 25, 40], [44, 33, 21]], TEN)
    assert hidden.tolist() == [[True, True, False], [True, True, False], [False, False, False]]
    assert not hidden_beside_margins([[10, 20], [30, 40]], TEN).any()
    first = np.array([True, False])
    assert hidden_beside_margins([[10, 20], [30, 40]], TEN, columns=first).tolist() == [[True, False]] * 2
    assert hidden_beside_margins([[1, 20]], TEN).all()


@pytest.mark.parametrize("wrong", [[1, 2], [[]], [[0.5]], [[-1]]])
def test_what_is_no_table_is_refused(wrong):
    with pytest.raises(MethodError, match="two-way table"):
        hidden_beside_margins(wrong, TEN)
