"""At the highest price two bids tie; a pound more loses."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.methods.arrays import MethodError
from commonweal.methods.bid_price import Pricing, highest_price, price_points, score, turned_by, weighed, winner

SCORES = st.integers(0, 100)


def total(price, quality, weight, lowest):
    return weight * quality / 100 + (100 - weight) * score(price, lowest) / 100


@pytest.mark.parametrize(("price", "lowest", "points"), [(15, 10, 66.667), (10, 10, 100), (30, 10, 33.333)])
def test_the_common_formula(price, lowest, points):
    assert score(price, lowest) == pytest.approx(points, abs=1e-3)


def test_the_printed_case():
    """60/40: 80 for quality at £120,000 is 81.33 and loses to 70 at £100,000, which is 82."""
    assert total(120, 80, 60, 100) == pytest.approx(81.33, abs=5e-3)
    most = highest_price(quality=80, rival_quality=70, rival_price=100, quality_weight=60)
    assert most == pytest.approx(100 / 0.85)
    assert total(most, 80, 60, 100) == pytest.approx(82)


@settings(max_examples=50)
@given(SCORES, SCORES, st.integers(1, 99), st.integers(1, 10**6))
def test_at_that_price_they_tie_and_above_it_one_loses(quality, rival, weight, price):
    most = highest_price(quality=quality, rival_quality=rival, rival_price=price, quality_weight=weight)
    for ours in [] if most in (None, float("inf")) else [most, most * 1.01]:
        lowest = min(ours, price)
        lead = total(ours, quality, weight, lowest) - total(price, rival, weight, lowest)
        assert lead == pytest.approx(0, abs=1e-6) if ours == most else lead < 0


@pytest.mark.parametrize(("quality", "weight", "most"), [(90, 100, float("inf")), (10, 100, None), (0, 90, None)])
def test_where_no_price_matters(quality, weight, most):
    assert highest_price(quality=quality, rival_quality=50, rival_price=9, quality_weight=weight) == most


@pytest.mark.parametrize("wrong", [
    lambda: score(0, 1),
    lambda: highest_price(quality=101, rival_quality=1, rival_price=1, quality_weight=50),
    lambda: highest_price(quality=1, rival_quality=1, rival_price=0, quality_weight=50),
])
def test_what_cannot_be_is_refused_in_a_sentence(wrong):
    with pytest.raises(MethodError, match=r"\w+ \w+ \w+"):
        wrong()


@pytest.mark.parametrize(("key", "points"), [
    ("lowest", (100, 50)), ("absolute", (80, 30)), ("deviation", (50 + 100 / 3, 50 - 100 / 3))])
def test_the_three_formulas(key, points):
    assert price_points([50, 100], Pricing(key, 30, 130)) == pytest.approx(points)


BIDS = st.lists(st.tuples(SCORES, st.integers(1, 1000)), min_size=2, max_size=5)


@settings(max_examples=50)
@given(BIDS, st.integers(0, 100))
def test_on_a_fixed_scale_no_loser_decides(bids, weight):
    assert turned_by(bids, price_weight=weight, pricing=Pricing("absolute", 100, 900)) == ()


@pytest.mark.parametrize(("key", "best", "turned"), [("lowest", 0, (2, 1)), ("deviation", 1, (0, 2))])
def test_under_the_others_a_loser_can_decide(key, best, turned):
    bids, pricing = [(80, 900), (60, 600), (20, 300)], Pricing(key)
    assert winner(weighed(bids, price_weight=40, pricing=pricing)) == best
    assert turned_by(bids, price_weight=40, pricing=pricing) == (turned,)


def test_no_such_formula():
    with pytest.raises(MethodError):
        price_points([1], Pricing("cheapest"))
