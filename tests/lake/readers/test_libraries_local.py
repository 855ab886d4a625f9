"""Local lists of libraries and outlines of library buildings."""

from __future__ import annotations

import json

import pyarrow.compute as pc
import pytest

from commonweal.lake.readers.libraries_local import (
    is_borough,
    is_buildings,
    is_joint,
    read_buildings,
    read_list,
)

F = "04_facilities/"
BOROUGHS = {
    "bury": 14, "manchester": 22, "oldham": 12, "salford": 16, "stockport": 15, "tameside": 10, "trafford": 12,
}


@pytest.mark.real_data
def test_the_joint_list(open_published):
    opened = open_published(f"{F}gm_libraries.csv")
    assert is_joint(opened)
    assert not is_borough(opened)
    (table,) = read_list(opened)
    assert (table.rows.num_rows, table.rejected) == (141, ())
    codes = table.rows.column("district_code").to_pylist()
    assert (codes.count("E08000005"), codes.count("E08000010")) == (18, 15)
    assert table.rows.column("lon").null_count == 0


@pytest.mark.real_data
@pytest.mark.parametrize(("borough", "count"), BOROUGHS.items())
def test_a_boroughs_list(open_published, borough, count):
    opened = open_published(f"{F}gm_libraries_unvalidated/libraries_{borough}.csv")
    assert is_borough(opened)
    assert not is_joint(opened)
    (table,) = read_list(opened)
    assert (table.rows.num_rows, table.rejected) == (count, ())
    assert len(set(table.rows.column("district_code").to_pylist()) - {""}) == 1


@pytest.mark.real_data
def test_outlines_of_buildings(open_published):
    opened = open_published(f"{F}os_library_buildings.csv")
    assert is_buildings(opened)
    (table,) = read_buildings(opened)
    assert (table.rows.num_rows, table.rejected) == (3469, ())
    assert set(table.rows.column("kind").to_pylist()) == {"library_building"}
    nameless = pc.sum(pc.equal(table.rows.column("name"), "Library building without a name")).as_py()
    assert nameless == 748
    assert pc.min(table.rows.column("lat")).as_py() > 49.8


def test_contact_columns_do_not_hide_a_list_and_are_not_read(made_csv):
    header = ["service", "name", "address", "postcode", "type", "website", "telephone", "email"]
    rows = [["Bury", f"Library {n}", "High Street", "BL9 0DG", "Local authority run library", "www.bury.gov.uk",
             "0161 000 0000", "someone@bury.example"] for n in range(6)]
    opened = made_csv([header, *rows])
    assert is_borough(opened)
    (table,) = read_list(opened)
    row = table.rows.to_pylist()[0]
    assert (row["district_code"], row["operator"]) == ("E08000002", "Local authority run")
    assert "someone" not in row["detail"]
    assert "0161" not in row["detail"]
    assert json.loads(row["detail"])["website"] == "www.bury.gov.uk"


def test_a_bad_outline_is_named(made_csv):
    header = ["WKT", "fid", "id", "building_theme", "classification", "distinctive_name", "feature_code"]
    square = "POLYGON ((400000 400000, 400010 400000, 400010 400010, 400000 400000))"
    rows = [[square, n, f"A{n}", "Cultural Facility", "Library", f"Library {n}", 15024] for n in range(5)]
    rows.append(["POLYGON ((1 2", 9, "A9", "Cultural Facility", "Library", "Torn", 15024])
    (table,) = read_buildings(made_csv([header, *rows]))
    assert table.rows.num_rows == 5
    assert [(one.row, one.column) for one in table.rejected] == [(7, "WKT")]


def test_buildings_of_another_class_are_not_libraries(made_csv):
    header = ["WKT", "fid", "id", "building_theme", "classification", "distinctive_name", "feature_code"]
    assert not is_buildings(made_csv([header, ["POINT (1 2)", 1, "A", "Education", "School", "A School", 1]]))
