"""Museums open and closed, with years that may be ranges."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date

import pytest

from commonweal.lake.readers.museums import is_museums, read_museums

FILE = "04_facilities/MappingMuseumsData.csv"


@pytest.fixture
def museums(open_published):
    opened = open_published(FILE)
    assert is_museums(opened)
    (table,) = read_museums(opened)
    assert table.rejected == ()
    return table.rows.to_pylist()


@pytest.mark.real_data
def test_england_and_the_rest(museums):
    nations = Counter(json.loads(row["detail"])["nation"] for row in museums)
    assert nations == {"England": 3163, "Scotland": 612, "Wales": 260, "Northern Ireland": 106}
    assert len({row["facility"] for row in museums}) == 4141
    assert {row["as_at"] for row in museums} == {date(2021, 12, 31)}


@pytest.mark.real_data
def test_na_is_still_open(museums):
    assert Counter(row["status"] for row in museums) == {"open": 3307, "closed": 834}
    assert all(bool(row["closed"]) == (row["status"] == "closed") for row in museums)
    ranges = [row for row in museums if "-" in row["closed"]]
    assert {"2007-2017"} <= {row["closed"] for row in ranges}
    assert not any(row["opened"] == "" for row in museums)


@pytest.mark.real_data
def test_every_museum_has_the_council_of_its_time(museums):
    assert not [row["name"] for row in museums if not row["district_code"]]
    codes = Counter(row["district_code"] for row in museums)
    assert codes["E07000031"] == 26
    assert (codes["E06000051"], codes["E06000020"]) == (29, 11)
    assert codes["E07000146"] == 13
    assert all(row["lon"] is not None and row["postcode"] for row in museums)


@pytest.mark.real_data
def test_governance_is_the_operator(museums):
    operators = Counter(row["operator"] for row in museums)
    assert operators["Government: Local Authority"] == 913
    assert operators["Independent: Not for profit"] > 1600


HEADER = ["museum_id", "museum_name", "admin_area_1", "admin_area_2", "admin_area_3", "admin_area_4",
          "governance_type", "governance_subtype", "year_opened_low", "year_opened_high",
          "year_closed_low", "year_closed_high",
          "latitude", "longitude", "postcode"]


def museum(number, name, **years):
    usual = {"museum_id": f"mm.{number}", "museum_name": name, "admin_area_1": "England",
             "admin_area_2": "South West", "admin_area_3": "Cornwall", "governance_type": "Independent",
             "year_opened_low": "1960",
             "year_opened_high": "1997", "year_closed_low": "na", "year_closed_high": "na", "latitude": "50.3",
             "longitude": "-4.5", "postcode": "TR1 1AA"}
    return [{**usual, **years}.get(column, "") for column in HEADER]


def test_ranges_and_the_nameless(made_csv):
    rows = [museum(n, f"Museum {n}") for n in range(6)]
    rows.append(museum(7, "Shut", year_closed_low="2003", year_closed_high="2003"))
    rows.append(museum(8, ""))
    (table,) = read_museums(made_csv([HEADER, *rows]))
    found = {row["name"]: row for row in table.rows.to_pylist()}
    assert (found["Museum 1"]["opened"], found["Museum 1"]["closed"]) == ("1960-1997", "")
    assert (found["Shut"]["closed"], found["Shut"]["status"]) == ("2003", "closed")
    assert found["Shut"]["as_at"] == date(2003, 12, 31)
    assert found["Shut"]["district_code"] == "E06000052"
    assert [one.row for one in table.rejected] == [9]
