"""Pooling is checked on the thirteen trials of a vaccine that textbooks use, and on shares worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from commonweal.methods.arrays import MethodError
from commonweal.methods.meta import pooled_inverse_variance, pooled_shares

# Colditz and others 1994, JAMA 271:698: ill and well among the vaccinated, then among the others.
TRIALS = np.array([
    (4, 119, 11, 128), (6, 300, 29, 274), (3, 228, 11, 209), (62, 13536, 248, 12619), (33, 5036, 47, 5761),
    (180, 1361, 372, 1079), (8, 2537, 10, 619), (505, 87886, 499, 87892), (29, 7470, 45, 7232),
    (17, 1699, 65, 1600), (186, 50448, 141, 27197), (5, 2493, 3, 2338), (27, 16886, 29, 17825),
], dtype=float)


def test_as_published_of_the_thirteen_trials():
    ill, well, ill_without, well_without = TRIALS.T
    treated, control = ill + well, ill_without + well_without
    values = np.log(ill / treated) - np.log(ill_without / control)
    variances = 1 / ill - 1 / treated + 1 / ill_without - 1 / control
    found = pooled_inverse_variance(values, variances, between=True)
    told = (found.value, found.error, found.lower, found.upper, found.q, found.share, found.between)
    assert told == pytest.approx((-0.7141, 0.1787, -1.0644, -0.3638, 152.2330, 0.9212, 0.3088), abs=6e-5)
    fixed = pooled_inverse_variance(values, variances)
    assert (fixed.value, fixed.error) == pytest.approx((-0.4303, 0.0405), abs=6e-5)


def test_surveys_that_agree_are_weighted_by_what_they_are_worth():
    found = pooled_shares([0.40, 0.44], [300, 100])
    assert found.value == pytest.approx((0.40 * 300 + 0.44 * 100) / 400)
    assert found.weights == pytest.approx([0.75, 0.25])
    assert found.between == 0
    assert found.chance > 0.10


def test_surveys_that_differ_pull_the_bounds_apart_and_are_said_to():
    alike, apart = pooled_shares([0.4, 0.4], [200, 200]), pooled_shares([0.2, 0.6], [200, 200])
    assert apart.value == pytest.approx(0.4)
    assert apart.chance < 0.001
    assert apart.between > 0
    assert apart.upper - apart.lower > 3 * (alike.upper - alike.lower)


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_a_share_of_nobody_or_everybody_has_bounds_inside(share):
    found = pooled_shares([share, share], [50, 60])
    assert found.value == pytest.approx(share)
    assert 0 <= found.lower <= found.upper <= 1


def test_one_alone_is_itself():
    found = pooled_shares([0.3], [80])
    assert (found.value, found.chance, found.share) == (pytest.approx(0.3), 1.0, 0.0)


@pytest.mark.parametrize(("shares", "worth"), [([], []), ([0.5], [0]), ([1.5], [10]), ([0.5, 0.5], [10])])
def test_what_cannot_be_pooled_is_refused(shares, worth):
    with pytest.raises(MethodError):
        pooled_shares(shares, worth)
