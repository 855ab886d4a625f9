"""Spend beside need, and areas four ways: against worked examples, limits and what must always hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.methods.arrays import MethodError
from commonweal.methods.mismatch import dissimilarity, for_its_need, four_ways, shares, weighted_middle

AMOUNTS = st.lists(st.integers(0, 10**6), min_size=2, max_size=12).filter(any)
PAIRS = st.integers(2, 12).flatmap(lambda n: st.tuples(*(
    st.lists(st.integers(0, 10**6), min_size=n, max_size=n).filter(any) for _ in range(2)
)))


@pytest.mark.parametrize(("got", "need", "moved"), [
    ([1, 1], [1, 1], 0), ([1, 0], [0, 1], 1), ([3, 1], [1, 1], 0.25), ([2, 2, 4], [4, 2, 2], 0.25),
    # Duncan and Duncan's definition by hand: shares .5 .3 .2 against .2 .3 .5
    ([50, 30, 20], [2, 3, 5], 0.3),
])
def test_dissimilarity_by_hand(got, need, moved):
    assert dissimilarity(got, need) == pytest.approx(moved)


@given(PAIRS)
def test_it_is_what_would_have_to_move_whichever_side_it_is_read_from(pair):
    got, need = map(np.array, pair)
    moved = dissimilarity(got, need)
    assert 0 <= moved <= 1 + 1e-12
    assert moved == pytest.approx(dissimilarity(need, got))
    assert moved == pytest.approx(np.maximum(shares(got) - shares(need), 0).sum())
    assert dissimilarity(got * 7, need) == pytest.approx(moved)
    joined = [np.concatenate([[each[0] + each[1]], each[2:]]) for each in (got, need)]
    assert dissimilarity(*joined) <= moved + 1e-12


@given(AMOUNTS)
def test_shares_are_a_whole_and_in_proportion_is_one(amounts):
    assert shares(amounts).sum() == pytest.approx(1)
    ratio = for_its_need(amounts, amounts)
    assert np.allclose(ratio[~np.isnan(ratio)], 1)
    assert (np.isnan(ratio) == (np.array(amounts) == 0)).all()


@pytest.mark.parametrize(("got", "need", "words"), [
    ([0, 0], [1, 1], "add up to nothing"), ([-1, 2], [1, 1], "below 0"), ([1, 2], [1, 2, 3], "of one shape"),
    ([np.nan, 1], [1, 1], "must all be known"),
])
def test_what_cannot_be_shared_is_said_in_a_sentence(got, need, words):
    with pytest.raises(MethodError, match=words):
        dissimilarity(got, need)


@pytest.mark.parametrize(("values", "weight", "middle"), [
    ([1, 2, 3], [1, 1, 1], 2), ([1, 2, 3], [5, 1, 1], 1), ([3, 1, 2], [1, 1, 10], 2), ([0, 9], [1, 1], 0),
    ([np.nan, 4], [9, 1], 4),
])
def test_the_weighted_middle(values, weight, middle):
    assert weighted_middle(values, weight) == middle


def test_a_middle_of_nobody_is_refused():
    with pytest.raises(MethodError, match="no middle"):
        weighted_middle([1, 2], [0, 0])


@given(st.lists(st.tuples(st.integers(1, 10), st.integers(0, 20)), min_size=1, max_size=30), st.integers(1, 9),
       st.integers(0, 20))
def test_four_ways_are_two_thresholds(areas, in_need, least):
    tenth, access = zip(*areas, strict=True)
    found = four_ways(tenth, access, in_need=in_need, least=least)
    for need, reach, stands in zip(tenth, access, found, strict=True):
        little = reach == 0 or reach < least
        assert stands == {(True, True): 1, (True, False): 2, (False, True): 3, (False, False): 4}[
            need <= in_need, little]


def test_what_is_not_known_stands_nowhere():
    assert four_ways([np.nan, 2], [1, np.nan], in_need=3, least=1).tolist() == [0, 0]
    with pytest.raises(MethodError):
        four_ways([11], [1], in_need=3, least=1)
