"""Nothing leaves but by the one door, and what leaves stands up to attack."""

import json
from dataclasses import asdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from commonweal.core.release import CountTable, Mark, Outcome, preset_of, release
from commonweal.methods.arrays import MethodError
from commonweal.methods.attack import Fact, audit
from commonweal.methods.disclosure import Publication, primary, with_margins
from commonweal.policy.disclosure_rules import disclosure_outcomes, disclosure_rules

RULES = st.sampled_from(["place", "threshold-5", "sensitive"])
COUNTS = st.one_of(st.integers(0, 12), st.integers(0, 300))
TABLES = arrays(np.int64, st.tuples(st.integers(1, 5), st.integers(1, 4)), elements=COUNTS)


def table(counts):
    lines = np.asarray(counts).tolist()
    return CountTable(
        tuple(f"area {place}" for place in range(len(lines))),
        tuple(f"group {place}" for place in range(len(lines[0]))),
        tuple(map(tuple, lines)),
    )


def values(released):
    return [[cell.value for cell in line] for line in released.cells]


@settings(deadline=None, max_examples=25)
@given(TABLES, RULES)
def test_an_attacker_with_the_released_table_alone_learns_too_little(counts, rule):
    """The publication is built again from the released cells, as anybody outside has to."""
    released, preset, true = release(table(counts), rule), preset_of(rule), with_margins(counts)
    shown = np.array([[-1 if value is None else value for value in line] for line in values(released)])
    small = primary(true, preset)
    if released.outcome is Outcome.WITHHELD:
        assert (shown < 0).all()
        return
    hidden = shown < 0
    assert (hidden | ~small).all()
    mixed, zeros = bool((hidden & ~small).any()), bool((hidden & (true == 0)).any())
    found = audit(Publication(shown, hidden, released.base, mixed, zeros, preset), small)
    assert found.passed
    assert (found.low[small] <= true[small]).all()
    assert (true[small] <= found.high[small]).all()


@settings(deadline=None, max_examples=15)
@given(TABLES, RULES)
def test_asking_again_gives_the_same(counts, rule):
    assert release(table(counts), rule) == release(table(counts), rule)


def test_the_rule_of_places_hides_and_rounds():
    released = release(table([[0, 8, 23], [12, 100, 3]]))
    assert values(released) == [[0, 10, 25, 30], [10, 100, None, 115], [10, 110, 25, 145]]
    assert (released.outcome, released.base) == (Outcome.ROUNDED, 5)
    assert released.cells[0][1].mark is Mark.ROUNDED
    assert "nearest 5" in released.reason


def test_where_five_will_not_do_rounding_is_coarser():
    """7 beside 17 with total 24: 25 less 15 would leave 6 or 7."""
    released = release(table([[7, 17], [40, 40]]))
    assert released.base == 10
    assert released.cells[0][0].value is None
    assert "nearest 10" in released.reason


def test_exact_counts_with_others_hidden():
    released = release(table([[3, 20, 30], [40, 50, 60], [70, 80, 90]]), "threshold-5")
    assert released.outcome is Outcome.SUPPRESSED
    assert (released.audit.hidden, released.audit.passed) == (4, True)
    assert {cell.mark for line in released.cells for cell in line} == {Mark.EXACT, Mark.HIDDEN}


def test_large_counts_go_out_as_they_are():
    released = release(table([[30, 20], [40, 50]]), "threshold-5")
    assert released.outcome is Outcome.EXACT
    assert values(released)[-1] == [70, 70, 140]
    assert released.audit.least_span is None


def test_what_is_known_elsewhere_is_withheld():
    """Somebody already knows that the count is 3 or 4: no hiding here can undo that."""
    known = [Fact(np.array([[1.0, 0], [0, 0]]), 3, 4)]
    released = release(table([[3, 20], [30, 40]]), "threshold-5", facts=known)
    assert released.outcome is Outcome.WITHHELD
    assert all(cell.value is None for line in released.cells for cell in line)
    assert not released.audit.passed
    assert "larger areas" in released.reason


def test_zeros_about_sensitive_things_are_hidden():
    released = release(table([[0, 30, 60], [40, 50, 60], [70, 80, 90]]), "sensitive")
    assert released.cells[0][0].value is None


def test_organisations_that_would_show_are_hidden_too():
    hide = np.array([[True, False, False], [False] * 3, [False] * 3])
    released = release(table([[55, 20, 30], [40, 50, 60], [70, 80, 90]]), "threshold-5", hide=hide)
    assert released.cells[0][0].value is None
    assert released.audit.hidden >= 4


def test_an_earlier_release_is_taken_into_account():
    counts = [[3, 20, 30], [40, 50, 60], [70, 80, 90]]
    alone = release(table(counts), "threshold-5")
    beside = [cell.value for cell in alone.cells[0]]
    place = beside.index(None, 1)
    weights = np.zeros((3, 3))
    weights[0, place] = 1
    again = release(table(counts), "threshold-5", facts=[Fact(weights, counts[0][place], counts[0][place])])
    assert again.outcome is not Outcome.SUPPRESSED


def test_nothing_in_the_answer_tells_small_cells_from_the_others():
    released = release(table([[3, 20, 30], [40, 50, 60], [70, 80, 90]]), "threshold-5")
    told = json.dumps(asdict(released), default=str)
    hidden = {json.dumps(asdict(cell)) for line in released.cells for cell in line if cell.mark is Mark.HIDDEN}
    assert len(hidden) == 1
    assert "primary" not in told
    assert "exposed" not in told


def test_the_digest_is_of_what_is_shown():
    first, same = release(table([[30, 20]])), release(table([[30, 20]]))
    # 31 rounds as 30 does, so nobody outside can tell the two tables apart.
    assert first.digest == same.digest == release(table([[31, 20]])).digest
    assert first.digest != release(table([[40, 20]])).digest


def test_a_large_table_is_rounded():
    counts = np.random.default_rng(8).negative_binomial(1.2, 0.04, size=(16, 13))
    released = release(table(counts), "threshold-5")
    assert released.outcome is Outcome.ROUNDED
    assert released.audit.passed


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: release(table([[1]]), "no-such-rule"), "choose one of place"),
        (lambda: release(table([[-1]])), "whole number"),
        (lambda: CountTable(("a",), ("b",), ((1, 2),)), "one count for each column"),
        (lambda: release(table([[9, 9]]), hide=np.ones((3, 3), bool)), "with or without its margins"),
    ],
)
def test_errors(call, said):
    with pytest.raises(MethodError, match=said):
        call()


def test_every_rule_of_the_policy_is_sound_and_cited():
    assert {rule.key for rule in disclosure_rules().values()} == {"place", "threshold-5", "sensitive"}
    for rule in disclosure_rules().values():
        assert preset_of(rule.key).hide_to == rule.hide_to
        assert rule.source
        assert rule.verification
    assert set(disclosure_outcomes()) == set(Outcome)
