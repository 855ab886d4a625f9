"""Standardised rates against published tables, the health department's own program, and identities."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.methods.arrays import MethodError
from commonweal.methods.intervals import byar
from commonweal.methods.standardise import Visitors, directly_standardised, repeated_events_rate
from commonweal.policy.standard_populations import standard_population

# Selvin 1991: deaths and people of the United States in 1940, standardised to those of 1960.
DEATHS = [45, 201, 320, 670, 1126, 3160, 9723, 17935, 22179, 13461, 2238]
PEOPLE = [906897, 3794573, 10003544, 10629526, 9465330, 8249558, 7294330, 5022499, 2920220, 1019504, 142532]
LATER = [1784033, 7065148, 15658730, 10482916, 9939972, 10563872, 9114202, 6850263, 4702482, 1874619, 330915]

# Invented: a village's events by nineteen age groups.
EVENTS = [1, 1, 0, 0, 0, 1, 1, 1, 3, 3, 3, 3, 10, 10, 10, 10, 8, 8, 16]
VILLAGERS = [30, 35, 35, 35, 40, 40, 45, 50, 50, 50, 60, 60, 70, 75, 70, 60, 20, 20, 15]

COUNTS = st.lists(st.integers(0, 500), min_size=3, max_size=3)


def parts(found):
    return [float(found.value), float(found.lower), float(found.upper)]


def esp():
    return [group.people for group in standard_population().groups]


# The bounds are those PHStatsMethods 0.1.16, the Department of Health and Social Care's program, gave.
@pytest.mark.parametrize(
    ("data", "level", "expected"),
    [
        ((DEATHS, PEOPLE, LATER), 0.95, (139.250544021896, 138.21409904386, 140.292748376263)),
        ((EVENTS, VILLAGERS, "esp"), 0.95, (7911.349206349207, 6277.950999962643, 9823.908907077443)),
        ((EVENTS, VILLAGERS, "esp"), 0.998, (7911.349206349207, 5455.805375331915, 11005.771865454892)),
    ],
)
def test_against_a_public_programme(data, level, expected):
    events, people, standard = data
    found = directly_standardised(events, people, esp() if standard == "esp" else standard, level=level)
    assert parts(found) == pytest.approx(expected, rel=1e-11)


def test_a_place_as_old_as_the_standard_keeps_its_crude_rate_and_byars_interval():
    found = directly_standardised(EVENTS, VILLAGERS, VILLAGERS)
    total, people = sum(EVENTS), sum(VILLAGERS)
    low, high = byar(total)
    assert found.value == pytest.approx(total / people * 1e5)
    assert (found.lower, found.upper) == pytest.approx((low / people * 1e5, high / people * 1e5))


@given(COUNTS, st.floats(0.1, 50))
def test_the_standard_counts_by_its_shape_alone(events, scale):
    first = directly_standardised([*events, 10], [900] * 4, [1, 2, 3, 4])
    second = directly_standardised([*events, 10], [900] * 4, np.array([1, 2, 3, 4]) * scale)
    assert parts(first) == pytest.approx(parts(second))


@given(COUNTS)
def test_the_rate_lies_within_its_interval(events):
    found = directly_standardised([*events, 10], [900, 40, 7, 300], [1, 2, 3, 4])
    assert 0 <= found.lower <= found.value <= found.upper


def test_below_ten_events_nothing_is_given():
    found = directly_standardised([[4, 5], [5, 5]], [[50, 60], [50, 60]], [1, 1])
    assert np.isnan([found.value[0], found.lower[0], found.upper[0]]).all()
    assert found.value[1] > 0


def test_one_visit_each_is_the_independent_case():
    alone = directly_standardised(EVENTS, VILLAGERS, esp())
    visits = repeated_events_rate(Visitors(np.array(EVENTS)[:, None], [1]), VILLAGERS, esp())
    assert parts(visits) == pytest.approx(parts(alone))


def test_variance_of_repeated_events_by_hand():
    """Two age groups of 100; 10 + 20 people come once, 5 + 0 come four times: 50 visits, variance 110."""
    found = repeated_events_rate(Visitors([[10, 5], [20, 0]], [1, 4]), [100, 100], per=1)
    low, high = byar(50)
    stretch = np.sqrt((10 + 5 * 16 + 20) / 200**2 / 50)
    assert found.value == pytest.approx(50 / 200)
    assert (found.lower, found.upper) == pytest.approx((0.25 + stretch * (low - 50), 0.25 + stretch * (high - 50)))


@given(st.integers(2, 12))
def test_regulars_widen_the_interval(each):
    """As many visits by fewer people say less of a rate."""
    visits = 60 * each
    once = repeated_events_rate(Visitors([[visits, 0]], [1, each]), [10_000])
    often = repeated_events_rate(Visitors([[0, 60]], [1, each]), [10_000])
    assert often.value == pytest.approx(once.value)
    assert (often.upper - often.lower) > (once.upper - once.lower)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: directly_standardised([20, 1], [0, 10], [1, 1]), "no people"),
        (lambda: directly_standardised([20, 1], [10, 10], [1]), "same age groups"),
        (lambda: directly_standardised([-1, 30], [10, 10], [1, 1]), "below 0"),
        (lambda: repeated_events_rate(Visitors([[1, 2]], [1]), [10]), "one column"),
    ],
)
def test_what_cannot_be_standardised_says_why(call, said):
    with pytest.raises(MethodError, match=said):
        call()
