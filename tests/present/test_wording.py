from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.core.figure import Grade, Unit
from commonweal.present import wording


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "words"),
    [
        (27.25, Unit.PERCENT, 1, "27.3%"),
        (27.0, Unit.PERCENT, 0, "27%"),
        (-3.14, Unit.PERCENT, 1, "\N{MINUS SIGN}3.1%"),
        (-0.04, Unit.PERCENT, 1, "0.0%"),
        (1234.0, Unit.POUNDS, 1, "£1,234"),
        (1234.5, Unit.POUNDS, 2, "£1,234.50"),
        (-1234.0, Unit.POUNDS, 0, "\N{MINUS SIGN}£1,234"),
        (1234.4, Unit.PEOPLE, 1, "1,234 people"),
        (1.0, Unit.PEOPLE, 1, "1 person"),
        (2.0, Unit.HOUSEHOLDS, 0, "2 households"),
        (7.0, Unit.COUNT, 1, "7"),
        (7.5, Unit.COUNT, 1, "7.5"),
        (12.34, Unit.RATE_1000, 1, "12.3 per 1,000"),
        (12.35, Unit.RATE_10000, 1, "12.4 per 10,000"),
        (1234.5, Unit.RATE_100000, 0, "1,235 per 100,000"),
        (31.25, Unit.SCORE, 1, "31.3"),
        (7.44, Unit.MEAN_0_10, 1, "7.4 out of 10"),
        (78.12, Unit.YEARS, 1, "78.1 years"),
        (1.0, Unit.YEARS, 0, "1 year"),
        (1.0, Unit.DECILE, 1, "tenth 1 of 10"),
        (1.34, Unit.RATIO, 1, "1.3 times"),
        (2.25, Unit.KILOMETRES, 1, "2.3 km"),
    ],
)
def test_each_unit_is_written_its_own_way(value, unit, decimals, words):
    assert wording.written(value, unit, decimals) == words


@pytest.mark.parametrize(
    ("rank", "words"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (13, "13th"), (21, "21st"),
     (111, "111th"), (1002, "1,002nd")],
)
def test_ranks_are_ordinals(rank, words):
    assert wording.written(rank, Unit.RANK) == words


def test_every_unit_has_words():
    assert all(unit in wording.UNIT_WORDS for unit in Unit)
    assert all(wording.written(3.0, unit) for unit in Unit)
    assert all(wording.difference(3.0, unit) for unit in Unit)


def test_a_missing_figure_says_why(make_figure):
    figure = make_figure(None, missing="not measured", lower=None, upper=None)
    assert wording.spoken(figure) == wording.bare(figure) == "not measured"
    assert wording.interval(figure) == ""


def test_an_interval_reads_as_between(make_figure):
    assert wording.interval(make_figure()) == "between 24.1% and 30.5%"
    rate = make_figure(12.0, Unit.RATE_1000, lower=11.0, upper=13.0)
    assert wording.interval(rate) == "between 11.0 and 13.0 per 1,000"


@pytest.mark.parametrize(
    ("value", "words"),
    [(25.0, "1 in 4"), (27.2, ""), (33.0, "1 in 3"), (20.4, "1 in 5"), (10.0, "1 in 10"), (49.5, "1 in 2"),
     (1.0, ""), (61.0, ""), (40.0, "2 in 5")],
)
def test_shares_are_said_as_one_in_only_where_true(make_figure, value, words):
    assert wording.one_in(make_figure(value)) == words


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (3.14, Unit.PERCENT, "3.1 percentage points"),
        (-1.0, Unit.PERCENT, "1.0 percentage point"),
        (12, Unit.RANK, "12 places"),
        (-1, Unit.DECILE, "1 tenth"),
        (250.0, Unit.PEOPLE, "250 people"),
        (-2.5, Unit.YEARS, "2.5 years"),
        (3.0, Unit.SCORE, "3.0 points"),
    ],
)
def test_differences_lose_their_sign(value, unit, words):
    assert wording.difference(value, unit) == words


@pytest.mark.parametrize(
    ("names", "words"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_names_are_listed(names, words):
    assert wording.listed(names) == words


def test_a_grade_never_stands_without_words():
    assert [wording.grade(grade) for grade in Grade] == [
        "A, very strong", "B, strong", "C, fair", "D, weak", "E, very weak",
    ]


@given(st.floats(-1e12, 1e12, allow_nan=False), st.integers(0, 4))
def test_a_number_read_back_is_the_number_rounded(value, decimals):
    text = wording.number(value, decimals).replace(",", "").replace(wording.MINUS, "-")
    assert abs(float(text) - value) <= 0.5 * 10**-decimals * (1 + 1e-9) + 1e-4 * (abs(value) > 1e11)
    assert text not in {"-0", "-0.0", "-0.00"}
