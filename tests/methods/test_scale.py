"""Whether size matters: agrees with SciPy, covers what it says it covers, and admits when it cannot tell."""

import numpy as np
import pytest
from scipy.stats import linregress, t

from commonweal.methods.arrays import MethodError
from commonweal.methods.scale import Verdict, fit, join, optimum, unit_cost

RNG = np.random.default_rng(11)
SIZE = np.exp(RNG.uniform(np.log(5), np.log(500), 40))


def costs(slope, spread=0.1, size=SIZE, seed=1):
    return 20 * size**slope * np.exp(np.random.default_rng(seed).normal(0, spread, size.size))


def test_the_line_is_scipys():
    cost = costs(0.9)
    ours, theirs = fit(SIZE, cost), linregress(np.log(SIZE), np.log(cost))
    reach = t.ppf(0.975, SIZE.size - 2) * theirs.stderr
    assert (ours.slope, ours.start) == (pytest.approx(theirs.slope), pytest.approx(theirs.intercept))
    assert (ours.low, ours.high) == (pytest.approx(theirs.slope - reach), pytest.approx(theirs.slope + reach))


def test_the_line_of_anscombe():
    """Graphs in Statistical Analysis (1973), first set: 3.00 + 0.500 x, standard error of the slope 0.118."""
    x = np.array([10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5])
    y = np.array([8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68])
    found = fit(np.exp(x), np.exp(y))
    assert (found.start, found.slope) == (pytest.approx(3.00, abs=5e-3), pytest.approx(0.500, abs=5e-4))
    assert (found.high - found.slope) / t.ppf(0.975, 9) == pytest.approx(0.118, abs=5e-4)


@pytest.mark.parametrize(("slope", "spread", "verdict"), [
    (0.8, 0.1, Verdict.CHEAPER), (1.2, 0.1, Verdict.DEARER), (1.0, 0.03, Verdict.NO_MATTER),
    (1.0, 1.0, Verdict.CANNOT_TELL),
])
def test_the_verdict_follows_the_interval(slope, spread, verdict):
    assert fit(SIZE, costs(slope, spread)).verdict is verdict


@pytest.mark.parametrize("few", [0, 1, 7])
def test_few_comparators_tell_nothing(few):
    found = fit(SIZE[:few], costs(0.8)[:few])
    assert (found.verdict, found.n) == (Verdict.CANNOT_TELL, few)
    with pytest.raises(MethodError, match="at least 8"):
        unit_cost(found, [10])


def test_bodies_all_of_one_size_tell_nothing():
    assert fit(np.full(12, 9.0), costs(1, size=np.full(12, 9.0))).verdict is Verdict.CANNOT_TELL


def test_the_band_of_a_body_holds_nineteen_in_twenty():
    held = []
    for seed in range(200):
        cost = costs(0.9, 0.2, seed=seed)
        found = fit(SIZE[:-1], cost[:-1])
        band = unit_cost(found, SIZE[-1:])[0]
        held.append(band.body[0] <= cost[-1] / SIZE[-1] <= band.body[1])
        assert band.body[0] < band.line[0] < band.middle < band.line[1] < band.body[1]
    assert np.mean(held) == pytest.approx(0.95, abs=0.045)


def test_a_size_nobody_has_is_marked():
    found = fit(SIZE, costs(0.9))
    assert [one.beyond for one in unit_cost(found, [1, 50, 5000])] == [True, False, True]


def test_joining_two_that_are_alike():
    cost = costs(0.8, 1e-6)
    found = fit(SIZE, cost)
    made = join(found, sizes=[50, 50], costs=[1000, 1000], once=500)
    assert made.saving == pytest.approx(2000 * (1 - 2**-0.2), rel=1e-4)
    assert made.payback == pytest.approx(500 / made.saving)
    half = join(found, sizes=[50, 50], costs=[1000, 1000], share=0.5)
    assert half.saving == pytest.approx(made.saving / 2)


def test_joining_where_size_costs_more_never_pays_back():
    made = join(fit(SIZE, costs(1.3)), sizes=[50, 60], costs=[1000, 1200], once=10)
    assert made.saving < 0
    assert made.payback is None


def test_doubt_about_the_line_is_doubt_about_the_saving():
    made = join(fit(SIZE, costs(0.95, 0.5)), sizes=[50, 60], costs=[1000, 1200])
    assert made.ends[0] < made.saving < made.ends[1]


def test_an_optimum_is_found_where_there_is_one():
    x = np.log(SIZE)
    cost = SIZE * np.exp(3 + 0.3 * (x - np.log(50)) ** 2 + np.random.default_rng(3).normal(0, 0.05, x.size))
    found = optimum(SIZE, cost, seed=1)
    assert found.low < 50 < found.high
    assert found.plateau[0] < found.size < found.plateau[1]
    reach = np.exp(np.sqrt(np.log(1.05) / 0.3))
    assert found.plateau[1] == pytest.approx(50 * reach, rel=0.15)


@pytest.mark.parametrize("slope", [0.8, 1.0, 1.2])
def test_no_optimum_is_printed_where_none_is_shown(slope):
    found = optimum(SIZE, costs(slope, 0.2), seed=1)
    assert found.size is None
    assert found.found < 0.95


@pytest.mark.parametrize("wrong", [
    lambda: fit([1, 0], [1, 1]), lambda: fit([1], [1, 2]), lambda: fit([1, 2], [1, float("nan")]),
    lambda: optimum([1, 2], [1, 2], seed=1), lambda: unit_cost(fit(SIZE, costs(1)), [0]),
    lambda: join(fit(SIZE, costs(1)), sizes=[1], costs=[1]),
    lambda: join(fit(SIZE, costs(1)), sizes=[1, 2], costs=[1, 2], share=2),
    lambda: join(fit([1], [1]), sizes=[1, 2], costs=[1, 2]),
])
def test_what_cannot_be_is_refused_in_a_sentence(wrong):
    with pytest.raises(MethodError, match=r"\w+ \w+ \w+"):
        wrong()
