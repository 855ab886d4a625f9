"""An interrupted series beside the published one of Sicily's smoking ban; differences beside Card and Krueger."""

from __future__ import annotations

import numpy as np
import pytest

from commonweal.methods.arrays import MethodError
from commonweal.methods.interrupted import difference_in_differences, largest_change, step_change

# Admissions for acute coronary events and standardised people, Sicily, January 2002 to November 2006; the ban
# began with the 37th month. Source: data of Lopez Bernal, Cummins and Gasparrini 2017, Int J Epidemiol 46:348.
ACES = [
    728, 659, 791, 734, 757, 726, 760, 740, 720, 814, 795, 858, 887, 766, 851, 769, 781, 756, 766, 752, 765,
    831, 879, 928, 914, 808, 937, 840, 916, 828, 845, 818, 860, 839, 887, 886, 831, 796, 833, 820, 877, 758,
    767, 738, 781, 843, 850, 908, 1021, 859, 976, 888, 962, 838, 810, 876, 843, 936, 912,
]
PEOPLE = [
    379875.3, 376495.5, 377040.8, 377116.4, 377383.4, 374113.1, 379513.3, 376295.5, 374653.2, 378485.6,
    375955.5, 378349.7, 376762.4, 379032.3, 379360.4, 376162, 377972.4, 381830.7, 379888.6, 380872.2,
    380966.9, 381240.4, 382104.9, 381802.7, 381656.3, 383680, 383504.2, 386462.9, 383783.1, 380836.8, 383483,
    380906.2, 382926.8, 384052.4, 384449.6, 383428.4, 388153.2, 388373.2, 386470.1, 386033.2, 383686.4,
    385509.3, 385901.9, 386516.6, 388436.5, 383255.2, 390148.7, 385874.9, 391613.6, 391750.4, 394005.6,
    391364.9, 391664.6, 389022.3, 391878.5, 388575.3, 392989, 390018.8, 390712.3,
]
BEGAN = 36


@pytest.mark.parametrize(("harmonics", "ratio", "lower", "upper", "dispersion"), [
    (0, 0.8944, 0.8392, 0.9532, 3.559), (2, 0.8851, 0.8394, 0.9332, 2.262),
])
def test_sicily_comes_out_as_published(harmonics, ratio, lower, upper, dispersion):
    found = step_change(ACES, PEOPLE, BEGAN, harmonics=harmonics)
    assert (found.ratio, found.lower, found.upper) == pytest.approx((ratio, lower, upper), abs=5e-4)
    assert found.dispersion == pytest.approx(dispersion, abs=5e-3)
    assert (found.before, found.after) == (36, 23)


def test_a_series_in_which_nothing_began_seldom_says_that_something_did():
    rng = np.random.default_rng(7)
    people = np.full(40, 1e4)
    told = sum(not found.lower <= 1 <= found.upper for found in (
        step_change(rng.poisson(people * 0.01), people, 24) for _ in range(200)))
    assert told / 200 < 0.1


@pytest.mark.parametrize(("more", "words"), [
    ({"began": 7}, "8 points before"), ({"began": 57}, "4 after"),
    ({"began": 20, "harmonics": 1}, "two whole years"),
])
def test_what_the_series_cannot_bear_is_refused(more, words):
    with pytest.raises(MethodError, match=words):
        step_change(ACES, PEOPLE, **more)


def test_differences_agree_with_card_and_krueger_and_need_several_areas():
    means = {"before": [20.44] * 3 + [23.33] * 3, "after": [21.03] * 3 + [21.17] * 3, "reached": [1] * 3 + [0] * 3}
    assert difference_in_differences(**means).difference == pytest.approx(2.75, abs=0.01)
    found = difference_in_differences([1, 2, 3, 1, 2, 3], [3, 5, 4, 1, 3, 3], [1, 1, 1, 0, 0, 0])
    assert found.difference == pytest.approx(5 / 3)
    assert (found.lower, found.upper) == pytest.approx((-0.3819, 3.7152), abs=1e-4)
    with pytest.raises(MethodError, match="3 areas at least"):
        difference_in_differences([1, 2], [2, 3], [1, 0])


def test_the_dose_is_those_reached_of_all():
    assert largest_change(120, 60_000) == pytest.approx(0.002)
    with pytest.raises(MethodError, match="check the two numbers"):
        largest_change(10, 5)
