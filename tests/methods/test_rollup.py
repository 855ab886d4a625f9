"""Small areas rolled up: by hand, by identity, and against every published district value."""

import csv
import gzip

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.methods.arrays import MethodError
from commonweal.methods.rollup import (
    Grouping,
    areas_in_worst,
    covered,
    extent,
    local_concentration,
    mean,
    people_in_worst,
    sum_proportion,
    sum_rate,
)

AREAS = st.tuples(st.floats(-50, 50), st.integers(1, 999), st.sampled_from("abc"))
AB = Grouping.by(["b", "a", "b", "a"])


def rows(path):
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


class Districts:
    """The 2025 small areas with their people and district, and what was published of each district."""

    def __init__(self, folder):
        derived = folder / "derived/from_rda"
        people = {
            row["lsoacd"]: float(row["population"])
            for row in rows(folder / "03_population_census/lsoa21_population_mid2022_total.csv")
        }
        district = {
            row["lsoa21_code"]: row["ltla24_code"] for row in rows(derived / "lookup_lsoa21_ward24_ltla24.csv.gz")
        }
        areas = rows(derived / "imd2025_england_lsoa21.csv.gz")
        self.n = len(areas)
        self.score = np.array([float(row["IMD_score"]) for row in areas])
        self.rank = np.array([float(row["IMD_rank"]) for row in areas])
        self.people = np.array([people[row["lsoa21_code"]] for row in areas])
        self.places = Grouping.by([district[row["lsoa21_code"]] for row in areas])
        published = {row["ltla24_code"]: row for row in rows(derived / "imd2025_england_ltla24.csv.gz")}
        self.told = [published[code] for code in self.places.codes]

    def published(self, column):
        return np.array([float(row[column]) for row in self.told])


@pytest.fixture(scope="module")
def districts(published):
    return Districts(published)


@pytest.mark.promise("N3")
@pytest.mark.real_data
def test_every_district_average_is_near_the_published_one(districts):
    off = np.abs(mean(districts.score, districts.people, districts.places)
                 - districts.published("imd_average_score"))
    assert len(off) == 296
    assert off.max() < 0.06
    assert off.mean() < 0.004


@pytest.mark.promise("N3")
@pytest.mark.real_data
def test_every_proportion_in_the_worst_decile_is_exact(districts):
    column = "imd_proportion_of_lso_as_in_most_deprived_10_percent_nationally"
    found = areas_in_worst(districts.rank, districts.places, n=districts.n)
    assert np.abs(found - districts.published(column)).max() < 1e-4


@pytest.mark.real_data
def test_extent_and_concentration_are_near_the_published_ones(districts):
    near = extent(districts.rank, districts.people, districts.places, n=districts.n)
    assert np.abs(near - districts.published("imd25_extent")).max() < 0.001
    worst = local_concentration(districts.rank, districts.people, districts.places, n=districts.n)
    assert np.abs(worst / districts.published("imd25_local_concentration") - 1).max() < 0.003


@pytest.mark.real_data
def test_known_districts(districts):
    """As the data's notes record them: Knowsley 36.150, Ipswich 25.457, Wigan 25.204."""
    means = mean(districts.score, districts.people, districts.places)
    found = dict(zip(districts.places.codes, means, strict=True))
    expected = {"E08000011": 36.150, "E07000202": 25.457, "E08000010": 25.204}
    assert {code: round(float(found[code]), 3) for code in expected} == expected


def test_means_by_hand():
    assert AB.codes.tolist() == ["a", "b"]
    assert mean([10, 1, 20, 3], [1, 1, 3, 1], AB).tolist() == [2, 17.5]


def test_an_unknown_area_is_left_out_and_told_of():
    assert mean([10, np.nan, 20, 3], [1, 1, 3, 3], AB).tolist() == [3, 17.5]
    assert covered([10, np.nan, 20, 3], [1, 1, 3, 3], AB).tolist() == [0.75, 1]
    assert np.isnan(mean([10, np.nan, 20, np.nan], [1, 1, 3, 3], AB)[0])


def test_worst_shares_by_hand():
    ranks = [1, 5, 10, 2]
    assert areas_in_worst(ranks, AB, n=10, out_of=5).tolist() == [0.5, 0.5]
    assert people_in_worst(ranks, [30, 5, 10, 15], AB, n=10, out_of=5).tolist() == [0.75, 0.75]
    assert people_in_worst(ranks, [30, 5, 10, 15], AB, n=10).tolist() == [0, 0.75]


@pytest.mark.parametrize(("percentile", "weight"), [(1, 1), (10, 1), (11, 0.95), (30, 0.05), (31, 0), (100, 0)])
def test_extent_counts_people_by_steps(percentile, weight):
    assert extent([percentile], [500], Grouping.whole(1), n=100)[0] == pytest.approx(weight)


def test_concentration_takes_part_of_the_area_that_crosses_the_tenth():
    """100 people: the worst 10 are the 4 of rank 1 and 6 of the 96 of rank 7."""
    found = local_concentration([7, 1], [96, 4], Grouping.whole(2), n=10)
    assert found[0] == pytest.approx((4 * 10 + 6 * 4) / 10)


def test_sums_are_of_people_not_of_percentages():
    found = sum_proportion([1, 9, 90, 1], [10, 10, 100, 90], AB)
    assert found.value.tolist() == pytest.approx([100 * 10 / 100, 100 * 91 / 110])
    assert (found.lower < found.value).all()
    assert (found.value < found.upper).all()
    assert sum_rate([1, 9, np.nan, 1], [10, 10, 100, 90], AB, per=1).value.tolist() == [0.1, 0.1]


@given(st.lists(AREAS, min_size=1, max_size=40))
def test_joining_places_is_the_weighted_mean_of_their_means(areas):
    values, people, labels = (np.array(part) for part in zip(*areas, strict=True))
    places = Grouping.by(labels)
    parts = mean(values, people, places)
    by_hand = (parts * places.total(people.astype(float))).sum() / people.sum()
    assert mean(values, people, Grouping.whole(len(values)))[0] == pytest.approx(by_hand, abs=1e-9)


@given(st.permutations(range(8)))
def test_the_order_of_areas_does_not_matter(order):
    order = list(order)
    rank, people = np.arange(1.0, 9), np.array([5, 1, 8, 2, 9, 4, 7, 3.0])
    labels = np.array(list("abababab"))
    args = rank[order], people[order], Grouping.by(labels[order])
    for measure in (extent, local_concentration, people_in_worst):
        straight = measure(rank, people, Grouping.by(labels), n=20)
        assert measure(*args, n=20).tolist() == pytest.approx(straight.tolist())


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: mean([1, 2], [1, 1], AB), "2 values for 4 areas"),
        (lambda: mean([1, 2, 3, 4], [1, 1, -1, 1], AB), "below 0"),
        (lambda: sum_proportion([2, 0, 0, 0], [1, 1, 1, 1], AB), None),
        (lambda: areas_in_worst([1, 2, 3, 11], AB, n=10), "beyond the 10 areas"),
        (lambda: sum_rate([1], [1, 2], AB), "one shape"),
    ],
)
def test_what_does_not_fit_is_said(call, said):
    if said is None:
        assert call().value.tolist() == [0, 100]
        return
    with pytest.raises(MethodError, match=said):
        call()
