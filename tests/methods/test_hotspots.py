"""Hot spots and clustering: published answers, closed forms, and how many false alarms pure noise raises."""

import numpy as np
import pytest

from commonweal.methods.arrays import MethodError
from commonweal.methods.hotspots import false_discoveries, hot_spots, moran, nearest, within

# Six wells, as in esda's own documentation: places and values, neighbours within 15.
POINTS = [(10, 10), (20, 10), (40, 10), (15, 20), (30, 20), (30, 30)]
VALUES = [2, 3, 3.2, 5, 8, 7]


def test_published_hot_spots():
    found = hot_spots(VALUES, within(POINTS, 15))
    expected = [-1.39727626, -0.28917762, 0.65064964, -0.28917762, 1.23452088, 2.02424331]
    assert found.z == pytest.approx(expected, abs=1e-8)
    assert not found.stands_out.any()


@pytest.mark.parametrize(("by_row", "expected"), [(False, 0.0385266), (True, 0.1189895)])
def test_published_clustering(by_row, expected):
    found = moran(VALUES, within(POINTS, 15, itself=False), by_row=by_row)
    assert found.index == pytest.approx(expected, abs=5e-7)


def test_moran_of_noise_is_about_what_chance_gives():
    rng = np.random.default_rng(5)
    weights = nearest(rng.uniform(size=(400, 2)), 6, itself=False)
    found = [moran(rng.normal(size=400), weights).z for _ in range(200)]
    assert abs(np.mean(found)) < 0.25
    assert np.std(found) == pytest.approx(1, abs=0.15)


def test_noise_raises_few_alarms_and_a_real_cluster_many():
    rng = np.random.default_rng(7)
    points = rng.uniform(0, 100, (4000, 2))
    weights = nearest(points, 8)
    noise = rng.normal(size=4000)
    raw = hot_spots(noise, weights)
    assert (raw.chance < 0.05).sum() > 100
    assert (raw.stands_out != 0).sum() < 10
    middle = np.linalg.norm(points - 50, axis=1) < 10
    found = hot_spots(noise + 2 * middle, weights)
    assert (found.stands_out[middle] == 1).mean() > 0.8
    assert (found.stands_out[~middle] == 1).mean() < 0.02


def test_believing_as_benjamini_and_hochberg_did():
    # Table 1 of their paper: 15 chances, of which the four smallest are believed at 0.05.
    chances = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719,
               0.6528, 0.7590, 1.0000]
    assert false_discoveries(chances).tolist() == [True] * 4 + [False] * 11


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: hot_spots([1, 1, 1, 1, 1, 1], within(POINTS, 15)), "same value"),
        (lambda: hot_spots([1, 2, np.nan, 1, 1, 1], within(POINTS, 15)), "1 areas have no value"),
        (lambda: hot_spots([1, 2], within(POINTS, 15)), "weights for 6 areas"),
        (lambda: nearest(POINTS, 6), "cannot have 6 neighbours"),
        (lambda: moran([1, 1, 1, 1, 1, 1], within(POINTS, 15, itself=False)), "values that differ"),
    ],
)
def test_what_cannot_be_is_said(call, said):
    with pytest.raises(MethodError, match=said):
        call()
