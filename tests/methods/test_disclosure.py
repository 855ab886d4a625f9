"""Hiding small counts: what is shown, what an attacker can still work out, and that it is too little."""

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from commonweal.methods.arrays import MethodError
from commonweal.methods.attack import Fact, audit, bounds
from commonweal.methods.disclosure import (
    Preset,
    Protection,
    arcs,
    concentrated,
    primary,
    publish,
    rounded,
    with_margins,
)
from commonweal.methods.suppression import LARGEST_SOLVED, secondary

PLACE = Preset("place", 1, 7, Protection.ROUND, 5, 3)
FIVE = Preset("threshold-5", 1, 4, Protection.SUPPRESS, 5, 3)
SENSITIVE = Preset("sensitive", 0, 9, Protection.SUPPRESS, 5, 9)
PRESETS = st.sampled_from([PLACE, FIVE, SENSITIVE])
COUNTS = st.one_of(st.integers(0, 12), st.integers(0, 200))
TABLES = arrays(np.int64, st.tuples(st.integers(1, 5), st.integers(1, 4)), elements=COUNTS)
TINY = arrays(np.int64, st.just((2, 2)), elements=st.integers(0, 7))
SLOW = settings(deadline=None, max_examples=25)


def possible(published):
    """Every table of two rows and two columns that fits what was published: by trying them all."""
    low, high = bounds(published)
    high = np.minimum(high, 30)
    spans = [range(low[place], high[place] + 1) for place in product(range(2), range(2))]
    tables = (with_margins(np.array(cells).reshape(2, 2)) for cells in product(*spans))
    return np.array([table for table in tables if ((low <= table) & (table <= high)).all()])


def bridges(hidden):
    """Hidden cells that are the only way between their row and column in the graph of hidden cells."""
    tails, heads = arcs(hidden.shape)
    cells = [(int(t), int(h), place) for t, h, place in zip(tails[hidden], heads[hidden],
                                                            map(tuple, np.argwhere(hidden)), strict=True)]
    found = set()
    for tail, head, place in cells:
        reached, edge = {tail}, [tail]
        while edge:
            node = edge.pop()
            for a, b, other in cells:
                if other != place and node in (a, b) and (a in reached) != (b in reached):
                    edge.append(b if a == node else a)
                    reached |= {a, b}
        if head not in reached:
            found.add(place)
    return found


def test_margins_are_added_up():
    assert with_margins([[1, 2], [3, 4]]).tolist() == [[1, 2, 3], [3, 4, 7], [4, 6, 10]]


@given(TABLES)
def test_a_table_with_margins_flows_round(table):
    whole = with_margins(table)
    tails, heads = arcs(whole.shape)
    at = np.zeros(sum(whole.shape), dtype=int)
    np.add.at(at, tails, whole)
    np.add.at(at, heads, -whole)
    assert (at == 0).all()


@pytest.mark.parametrize(
    ("preset", "hidden"), [(PLACE, [1, 4, 5, 7]), (FIVE, [1, 4]), (SENSITIVE, [0, 1, 4, 5, 7, 8, 9])]
)
def test_what_is_hidden_by_size(preset, hidden):
    counts = np.array([0, 1, 4, 5, 7, 8, 9, 10, 500])
    assert counts[primary(counts, preset)].tolist() == hidden


@pytest.mark.parametrize(
    ("base", "expected"),
    [(5, [0, 5, 5, 10, 10, 10, 15]), (10, [0, 10, 10, 10, 10, 10, 10]), (20, [0, 20, 20, 20, 20, 20, 20])],
)
def test_rounding_is_to_the_nearest_and_never_to_a_false_nothing(base, expected):
    assert rounded(np.array([0, 3, 7, 8, 9, 12, 13]), base).tolist() == expected


@given(TABLES, PRESETS, st.sampled_from([1, 5, 10, 20]))
def test_what_a_number_says_holds_the_true_count(table, preset, base):
    whole = with_margins(table)
    hide = primary(whole, preset)
    low, high = bounds(publish(whole, hide, preset, base=base))
    assert (low <= whole).all()
    assert (whole <= high).all()


@SLOW
@given(TABLES, PRESETS, st.sampled_from([1, 5, 10]))
def test_the_true_count_is_within_the_audited_bounds(table, preset, base):
    whole = with_margins(table)
    hide = primary(whole, preset)
    found = audit(publish(whole, hide, preset, base=base), hide, everything=True)
    assert (found.low[hide] <= whole[hide]).all()
    assert (whole[hide] <= found.high[hide]).all()


@SLOW
@given(TINY, st.sampled_from([FIVE, PLACE]), st.sampled_from([1, 5]))
def test_the_audit_finds_what_trying_every_table_finds(table, preset, base):
    whole = with_margins(table)
    hide = primary(whole, preset)
    published = publish(whole, hide, preset, base=base)
    found, every = audit(published, hide), possible(published)
    assert (found.low[hide] == every.min(axis=0)[hide]).all()
    assert (found.high[hide] == every.max(axis=0)[hide]).all()


@SLOW
@given(TABLES, st.sampled_from([FIVE, SENSITIVE]))
def test_after_secondary_hiding_the_attacker_recovers_nothing(table, preset):
    whole = with_margins(table)
    small = primary(whole, preset)
    hide = secondary(whole, small, preset)
    if hide is None or not small.any():
        return
    assert (hide | ~small).all()
    found = audit(publish(whole, hide, preset), small, everything=True)
    assert found.passed
    assert (found.high - found.low)[small].min() >= preset.least_width
    assert (found.low[hide] <= whole[hide]).all()
    assert not bridges(hide)


@SLOW
@given(TABLES)
def test_a_cell_that_is_the_only_way_round_is_found_out(table):
    """The rule of graphs: with exact margins and no other bounds a hidden cell is known just if a bridge."""
    whole = with_margins(table)
    hide = primary(whole, FIVE)
    found = audit(publish(whole, hide, FIVE), hide)
    for place in bridges(hide):
        assert found.low[place] == found.high[place] == whole[place]
        assert found.exposed[place]


def test_hiding_is_the_least_that_will_do():
    """One small cell among large ones: itself and three more make a rectangle."""
    whole = with_margins([[3, 20, 30], [40, 50, 60], [70, 80, 90]])
    hide = secondary(whole, primary(whole, FIVE), FIVE)
    assert hide.sum() == 4
    assert not hide[-1].any()
    assert not hide[:, -1].any()
    assert hide.tolist()[0][:2] == [True, True]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_smaller_set_would_do(seed):
    """Against trying every smaller set of inner cells."""
    counts = np.random.default_rng(seed).integers(5, 60, size=(3, 3))
    counts[1, 1] = 2
    whole = with_margins(counts)
    small = primary(whole, FIVE)
    hide = secondary(whole, small, FIVE)
    others = [place for place in product(range(3), repeat=2) if place != (1, 1)]
    assert hide.sum() == 4
    for more in (1, 2):
        for chosen in combinations(others, more):
            fewer = small.copy()
            fewer[tuple(zip(*chosen, strict=True))] = True
            assert not audit(publish(whole, fewer, FIVE), small).passed


def test_zeros_that_the_rule_shows_stay_shown():
    whole = with_margins([[3, 0, 30], [40, 0, 60], [0, 80, 90]])
    hide = secondary(whole, primary(whole, FIVE), FIVE)
    assert not hide[whole == 0].any()


def test_too_large_or_too_few_is_none():
    rng = np.random.default_rng(2)
    large = with_margins(rng.integers(0, 50, size=(20, 20)))
    assert large.size > LARGEST_SOLVED
    assert secondary(large, primary(large, FIVE), FIVE) is None
    few = with_margins([[1, 0], [0, 2]])
    assert secondary(few, primary(few, FIVE), FIVE) is None


def test_the_same_table_gives_the_same_answer():
    whole = with_margins(np.random.default_rng(4).negative_binomial(1.2, 0.06, size=(6, 5)))
    small = primary(whole, FIVE)
    assert (secondary(whole, small, FIVE) == secondary(whole, small, FIVE)).all()


class TestFacts:
    """What is known from elsewhere narrows what is hidden."""

    WHOLE = with_margins([[3, 20], [30, 40]])
    HIDE = np.array([[1, 1, 0], [1, 1, 0], [0, 0, 0]], dtype=bool)

    def test_an_earlier_release_gives_it_away(self):
        published = publish(self.WHOLE, self.HIDE, FIVE)
        small = primary(self.WHOLE, FIVE)
        assert audit(published, small).passed
        earlier = Fact(np.array([[0, 1.0], [0, 0]]), 20, 20)
        found = audit(published, small, facts=[earlier])
        assert not found.passed
        assert found.low[0, 0] == found.high[0, 0] == 3

    def test_whole_numbers_are_asked_for(self):
        """Twice the count lies in [5, 9]: it is 3 or 4, where fractions would leave 2.5 to 4.5."""
        published = publish(self.WHOLE, self.HIDE, FIVE)
        found = audit(published, primary(self.WHOLE, FIVE), facts=[Fact(np.array([[2.0, 0], [0, 0]]), 5, 9)])
        assert (found.low[0, 0], found.high[0, 0]) == (3, 4)

    def test_a_fact_that_cannot_be_is_said(self):
        published = publish(self.WHOLE, self.HIDE, FIVE)
        with pytest.raises(MethodError, match="No counts fit"):
            audit(published, primary(self.WHOLE, FIVE), facts=[Fact(np.ones((2, 2)), 0, 5)])
        with pytest.raises(MethodError, match="one weight for each cell"):
            audit(published, primary(self.WHOLE, FIVE), facts=[Fact(np.ones((3, 3)), 0, 5)])


def test_few_or_dominant_organisations():
    found = concentrated([90, 50, 40, 0], [5, 30, 30, 0], [100, 100, 100, 0], [5, 4, 2, 0])
    assert found.tolist() == [True, False, True, False]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: with_margins([1, 2]), "rows and columns"),
        (lambda: with_margins([[1.5]]), "whole number"),
        (lambda: with_margins([[-1]]), "whole number"),
        (lambda: publish(with_margins([[3, 9]]), np.zeros((2, 3), bool), FIVE), "would show"),
        (lambda: Preset("x", 2, 4, Protection.ROUND, 5, 1), "from 0 or 1"),
        (lambda: Preset("x", 1, 4, Protection.ROUND, 5, 4), "no wider than what is hidden"),
    ],
)
def test_errors(call, said):
    with pytest.raises(MethodError, match=said):
        call()
