"""Weights of evidence that two entries are one body: learned, added, and turned into groups."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.methods.arrays import MethodError
from commonweal.methods.linkage import (
    frequencies,
    joined,
    learn_matches,
    match_probability,
    match_weights,
    pair_scores,
)

NONE: frozenset[tuple[str, str]] = frozenset()


def test_learning_finds_what_made_the_pairs():
    """Pairs drawn with known m, u and share: EM, told u, comes back to m and the share."""
    rng = np.random.default_rng(7)
    m = (np.array([0.1, 0.2, 0.7]), np.array([0.05, 0.95]), np.array([0.2, 0.8]))
    u = (np.array([0.9, 0.08, 0.02]), np.array([0.8, 0.2]), np.array([0.97, 0.03]))
    same = rng.random(200_000) < 0.1
    drawn = np.stack([
        np.where(same, rng.choice(len(a), len(same), p=a), rng.choice(len(b), len(same), p=b))
        for a, b in zip(m, u, strict=True)
    ], axis=1)
    patterns, counts = np.unique(drawn, axis=0, return_counts=True)
    guess = tuple(np.full(len(one), 1 / len(one)) * [0.5, *[1.5] * (len(one) - 1)] for one in m)
    guess = tuple(one / one.sum() for one in guess)
    learned = learn_matches(patterns, counts, u, m=guess, prior=0.3)
    assert learned.prior == pytest.approx(0.1, abs=0.01)
    for found, true in zip(learned.m, m, strict=True):
        assert found == pytest.approx(true, abs=0.03)


def test_a_field_held_keeps_its_m_and_what_is_unknown_tells_nothing():
    u = (np.array([0.5, 0.5]), np.array([0.9, 0.1]))
    m = (np.array([0.2, 0.8]), np.array([0.3, 0.7]))
    learned = learn_matches([[0, 1], [1, 1], [1, -1]], [5, 50, 9], u, m=m, prior=0.5, fixed=(0,))
    assert learned.m[0] == pytest.approx(m[0])
    assert match_weights([[-1, -1]], m, u).tolist() == [[0, 0]]


@pytest.mark.parametrize(("weight", "prior", "chance"), [(0, 0.5, 0.5), (1, 0.5, 2 / 3), (10, 1 / 1025, 0.5)])
def test_bits_and_a_share_make_a_chance(weight, prior, chance):
    assert match_probability([weight], prior)[0] == pytest.approx(chance, abs=1e-9)


def test_frequencies_are_shares_of_what_is_known():
    assert frequencies([[0], [1], [-1]], [1, 3, 100], [2])[0] == pytest.approx([0.25, 0.75])


@pytest.mark.parametrize(
    ("patterns", "counts", "sizes"), [([[2]], [1], [2]), ([[0]], [1, 2], [2]), ([[-2]], [1], [2])]
)
def test_shapes_that_do_not_fit_are_refused(patterns, counts, sizes):
    with pytest.raises(MethodError):
        frequencies(patterns, counts, sizes)


@pytest.mark.parametrize(("pairs", "numbers", "apart", "groups"), [
    ([(0, 1), (1, 2)], {}, (), [0, 0, 0]),
    ([(0, 1), (1, 2)], {0: ("GB-CHC", "1"), 2: ("GB-CHC", "2")}, (), [0, 0, 1]),  # one name chains no two numbers
    ([(0, 1), (1, 2)], {0: ("GB-CHC", "1"), 2: ("GB-COH", "2")}, (), [0, 0, 0]),  # two schemes may be one body
    ([(0, 1), (1, 2)], {}, ((0, 2),), [0, 0, 1]),                                     # what a person said stands
])
def test_pairs_join_unless_a_number_or_a_person_says_no(pairs, numbers, apart, groups):
    held = [frozenset({numbers[one]}) if one in numbers else NONE for one in range(3)]
    found, refused = joined(3, pairs, held, frozenset(apart))
    assert [[a == b for b in found] for a in found] == [[a == b for b in groups] for a in groups]
    assert bool(refused) == (len(set(groups)) > 1)


@settings(max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=20),
       st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=8))
def test_whatever_the_order_those_kept_apart_never_meet(pairs, apart):
    never = frozenset((min(a, b), max(a, b)) for a, b in apart if a != b)
    found, _ = joined(10, pairs, [NONE] * 10, never)
    assert all(found[a] != found[b] for a, b in never)


def test_precision_and_recall_by_hand():
    assert pair_scores([0, 0, 0, 1], [0, 0, 1, 1]) == (pytest.approx(1 / 3), pytest.approx(1 / 2))
    assert pair_scores([0, 1], [0, 1]) == (1, 1)
