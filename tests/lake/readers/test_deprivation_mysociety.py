"""mySociety's index: England's 2019 scores recompose from the ministry's ranks."""

from __future__ import annotations

import numpy as np
import pyarrow.compute as pc
import pytest

from commonweal.lake.recognise import load_readers

REGISTRY = load_readers()
AREAS = "02_deprivation/mysociety_UK_IMD_E.csv.gz"
WEIGHTS = {
    "income": 0.225, "employment": 0.225, "education": 0.135, "health": 0.135,
    "crime": 0.093, "housing": 0.093, "environment": 0.093,
}


def values(rows, indicator) -> np.ndarray:
    one = rows.filter(pc.equal(rows.column("indicator"), indicator)).sort_by("area_code")
    return one.column("value").to_numpy()


@pytest.mark.real_data
def test_every_area_of_four_nations_is_read(open_published):
    everywhere, england = REGISTRY["uk-imd-2020-mysociety"].read(open_published(AREAS))
    assert everywhere.rejected == england.rejected == ()
    assert everywhere.rows.num_rows == 42_619 * 9
    assert england.rows.num_rows == 32_844
    assert pc.unique(england.rows.column("indicator")).to_pylist() == ["imd2019-score"]
    deciles = everywhere.rows.filter(pc.equal(everywhere.rows.column("indicator"), "uk-imd2020-decile"))
    worst = deciles.filter(pc.equal(deciles.column("area_code"), "E01021988"))
    assert worst.column("value").to_pylist() == [1]


@pytest.mark.real_data
def test_the_2019_index_is_recomposed_from_its_ranks(open_published):
    """Within 0.002 of every score published to three places, over 32,844 small areas."""
    _, england = REGISTRY["uk-imd-2020-mysociety"].read(open_published(AREAS))
    (ranked,) = REGISTRY["imd-2019-lsoa"].read(open_published("derived/from_rda/imd2019_england_lsoa11.csv.gz"))
    score = np.zeros(32_844)
    for domain, weight in WEIGHTS.items():
        share = (32_844 - values(ranked.rows, f"imd2019-{domain}-rank") + 1) / 32_844
        score += weight * -23 * np.log(1 - share * (1 - np.exp(-100 / 23)))
    assert np.abs(score - values(england.rows, "imd2019-score")).max() < 0.002


@pytest.mark.real_data
def test_councils_keep_their_blanks(open_published):
    (read,) = REGISTRY["uk-imd-2020-mysociety-councils"].read(
        open_published("02_deprivation/mysociety_la_imd.csv")
    )
    assert read.rows.num_rows == 397 * 7
    blank = read.rows.filter(pc.equal(read.rows.column("note"), "blank"))
    assert pc.unique(blank.column("indicator")).to_pylist() == ["uk-imd2020-council-density"]
    assert blank.num_rows == blank.column("value").null_count == 3
