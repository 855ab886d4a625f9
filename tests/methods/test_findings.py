"""The selection rule: its marks, its limits, and that nothing but the numbers decides."""

from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.methods.arrays import MethodError
from commonweal.methods.findings import (
    Candidate,
    Reason,
    Rule,
    certainty_mark,
    distance_mark,
    score,
    select,
    size_mark,
    trend_mark,
)
from commonweal.methods.trend import Verdict

MARK = st.floats(0, 1)
CANDIDATES = st.lists(
    st.builds(Candidate, st.text("abcdefgh", min_size=1, max_size=4), st.sampled_from("pqrstu"), MARK, MARK, MARK,
              MARK, st.booleans()),
    max_size=30, unique_by=lambda each: each.key,
)


def candidate(key, mark=0.5, theme="health", **more):
    return Candidate(key, theme, mark, mark, mark, mark, **more)


@pytest.mark.parametrize(
    ("found", "mark"),
    [
        (distance_mark(1.5), 0.5), (distance_mark(-3), 1), (distance_mark(40), 1),
        (distance_mark(None), 0), (distance_mark(float("nan")), 0), (distance_mark(1, full=2), 0.5),
        (certainty_mark(True), 1), (certainty_mark(False), 0), (certainty_mark(None), 0.5),
        (size_mark(10_000, 100_000), 0.4), (size_mark(90_000, 100_000), 1), (size_mark(None, 100_000), 0),
        (size_mark(10, 0), 0), (size_mark(float("nan"), 10), 0),
        (trend_mark(Verdict.RISING, worse_when=Verdict.RISING), 1),
        (trend_mark(Verdict.FALLING, worse_when=Verdict.RISING), 0),
        (trend_mark(Verdict.NO_CLEAR_CHANGE, worse_when=Verdict.RISING), 0.5),
        (trend_mark(Verdict.RISING, worse_when=None), 0.5),
        (trend_mark(None, worse_when=Verdict.FALLING), 0.5),
    ],
)
def test_marks(found, mark):
    assert found == pytest.approx(mark)


def test_a_score_is_the_sum_of_its_parts():
    total, parts = score(Candidate("a", "t", 1, 0.5, 0.25, 0), Rule())
    assert parts == pytest.approx((0.4, 0.125, 0.05, 0))
    assert total == pytest.approx(sum(parts))


@given(CANDIDATES, st.randoms())
def test_the_order_given_does_not_matter(candidates, random):
    mixed = list(candidates)
    random.shuffle(mixed)
    assert select(mixed) == select(candidates)


@given(CANDIDATES)
def test_the_limits_hold(candidates):
    rule = Rule()
    chosen = select(candidates, rule)
    assert len(chosen) <= rule.most
    assert max(Counter(each.candidate.theme for each in chosen).values(), default=0) <= rule.per_theme
    assert sum(each.candidate.good_news for each in chosen) <= rule.most_good_news
    assert [each.place for each in chosen] == list(range(1, len(chosen) + 1))
    scores = [each.score for each in chosen]
    assert all(first >= second - 1e-9 for first, second in pairwise(scores))
    assert all((each.reason is Reason.SCORE) == (each.score >= rule.least_score) for each in chosen)
    assert sum(each.reason is Reason.FILL for each in chosen) <= rule.least


def test_no_more_than_two_of_a_theme():
    chosen = select([*(candidate(f"h{place}", 0.9 - place / 100) for place in range(5)),
                     *(candidate(f"c{place}", 0.5, "culture") for place in range(5))])
    assert [each.candidate.key for each in chosen] == ["h0", "h1", "c0", "c1"]


def test_low_scores_fill_up_to_the_least_and_no_further():
    chosen = select(candidate(f"k{place}", 0.1, f"theme {place}") for place in range(8))
    assert [each.reason for each in chosen] == [Reason.FILL] * 5
    strong = [candidate(f"s{place}", 0.8, f"strong {place}") for place in range(12)]
    assert len(select(strong)) == 9


def test_equal_scores_go_by_key():
    chosen = select([candidate("b", theme="1"), candidate("a", theme="2"), candidate("c", theme="3")])
    assert [each.candidate.key for each in chosen] == ["a", "b", "c"]


def test_good_news_is_limited():
    chosen = select(candidate(f"g{place}", 0.9, f"t{place}", good_news=True) for place in range(6))
    assert len(chosen) == Rule().most_good_news


def test_nothing_to_choose_from():
    assert select([]) == ()


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: Rule(distance=0.9), "add up to 1"),
        (lambda: Rule(least=9, most=5), "At least one finding"),
        (lambda: select([candidate("a"), candidate("a")]), "given twice"),
        (lambda: select([candidate("a", 1.2)]), "between 0 and 1"),
        (lambda: replace(Rule(), per_theme=0), "no fewer than one"),
    ],
)
def test_rules_that_cannot_be(call, said):
    with pytest.raises(MethodError, match=said):
        call()
