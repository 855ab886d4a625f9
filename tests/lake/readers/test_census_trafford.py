"""Census 2021 for one borough: bands of age, and cars or vans."""

from __future__ import annotations

import pyarrow.compute as pc
import pytest

from commonweal.lake.readers.census_trafford import ages_of
from commonweal.lake.recognise import load_readers

REGISTRY = load_readers()
FOLDER = "03_population_census/"


@pytest.mark.parametrize(
    ("words", "ages"),
    [
        ("Aged 4 years and under", (0, 4)),
        ("Aged 5 to 9 years", (5, 9)),
        ("Aged 85 years and over", (85, 120)),
        ("Population", None),
        ("", None),
    ],
)
def test_a_band_of_ages(words, ages):
    assert ages_of(words) == ages


@pytest.mark.real_data
def test_every_band_of_every_area_is_read(claimed, open_published):
    opened = open_published(FOLDER + "trafford_census2021_age5_lsoa.csv")
    assert claimed(opened) == ["census-2021-age-lsoa21-trafford"]
    (read,) = REGISTRY["census-2021-age-lsoa21-trafford"].read(opened)
    assert (read.rejected, read.rows.num_rows) == ((), 139 * 18)
    assert pc.sum(read.rows.column("count")).as_py() == 235_044
    one = read.rows.filter(pc.equal(read.rows.column("area_code"), "E01006109")).sort_by("age_from")
    ends = list(zip(one.column("age_from").to_pylist(), one.column("age_to").to_pylist(), strict=True))
    assert ends == [*((age, age + 4) for age in range(0, 85, 5)), (85, 120)]


@pytest.mark.real_data
def test_cars_have_households_for_their_base(open_published):
    opened = open_published(FOLDER + "trafford_census2021_cars_lsoa.csv")
    (read,) = REGISTRY["census-2021-cars-lsoa21-trafford"].read(opened)
    assert (read.rejected, read.rows.num_rows) == ((), 139 * 4)
    areas = read.rows.group_by("area_code").aggregate([("value", "sum"), ("count", "sum"), ("denominator", "max")])
    assert pc.min(areas.column("value_sum")).as_py() == pytest.approx(100)
    assert areas.column("count_sum").equals(areas.column("denominator_max"))


def test_an_area_with_a_withheld_count_has_no_base(made_csv):
    header = ["area_code", "area_name", "geography", "period", "indicator", "availability_category", "measure",
              "unit", "value"]
    area = ["E01006109", "Trafford 001A", "LSOA", "2021-03-21", "The number of cars or vans owned"]
    other = ["E01006110", *area[1:]]
    opened = made_csv([
        header, [*area, "No cars or vans in household", "Count", "Households", "c"],
        [*area, "1 car or van in household", "Count", "Households", "5"],
        [*other, "No cars or vans in household", "Count", "Households", "1"],
        [*other, "1 car or van in household", "Count", "Households", "3"],
        [*other, "2 cars or vans in household", "Count", "Households", "?!"],
    ])
    (read,) = REGISTRY["census-2021-cars-lsoa21-trafford"].read(opened)
    assert [(row["count"], row["denominator"], row["value"]) for row in read.rows.to_pylist()] == [
        (None, None, None), (5, None, None), (1, 4, 25), (3, 4, 75),
    ]
    assert [row.row for row in read.rejected] == [6]
