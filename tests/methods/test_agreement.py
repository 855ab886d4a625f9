"""Agreement and pooling: published answers, identities, and every order tried."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.methods.agreement import (
    kendall_w,
    krippendorff_ordinal,
    pairwise,
    ranks_of,
    strongest_disagreement,
)
from commonweal.methods.arrays import MethodError
from commonweal.methods.pooling import borda, hangs_on, kemeny, pool_groups

# Twenty subjects rated for anxiety by three raters (R package irr): facts as printed in its manual.
ANXIETY = np.array([
    [3, 3, 2], [3, 6, 1], [3, 4, 4], [4, 6, 4], [5, 2, 3], [5, 4, 2], [2, 2, 1], [3, 4, 6], [5, 3, 1], [2, 3, 1],
    [2, 2, 1], [6, 3, 2], [1, 3, 3], [5, 3, 3], [2, 2, 1], [2, 2, 1], [1, 1, 3], [2, 3, 3], [4, 3, 2], [3, 4, 2],
]).T

# Krippendorff 2011, reliability data C: four observers, twelve units, gaps.
GAPS = np.array([
    [1, 2, 3, 3, 2, 1, 4, 1, 2, np.nan, np.nan, np.nan],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, np.nan, 3],
    [np.nan, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, np.nan],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, np.nan],
])

# Where should Tennessee's capital be? Memphis, Nashville, Chattanooga, Knoxville; 42, 26, 15 and 17 in a hundred.
CITIES = np.array([[1, 2, 3, 4], [4, 1, 2, 3], [4, 3, 1, 2], [4, 3, 2, 1]])
VOTERS = [42, 26, 15, 17]


def test_published_concordance_with_ties():
    found = kendall_w(ANXIETY)
    assert found.w == pytest.approx(0.539657, abs=5e-7)
    assert found.chi_square == pytest.approx(30.7604, abs=5e-5)
    assert 0.01 < found.chance < 0.06
    assert found.few
    assert found.by_chance == pytest.approx(1 / 3, abs=0.02)


@pytest.mark.parametrize(
    ("ranks", "expected"),
    [([[1, 2, 3], [1, 2, 3], [1, 2, 3]], 1), ([[1, 2, 3], [2, 3, 1], [3, 1, 2]], 0), ([[1, 2], [2, 1]], 0)],
)
def test_full_and_no_agreement(ranks, expected):
    assert kendall_w(ranks).w == pytest.approx(expected)


def test_published_alpha_with_gaps():
    assert krippendorff_ordinal(GAPS) == pytest.approx(0.815388, abs=5e-7)


def test_tau_is_scipys():
    from scipy.stats import kendalltau

    rng = np.random.default_rng(4)
    table = rng.integers(1, 6, (5, 9))
    found = pairwise(table)
    for one in range(5):
        for other in range(5):
            assert found[one, other] == pytest.approx(kendalltau(table[one], table[other]).statistic)


def test_where_they_part_most():
    found = strongest_disagreement([[1, 2, 3, 4], [1, 4, 3, 2], [2, 1, 3, 4]])
    assert (found.item, found.spread, found.highest, found.lowest) == (1, 3, 2, 1)


def test_tennessee():
    best = kemeny(CITIES, weights=VOTERS)
    assert best.order == (1, 2, 3, 0)
    assert best.agreed * 600 == pytest.approx(393)
    points = borda(CITIES, weights=VOTERS)
    assert points.points.tolist() == [126, 194, 173, 107]
    assert points.order == (1, 2, 0, 3)


RANKINGS = st.integers(0, 2**32 - 1).map(lambda seed: np.random.default_rng(seed).integers(1, 6, (4, 5)))


@settings(max_examples=30)
@given(RANKINGS)
def test_kemeny_is_the_best_of_all_orders(table):
    found = kemeny(table)
    ranks = ranks_of(table)
    before = (ranks[:, :, None] < ranks[:, None, :]) + 0.5 * (ranks[:, :, None] == ranks[:, None, :])
    over = before.sum(axis=0)
    best = max(
        sum(over[a, b] for at, a in enumerate(order) for b in order[at + 1 :]) for order in permutations(range(5))
    )
    mine = sum(over[a, b] for at, a in enumerate(found.order) for b in found.order[at + 1 :])
    assert mine == pytest.approx(best)


@settings(max_examples=30)
@given(RANKINGS)
def test_agreement_of_one_with_itself_and_its_reverse(table):
    if (np.ptp(table[0]) == 0):
        return
    assert kendall_w(np.stack([table[0], table[0]]), draws=99).w == pytest.approx(1)
    assert pairwise(np.stack([table[0], -table[0]]))[0, 1] == pytest.approx(-1)


def test_many_residents_do_not_drown_few_partners():
    residents = np.tile([1, 2, 3], (4000, 1))
    partners = np.tile([3, 2, 1], (12, 1))
    own, pooled = pool_groups((residents, partners), [1, 1])
    assert own.tolist() == [[1, 2, 3], [3, 2, 1]]
    assert pooled.points.tolist() == [2, 2, 2]


def test_what_the_answer_hangs_on_is_named():
    found = hangs_on(CITIES, weights=VOTERS)
    rule = {one.item: (one.place, one.other) for one in found if one.without is None}
    assert rule == {0: (3, 4), 3: (4, 3)}
    assert any(one.without == 0 for one in found)
    assert hangs_on([[1, 2, 3], [1, 2, 3]]) == ()


def test_twenty_items_exactly():
    rng = np.random.default_rng(2)
    truth = np.arange(18)
    table = np.stack([ranks_of((truth + rng.normal(0, 3, 18))[None, :])[0] for _ in range(7)])
    found = kemeny(table)
    assert found.agreed >= borda(table).agreed - 1e-12
    with pytest.raises(MethodError, match="at most 20"):
        kemeny(np.tile(np.arange(21), (2, 1)))


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: kendall_w([[1, 2, 3]]), "at least two rankings"),
        (lambda: kendall_w([[1, 1], [1, 1]]), "Nobody prefers anything"),
        (lambda: kendall_w([[1, np.nan], [1, 2]]), "leaves something out"),
        (lambda: ranks_of([[1], [2]]), "at least two things"),
        (lambda: borda([[1, 2]], weights=[0]), "more than 0"),
        (lambda: borda([[1, 2]], weights=[1, 1]), "1 rankings"),
        (lambda: krippendorff_ordinal([[1, 1], [1, 1]]), "two different answers"),
        (lambda: krippendorff_ordinal([[1, np.nan], [np.nan, 2]]), "rated by two"),
    ],
)
def test_what_cannot_be_is_said(call, said):
    with pytest.raises(MethodError, match=said):
        call()
