"""Discounting agrees with the published tables of the Green Book, and with what must hold of any sum."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.methods.arrays import MethodError
from commonweal.methods.discounting import biased, deserving, factors, felt, level, present, switching, worth
from commonweal.policy.green_book import green_book

BOOK = green_book()
NOW = BOOK.edition("2026")
AMOUNTS = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=40)


@pytest.mark.parametrize(("year", "standard", "health"), [
    (1, 0.9662, 0.9852), (2, 0.9335, 0.9707), (5, 0.8420, 0.9283), (10, 0.7089, 0.8617), (20, 0.5026, 0.7425),
    (30, 0.3563, 0.6398), (31, 0.3459, 0.6316), (40, 0.2651, 0.5628), (50, 0.1973, 0.4951), (60, 0.1468, 0.4355),
    (75, 0.0942, 0.3594), (76, 0.0919, 0.3556),
])
def test_factors_are_those_of_the_table(year, standard, health):
    assert factors(NOW.standard, year)[year] == pytest.approx(standard, abs=5e-5)
    assert factors(NOW.health, year)[year] == pytest.approx(health, abs=5e-5)


@pytest.mark.parametrize(("year", "factor"), [(1, 0.9709), (10, 0.7441), (30, 0.4120), (31, 0.4017)])
def test_the_lower_rate_of_the_2026_edition(year, factor):
    lower = next(one for one in BOOK.tests if one.key == "lower")
    assert factors(lower.standard, year)[year] == pytest.approx(factor, abs=5e-5)


@pytest.mark.parametrize(("years", "sum_of_factors"), [
    (5, 4.5151), (10, 8.3166), (15, 11.5174), (20, 14.2124), (25, 16.4815), (30, 18.3920), (60, 25.3753),
])
def test_annuities(years, sum_of_factors):
    assert factors(NOW.standard, years)[1:].sum() == pytest.approx(sum_of_factors, abs=6e-5)


@pytest.mark.parametrize(("years", "net", "yearly"), [(5, 35.4516, 7.8519), (9, 128.2306, 16.8554)])
def test_equal_sums_of_unequal_lives(years, net, yearly):
    found = worth([100] + [0] * years, [0] + [30] * years, factors(NOW.standard, years))
    assert found.net == pytest.approx(net, abs=6e-5)
    assert found.yearly == pytest.approx(yearly, abs=6e-5)


@pytest.mark.parametrize(("upper", "mitigated", "costs", "net", "ratio"), [
    (0, 0, 194.985, -23.745, 0.8782), (0.51, 0.5, 244.706, -73.466, 0.6998),
])
def test_the_worked_example_with_and_without_optimism(upper, mitigated, costs, net, ratio):
    spent = [biased(one, upper=upper, mitigated=mitigated) for one in (100, 50, 50)] + [0] * 7
    found = worth(spent, [0, 0, 0] + [30] * 7, factors(NOW.standard, 9))
    assert (found.costs, found.benefits) == (pytest.approx(costs, abs=6e-4), pytest.approx(171.240, abs=6e-4))
    assert (found.net, found.ratio) == (pytest.approx(net, abs=6e-4), pytest.approx(ratio, abs=6e-5))


def test_a_subsidy_of_fifteen_years_brought_to_now():
    each = [0] + [14.5e6 / 15] * 15
    assert present(each, factors(NOW.standard, 15)) == pytest.approx(11.134e6, rel=1e-4)


@pytest.mark.parametrize(("income", "weight"), [
    (16_000, 2.462), (20_000, 1.842), (25_000, 1.378), (32_000, 1.0), (50_000, 0.560), (64_000, 0.406),
])
def test_a_pound_to_the_poor_counts_for_more(income, weight):
    assert deserving([income], reference=32_000)[0] == pytest.approx(weight, abs=5e-4)


def test_wellbeing_in_later_prices():
    values = tuple(BOOK.in_prices_of(one, was=2019, now=2024) for one in (10_000, 13_000, 16_000))
    found = felt(0.1, people=10, years=1, each=values)
    assert [round(one) for one in found] == [12_329, 16_028, 19_727]


@settings(max_examples=40)
@given(AMOUNTS, AMOUNTS)
def test_sums_of_present_values_are_present_values_of_sums(one, other):
    length = max(len(one), len(other))
    first, second = (np.pad(each, (0, length - len(each))) for each in (one, other))
    discount = factors(NOW.standard, length)
    assert present(first + second, discount) == pytest.approx(
        present(first, discount) + present(second, discount), abs=1e-3
    )


@settings(max_examples=40)
@given(st.floats(1, 1e9), st.integers(1, 60))
def test_a_level_sum_is_worth_what_it_was_levelled_from(amount, years):
    discount = factors(NOW.standard, years)
    yearly = level(amount, discount)
    assert present([0] + [yearly] * years, discount) == pytest.approx(amount)


def test_a_line_changed_by_its_switching_value_leaves_nothing():
    lines = np.array([120.0, -70.0, 0.0])
    net = float(lines.sum())
    shares = switching(net, lines)
    assert np.isnan(shares[2])
    for place in (0, 1):
        changed = lines.copy()
        changed[place] *= 1 + shares[place]
        assert changed.sum() == pytest.approx(0)


@pytest.mark.parametrize("wrong", [
    lambda: factors((), 5), lambda: factors(NOW.standard, -1), lambda: factors(NOW.standard, 5_000),
    lambda: present([1, 2, 3], factors(NOW.standard, 1)), lambda: present([np.nan], factors(NOW.standard, 1)),
    lambda: level(1, factors(NOW.standard, 0)), lambda: biased(1, upper=-1),
    lambda: biased(1, upper=0.1, mitigated=2), lambda: deserving([0], reference=1),
    lambda: deserving([1], reference=1, elasticity=-1), lambda: felt(11, people=1, years=1, each=(1,)),
    lambda: felt(1, people=-1, years=1, each=(1,)),
])
def test_what_cannot_be_is_refused_in_a_sentence(wrong):
    with pytest.raises(MethodError, match=r"\w+ \w+ \w+"):
        wrong()
