"""Local lists: leisure centres, clubs, hubs, green spaces and a council's land and buildings."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date

import pytest

from commonweal.lake.readers.sport_places import is_clubs, is_green_spaces, read_green_spaces
from commonweal.lake.recognise import load_readers, recognise

load_readers()
F = "04_facilities/"
LISTS = [
    ("trafford_leisure_centres.csv", "trafford-leisure-centres", "leisure_centre", 9),
    ("trafford_sports_clubs.csv", "trafford-sports-clubs", "club", 140),
    ("trafford_community_hubs.csv", "trafford-community-hubs", "hub", 6),
    ("gm_green_flags.csv", "green-flag-parks-greater-manchester", "green_space", 59),
    ("trafford_land_and_building_assets.csv", "trafford-land-and-building-assets", "asset", 608),
    ("trafford_greenspace_sites.geojson", "trafford-green-spaces", "green_space", 427),
]


def rows_of(opened):
    (table,) = recognise(opened).read(opened)
    assert table.rejected == ()
    return table.rows.to_pylist()


@pytest.mark.real_data
@pytest.mark.parametrize(("file", "dataset", "kind", "count"), LISTS)
def test_every_place_of_a_published_list(open_published, file, dataset, kind, count):
    opened = open_published(f"{F}{file}")
    assert recognise(opened).dataset == dataset
    rows = rows_of(opened)
    assert {(row["kind"], row["status"]) for row in rows} == {(kind, "unknown")}
    assert len(rows) == len({row["facility"] for row in rows}) == count


@pytest.mark.real_data
def test_a_leisure_centre_without_its_telephone(open_published):
    rows = {row["name"]: row for row in rows_of(open_published(f"{F}trafford_leisure_centres.csv"))}
    row = rows["Sale Leisure Centre"]
    assert (row["operator"], row["postcode"]) == ("Trafford Leisure CIC", "M33 2AL")
    assert "01617492570" not in json.dumps(rows, default=str)


@pytest.mark.real_data
def test_green_spaces_stand_inside_their_outlines(open_published):
    rows = rows_of(open_published(f"{F}trafford_greenspace_sites.geojson"))
    assert all(53.3 < row["lat"] < 53.5 and row["district_code"] == "E08000009" for row in rows)
    types = Counter(json.loads(row["detail"])["type"] for row in rows)
    assert (types["Play Space"], types["Public Park Or Garden"]) == (88, 37)
    assert sum(row["name"].endswith("without a name") for row in rows) == 314


@pytest.mark.real_data
def test_an_asset_is_dated_and_its_outward_postcode_is_kept_apart(open_published):
    rows = rows_of(open_published(f"{F}trafford_land_and_building_assets.csv"))
    assert {row["as_at"] for row in rows} == {date(2022, 10, 18), date(2023, 9, 29), date(2025, 1, 10),
                                              date(2025, 9, 12), date(2025, 1, 13)}
    assert sum(row["lon"] is None for row in rows) == 236  # 235 blank, and one with longitude and latitude swapped
    details = [json.loads(row["detail"]) for row in rows]
    assert any(one["postcode_published"] == "M41" for one in details if "postcode_published" in one)
    assert all(len(row["postcode"]) > 5 for row in rows if row["postcode"])


@pytest.mark.real_data
def test_parks_with_an_award(open_published):
    rows = rows_of(open_published(f"{F}gm_green_flags.csv"))
    assert Counter(row["district_code"] for row in rows)["E08000005"] == 10
    assert {json.loads(row["detail"])["award"] for row in rows} == {"Green Flag"}


def test_a_list_of_shops_is_not_a_list_of_clubs(made_csv):
    header = ["name", "category", "address", "postcode"]
    shops = [[f"Shop {n}", "Bakery", "High Street", "M33 7ZF"] for n in range(9)]
    assert not is_clubs(made_csv([header, *shops]))
    clubs = [[f"Club {n}", "Football", "High Street", "M33 7ZF"] for n in range(9)]
    assert is_clubs(made_csv([header, *clubs], name="clubs.csv"))


def feature(geometry, **properties):
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def test_an_outline_that_cannot_be_read_is_named(made_csv):
    ring = [[-2.3, 53.4], [-2.29, 53.4], [-2.29, 53.41], [-2.3, 53.4]]
    said = {"site_type": "Play Space", "site_name": None, "area_code": "E08000009", "area_name": "Trafford"}
    whole = feature({"type": "Polygon", "coordinates": [ring]}, **said)
    faults = [feature(None, **said), feature({"type": "Polygon", "coordinates": [[[1]]]}, **said),
              feature({"type": "Star", "coordinates": []}, **said)]
    opened = made_csv(json.dumps({"type": "FeatureCollection", "features": [whole, *faults]}), name="made.geojson")
    assert is_green_spaces(opened)
    (table,) = read_green_spaces(opened)
    assert [row["name"] for row in table.rows.to_pylist()] == ["Play Space without a name"]
    assert [one.row for one in table.rejected] == [2, 3, 4]
