"""Equal shares agrees with the rule done in exact fractions, and keeps what the rule promises."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.methods.arrays import MethodError
from commonweal.methods.equal_shares import completed, election, equal_shares, most_votes, served

COSTS = st.lists(st.integers(1, 30), min_size=1, max_size=7)


@st.composite
def elections(draw):
    costs = draw(COSTS)
    ballot = st.sets(st.integers(0, len(costs) - 1), max_size=4).map(sorted)
    return costs, draw(st.lists(ballot, min_size=1, max_size=12)), draw(st.integers(1, 80))


def by_hand(costs, ballots, budget):
    """The rule in exact fractions, voter by voter."""
    left = [Fraction(budget, len(ballots))] * len(ballots)
    who = [[v for v, ballot in enumerate(ballots) if p in ballot] for p in range(len(costs))]
    bought = []
    while True:
        offers = []
        for p, cost in enumerate(costs):
            if p in bought or sum(left[v] for v in who[p]) < cost:
                continue
            rising, rest = sorted(left[v] for v in who[p]), Fraction(cost)
            for place, held in enumerate(rising):
                price = rest / (len(rising) - place)
                if price <= held:
                    break
                rest -= held
            offers.append((price / cost, -len(who[p]), p, price))
        if not offers:
            return tuple(bought)
        _, _, p, price = min(offers)
        bought.append(p)
        for v in who[p]:
            left[v] -= min(left[v], price)


@settings(max_examples=50)
@given(elections())
def test_it_is_the_rule_in_exact_fractions(held):
    costs, ballots, budget = held
    assert equal_shares(election(costs, ballots, budget=budget)).projects == by_hand(costs, ballots, budget)


@pytest.mark.parametrize(("costs", "ballots", "budget", "bought"), [
    # the running example of Lackner and Skowron, Multi-Winner Voting with Approval Preferences (2023)
    ([1] * 7, [[0, 1]] * 3 + [[0, 2]] * 3 + [[0, 3]] * 2 + [[1, 2, 5], [4], [5], [6]], 4, [0]),
    # an example kept with pabutools, where what a project is worth is what it costs
    ([1, 0.9, 2, 1.09], [[0], [1, 2, 3], [1, 2, 3], [2]], 4, [0, 2]),
])
def test_the_published_examples(costs, ballots, budget, bought):
    assert sorted(equal_shares(election(costs, ballots, budget=budget)).projects) == bought


@settings(max_examples=40)
@given(elections())
def test_never_more_than_the_budget_and_completion_only_adds_to_it(held):
    costs, ballots, budget = held
    given_election = election(costs, ballots, budget=budget)
    won, whole = equal_shares(given_election), completed(given_election)
    assert won.spent <= budget + 1e-6
    assert won.spent <= whole.spent <= budget + 1e-6
    assert len(set(whole.all)) == len(whole.all)
    fits = [p for p, cost in enumerate(costs) if cost <= budget - whole.spent and given_election.votes[p]]
    assert set(fits) <= set(whole.all)


@settings(max_examples=30)
@given(elections())
def test_voters_counted_are_voters_listed(held):
    costs, ballots, budget = held
    twice = election(costs, ballots * 2, budget=budget)
    counted = election(costs, ballots, budget=budget, counts=[2] * len(ballots))
    assert completed(twice).all == completed(counted).all
    assert served(twice, [0]) == served(counted, [0])


def test_two_halves_of_a_town_each_get_their_half():
    """51 in 100 want ten red projects, 49 ten blue; there is money for ten. Most votes gives all ten to red."""
    ballots = [list(range(10))] * 51 + [list(range(10, 20))] * 49
    town = election([10] * 20, ballots, budget=100)
    assert most_votes(town) == tuple(range(10))
    funded = completed(town, step=0.01).all
    assert (sum(p < 10 for p in funded), sum(p >= 10 for p in funded)) == (5, 5)
    assert served(town, funded) == 1


def test_a_group_that_agrees_gets_its_part():
    """A tenth of the voters who all want what a tenth of the budget buys always get it."""
    ballots = [[0]] * 10 + [[1, 2, 3]] * 90
    town = election([10, 60, 60, 60], ballots, budget=100)
    assert 0 in equal_shares(town).projects


def test_the_last_rise_before_overspending_stands():
    ballots = [[0], [0], [1], [1], [2]]
    town = election([40, 44, 90], ballots, budget=100)
    assert equal_shares(town).projects == (0,)
    whole = completed(town)
    assert (whole.projects, whole.share) == ((0, 1), pytest.approx(89))  # at 90 the third would be bought too
    assert completed(replace(town, budget=50.0), fill=False).filled == ()


def test_a_tie_goes_to_the_first_on_the_list():
    town = election([10, 10], [[0], [1]], budget=10)
    assert most_votes(town) == (0,)
    assert completed(town).all == (0,)


@pytest.mark.parametrize("wrong", [
    lambda: election([], [[]], budget=1), lambda: election([0], [[0]], budget=1),
    lambda: election([1], [[1]], budget=1), lambda: election([1], [[0]], budget=-1),
    lambda: equal_shares(election([1], [], budget=1)), lambda: served(election([1], [], budget=1), [0]),
    lambda: completed(election([1], [[0]], budget=1), step=0),
    lambda: election([np.nan], [[0]], budget=1),
])
def test_what_cannot_be_is_refused_in_a_sentence(wrong):
    with pytest.raises(MethodError, match=r"\w+ \w+ \w+"):
        wrong()
