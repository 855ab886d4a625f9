"""Population by single year of age: every person counted once, and files of other years left alone."""

from __future__ import annotations

from datetime import date

import pyarrow.compute as pc
import pytest

from commonweal.lake.recognise import load_readers

REGISTRY = load_readers()
AGES = [*map(str, range(90)), "90+"]
REAL = [
    ("population-2017-lsoa11", "derived/from_rda/population17_lsoa11.csv.gz", 34_753, 58_744_595),
    ("population-2019-lsoa11", "derived/from_rda/population19_lsoa11.csv.gz", 34_753, 59_439_840),
    ("population-2020-lsoa11", "derived/from_rda/population20_lsoa11.csv.gz", 34_753, 59_719_724),
    ("population-2020-district", "derived/from_rda/population20_ltla21.csv.gz", 331, 59_719_724),
]


@pytest.mark.real_data
@pytest.mark.parametrize(("dataset", "file", "areas", "people"), REAL)
def test_everybody_is_counted_once(open_published, dataset, file, areas, people):
    opened = open_published(file)
    assert REGISTRY[dataset].recognises(opened)
    (read,) = REGISTRY[dataset].read(opened)
    assert (read.rejected, read.rows.num_rows) == ((), areas * 91)
    assert pc.sum(read.rows.column("count")).as_py() == people
    assert pc.unique(read.rows.column("sex")).to_pylist() == ["persons"]
    assert pc.max(read.rows.column("age_to")).as_py() == 120


@pytest.mark.real_data
def test_districts_of_2024_come_with_counties_regions_and_countries(open_published):
    opened = open_published("03_population_census/mye24tablesew_lad.csv")
    (read,) = REGISTRY["population-2024-district"].read(opened)
    assert (read.rejected, read.rows.num_rows) == ((), 357 * 91)
    sums = read.rows.group_by("area_kind").aggregate([("count", "sum"), ("area_code", "count_distinct")])
    sums = sums.to_pylist()
    by_kind = {row["area_kind"]: (row["area_code_count_distinct"], row["count_sum"]) for row in sums}
    assert by_kind["district"] == (318, 61_806_682)
    assert by_kind["region"] == (9, 58_620_101)
    assert {kind: found for kind, (found, _) in by_kind.items()} == {
        "district": 318, "region": 9, "country": 3, "county": 21, "combined": 6,
    }


@pytest.mark.real_data
def test_a_borough_comes_by_sex(open_published):
    (read,) = REGISTRY["population-2024-lsoa21-trafford"].read(
        open_published("03_population_census/trafford_mye2024_lsoa.csv")
    )
    assert (read.rejected, read.rows.num_rows) == ((), 417 * 91)
    sums = read.rows.group_by("sex").aggregate([("count", "sum")]).to_pylist()
    people = {row["sex"]: row["count_sum"] for row in sums}
    assert people["female"] + people["male"] == people["persons"] == 241_025
    first = read.rows.filter(pc.and_(
        pc.equal(read.rows.column("area_code"), "E01006074"), pc.equal(read.rows.column("sex"), "persons")
    ))
    assert pc.sum(first.column("count")).as_py() == 1_634
    assert first.slice(90, 1).to_pylist() == [{
        "area_kind": "lsoa", "area_code": "E01006074", "period": "mid-2024", "period_start": date(2024, 6, 30),
        "sex": "persons", "age_from": 90, "age_to": 120, "count": 28,
    }]


@pytest.mark.real_data
def test_rows_come_in_the_order_they_are_stored(open_published):
    (read,) = REGISTRY["population-2020-district"].read(open_published(REAL[3][1]))
    keys = ["area_kind", "area_code", "sex", "age_from"]
    assert read.rows.select(keys).equals(read.rows.select(keys).sort_by([(key, "ascending") for key in keys]))


def table(cells: list[list[str]]) -> list[list[str]]:
    header = ["period", "area_code", "area_name", "geography", "sex", "all_ages", *AGES]
    return [header, *([*row, "91", *["1"] * 91] for row in cells)]


def test_what_cannot_be_read_is_named_and_the_rest_goes_in(claimed, made_csv):
    rows = table([
        ["2024-06-30", "E01006074", "Trafford 025A", "LSOA", "Females"],
        ["2024-06-30", "E01006074", "Trafford 025A", "LSOA", "Unknown"],
        ["2024-06-30", "Total", "", "", "Males"],
        ["2024-06-30", "E01006073", "Trafford 025B", "LSOA", "Males"],
    ])
    rows[1][6], rows[4][7] = "c", "a few"
    opened = made_csv(rows)
    assert claimed(opened) == ["population-2024-lsoa21-trafford"]
    (read,) = REGISTRY["population-2024-lsoa21-trafford"].read(opened)
    assert read.rows.num_rows == 2 * 91
    assert read.rows.column("count").null_count == 2
    assert [(row.row, row.column) for row in read.rejected] == [(4, "area_code"), (3, "sex"), (5, "1")]


def test_a_file_of_another_year_is_left_for_a_person_to_name(claimed, made_csv):
    made = made_csv([["lsoa11_code", "total_population", *AGES], ["E01020634", "91", *["1"] * 91]])
    assert not claimed(made)
    later = [[cell.replace("2024", "2031") for cell in row] for row in table(
        [["2024-06-30", "E01006074", "Trafford 025A", "LSOA", "Persons"]]
    )]
    assert not claimed(made_csv(later))
