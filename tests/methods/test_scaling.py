"""Columns on one scale agree with SciPy's own ranks and normal deviates."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import norm, rankdata

from commonweal.methods.scaling import double_ranks, normal_scores, percentiles, z_scores

VALUES = st.sampled_from([0, 1, 2.5, 7, np.nan])
TABLES = arrays(float, st.tuples(st.integers(1, 30), st.integers(1, 4)), elements=VALUES)


@given(TABLES)
def test_ranks_are_scipys_mean_ranks(table):
    for column in table.T:
        doubled, known = double_ranks(column)
        there = ~np.isnan(column)
        assert known == there.sum()
        assert (doubled[~there] == 0).all()
        assert (doubled[there] / 2).tolist() == rankdata(column[there]).tolist()


@given(TABLES)
def test_rankits_and_percentiles_are_scipys(table):
    up = np.ones(table.shape[1])
    rankits, hundreds = normal_scores(table, up), percentiles(table, up)
    for place, column in enumerate(table.T):
        there = ~np.isnan(column)
        share = (rankdata(column[there]) - 0.5) / max(there.sum(), 1)
        assert rankits[there, place] == pytest.approx(norm.ppf(share))
        assert hundreds[there, place] == pytest.approx(100 * share)
        assert np.isnan(rankits[~there, place]).all()


@given(TABLES)
def test_polarity_turns_a_scale_round(table):
    up = np.ones(table.shape[1])
    assert np.allclose(normal_scores(table, -up), -normal_scores(table, up), equal_nan=True)
    assert np.allclose(normal_scores(-table, up), normal_scores(table, -up), equal_nan=True)
    assert np.allclose(percentiles(table, -up), 100 - percentiles(table, up), equal_nan=True)
    assert np.allclose(z_scores(table, -up), -z_scores(table, up), equal_nan=True)


def test_z_scores_by_hand():
    table = np.array([[1.0, 5.0], [3.0, 5.0]])
    assert z_scores(table, np.array([1.0, 1.0])).tolist() == [[-1, 0], [1, 0]]


def test_z_scores_leave_out_the_unknown():
    table = np.array([[1.0], [np.nan], [3.0]])
    found = z_scores(table, np.array([-1.0]))
    assert found[[0, 2], 0].tolist() == [1, -1]
    assert np.isnan(found[1, 0])
