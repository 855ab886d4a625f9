"""Sharing rules conserve every pound; draws have the spread they were given; a larger share never lasts longer."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.methods.arrays import MethodError
from commonweal.methods.contract_risk import (
    Event,
    Falls,
    Uncertain,
    bearing,
    draw,
    largest_share,
    settle,
    worst_year,
)
from commonweal.methods.sharing_rule import (
    Band,
    Rule,
    borne,
    capped,
    collar_and_cap,
    collared,
    fixed_price,
    open_book,
)

POUNDS = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=20).map(np.array)
SHARES = st.floats(0, 1)
INCOME = Uncertain(1_000_000, yearly=0.05, level=0.04, persists=0.5)
STAFF = Uncertain(-800_000, yearly=0.03)


@pytest.mark.parametrize(("departure", "kept"), [
    (-10, -10), (-20, -20), (-60, -40), (-100, -60), (-500, -60), (10, 10), (60, 40), (500, 60),
])
def test_a_collar_and_a_cap_by_hand(departure, kept):
    rule = collar_and_cap(collar=20, cap=100, shared=0.5)
    assert borne(rule, np.array([float(departure)]))[0] == pytest.approx(kept)


@pytest.mark.parametrize(("rule", "kept"), [
    (capped(50), [-50, -30, 30, 80]), (collared(50), [-50, -30, 30, 50]),
    (collar_and_cap(collar=20, cap=60, shared=0.5, gains=0.25), [-40, -25, 22.5, 35]),
])
def test_a_cap_a_collar_and_a_share_of_gains_by_hand(rule, kept):
    assert borne(rule, np.array([-80.0, -30.0, 30.0, 80.0])).tolist() == kept


def test_a_capped_gain_as_built_intelligence_works_it_out():
    """Their help desk: of £300,000 saved on £500,000 a quarter of the first fifth and no more, £25,000."""
    rule = Rule((Band(np.inf, 1.0),), (Band(100_000, 0.25), Band(np.inf, 0.0)))
    assert borne(rule, np.array([300_000.0]))[0] == pytest.approx(25_000)


def test_gains_may_be_shared_otherwise_than_losses():
    rule = Rule((Band(np.inf, 1.0),), (Band(50, 1.0), Band(np.inf, 0.25)))
    assert borne(rule, np.array([-80.0, 80.0])).tolist() == [-80, 57.5]


@settings(max_examples=50)
@given(POUNDS, SHARES, SHARES, st.floats(0, 1e5), st.floats(0, 1e5))
def test_the_operators_part_is_never_more_than_the_whole(departure, shared, beyond, collar, more):
    rule = collar_and_cap(collar=collar, cap=collar + more, shared=shared, beyond=beyond)
    kept = borne(rule, departure)
    assert (np.abs(kept) <= np.abs(departure) * (1 + 1e-9) + 1e-6).all()
    assert (kept * departure >= 0).all()
    assert borne(rule, -departure) == pytest.approx(-kept)


@settings(max_examples=20)
@given(POUNDS)
def test_fixed_price_keeps_all_and_open_book_nothing(departure):
    assert borne(fixed_price(), departure).tolist() == departure.tolist()
    assert not borne(open_book(), departure).any()


def test_every_pound_is_borne_by_somebody():
    lines = [INCOME, STAFF, Uncertain(-60_000, yearly=0.2, persists=0.9, every=3, passed=True)]
    drawn = draw(lines, years=15, runs=500, seed=1, events=[Event(0.1, 10, 50, 90, one) for one in Falls])
    for rule in (fixed_price(), open_book(), collar_and_cap(collar=1e4, cap=1e5, shared=0.3)):
        out = settle(drawn, rule)
        assert out.operator - out.council == pytest.approx(drawn.shared + drawn.passed + drawn.own, abs=1)


def test_the_same_seed_gives_the_same_answer():
    first, again = (draw([INCOME], years=5, runs=50, seed=9).shared for _ in range(2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, draw([INCOME], years=5, runs=50, seed=10).shared)


def test_draws_have_the_spread_and_the_memory_they_were_given():
    drawn = draw([Uncertain(1000, yearly=0.1, persists=0.6)], years=8, runs=40_000, seed=2).shared
    assert drawn.std(axis=0) == pytest.approx(np.full(8, 100), rel=0.03)
    assert np.corrcoef(drawn[:, 2], drawn[:, 3])[0, 1] == pytest.approx(0.6, abs=0.02)
    assert np.corrcoef(drawn[:, 2], drawn[:, 4])[0, 1] == pytest.approx(0.36, abs=0.02)


def test_a_level_stays_and_a_plan_may_be_off():
    drawn = draw([Uncertain(-1000, level=0.1, off=0.08)], years=4, runs=20_000, seed=2).shared
    assert (drawn[:, 0] == drawn[:, 3]).all()
    assert drawn[:, 0].mean() == pytest.approx(-80, abs=2)


def test_lines_move_together_as_asked():
    together = np.array([[1, 0.8], [0.8, 1]])
    lines = [Uncertain(1000, yearly=0.1), Uncertain(1000, yearly=0.1)]
    apart = draw(lines, years=1, runs=40_000, seed=3).shared.std()
    joined = draw(lines, years=1, runs=40_000, seed=3, together=together).shared.std()
    assert (joined / apart) ** 2 == pytest.approx(1.8, rel=0.03)


def test_a_pension_is_set_every_third_year():
    drawn = draw([Uncertain(-1000, yearly=0.1, persists=0.9, every=3)], years=7, runs=20, seed=4).shared
    assert (drawn[:, 0] == drawn[:, 2]).all()
    assert (drawn[:, 3] == drawn[:, 5]).all()
    assert (drawn[:, 2] != drawn[:, 3]).all()


def test_an_event_costs_what_it_costs_as_often_as_it_happens():
    drawn = draw([Uncertain(0)], years=10, runs=20_000, seed=5, events=[Event(0.05, 100, 200, 600)]).shared
    assert (drawn < 0).mean() == pytest.approx(0.05, abs=0.002)
    assert drawn[drawn < 0].mean() == pytest.approx(-300, rel=0.03)


def test_bearing_by_hand():
    result = np.array([[-100.0, 50.0], [10.0, 10.0], [-30.0, -30.0], [20.0, 0.0]])
    found = bearing(result, reserves=80, least=30)
    assert found.runs_out == 0.5
    assert found.subsidy == pytest.approx((50 + 10) / 2)
    assert found.low == -60
    assert worst_year(result) == -100
    assert not found.survives
    assert bearing(result, reserves=200, least=100).survives


def test_a_larger_share_never_lasts_longer_and_deeper_reserves_bear_more():
    drawn = draw([INCOME, STAFF], years=15, runs=4_000, seed=6)
    club, trust, firm = (
        largest_share(drawn, reserves=held, margin=5_000) for held in (20_000, 400_000, 9_000_000)
    )
    assert club < trust < firm == 1.0
    for share in (trust, trust + 0.02):
        part = drawn.shared * share + 5_000
        out = bearing(part, reserves=400_000).runs_out
        assert (out <= 0.05) == (share == trust)


def test_a_body_that_cannot_bear_even_its_collar_is_told():
    drawn = draw([INCOME], years=15, runs=1_000, seed=6)
    assert largest_share(drawn, reserves=100, collar=50_000) is None


@pytest.mark.parametrize("wrong", [
    lambda: draw([], years=5, runs=10, seed=1), lambda: draw([INCOME], years=0, runs=10, seed=1),
    lambda: draw([Uncertain(1, yearly=-1)], years=5, runs=10, seed=1),
    lambda: draw([Uncertain(float("nan"))], years=5, runs=10, seed=1),
    lambda: draw([Uncertain(1, persists=1)], years=5, runs=10, seed=1),
    lambda: draw([Uncertain(1, every=0)], years=5, runs=10, seed=1),
    lambda: draw([INCOME, STAFF], years=5, runs=10, seed=1, together=np.array([[1, 2], [2, 1.0]])),
    lambda: draw([INCOME, STAFF], years=5, runs=10, seed=1, together=np.eye(3)),
    lambda: draw([INCOME], years=5, runs=10, seed=1, events=[Event(2, 1, 1, 1)]),
    lambda: bearing(np.zeros((2, 2)), reserves=-1),
    lambda: largest_share(draw([INCOME], years=1, runs=9, seed=1), reserves=1, limit=0),
    lambda: largest_share(draw([INCOME], years=1, runs=9, seed=1), reserves=-1),
    lambda: collar_and_cap(collar=5, cap=1, shared=0.5), lambda: Rule((Band(5, 1),), (Band(np.inf, 1),)),
    lambda: Rule((Band(np.inf, 2),), (Band(np.inf, 1),)),
])
def test_what_cannot_be_is_refused_in_a_sentence(wrong):
    with pytest.raises(MethodError, match=r"\w+ \w+ \w+"):
        wrong()
