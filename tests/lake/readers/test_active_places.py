"""Active Places: public pools of England, and every kind of facility in the full layout."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
import shapely

from commonweal.lake.readers.active_places import (
    is_every_type,
    is_one_type,
    is_pools,
    read_pools,
    read_sites,
)

POOLS = "derived/active_places_public_pools_england_2026-07.csv"
BOUNDARIES = "01_geography/boundaries/Local_Authority_Districts_May_2024_Boundaries_UK_BSC.geojson.gz"
TRAFFORD = "04_facilities/trafford_active_places/"
TYPES = {
    "artificial_grass_pitch": ("artificial_pitch", 30), "athletics": ("athletics_track", 3),
    "golf": ("golf_course", 9),
    "grass_pitches": ("grass_pitch", 121), "health_and_fitness_gym": ("gym", 37), "ice_rinks": ("ice_rink", 1),
    "indoor_tennis_centre": ("indoor_tennis_court", 1), "outdoor_tennis_courts": ("tennis_court", 27),
    "ski_slopes": ("ski_slope", 1), "sports_hall": ("sports_hall", 46), "squash_courts": ("squash_court", 5),
    "studio": ("studio", 21), "swimming_pools": ("swimming_pool", 12),
}


@pytest.fixture
def pools(open_published):
    opened = open_published(POOLS)
    assert is_pools(opened)
    (table,) = read_pools(opened)
    assert table.rejected == ()
    return table.rows


@pytest.mark.real_data
@pytest.mark.promise("N2")
def test_pools_by_district_once_their_places_are_matched(open_published, published, pools):
    """295 of 296 districts have one; Knowsley 3, Ipswich 5, Shropshire 18, one of them by position alone."""
    path = published / "derived" / "postcode_lsoa_gb_nspl21_2024-08.parquet"
    wanted = pc.is_in(pc.field("postcode"), pools.column("postcode").combine_chunks())
    found = pq.read_table(path, columns=["postcode", "lad_code"], filters=wanted)
    district = dict(zip(found.column("postcode").to_pylist(), found.column("lad_code").to_pylist(), strict=True))
    by_postcode = [district.get(code, "") for code in pools.column("postcode").to_pylist()]
    by_position = districts_at(open_published(BOUNDARIES), pools)
    assert sum(code == "" for code in by_postcode) == 9
    counts = Counter(one or other for one, other in zip(by_postcode, by_position, strict=True))
    seven = ("E08000011", "E07000202", "E08000005", "E08000010", "E06000020", "E06000051", "E08000026")
    assert [counts[code] for code in seven] == [3, 5, 5, 7, 6, 18, 10]
    assert len(counts) == 295


def districts_at(opened, pools):
    features = opened.document["features"]
    tree = shapely.STRtree([shapely.geometry.shape(one["geometry"]) for one in features])
    points = shapely.points(pools.column("lon").to_pylist(), pools.column("lat").to_pylist())
    at = dict(zip(*tree.query(points, predicate="within"), strict=True))
    return [features[at[n]]["properties"]["LAD24CD"] if n in at else "" for n in range(len(points))]


@pytest.mark.real_data
def test_a_pool_in_english(pools):
    assert pools.num_rows == 1738
    assert len(set(pools.column("facility").to_pylist())) == 1738
    details = [json.loads(cell) for cell in pools.column("detail").to_pylist()]
    types = {kind for one in details for kind in one["pool_types"]}
    assert types == {"main", "learner", "lido", "leisure", "diving"}
    assert Counter(one["environment"] for one in details) == {
        "indoor": 1586, "outdoor": 127, "indoor and outdoor": 25}
    assert all(length > 0 for one in details for length in one["lengths_m"])
    assert pools.column("lon").null_count == 0


@pytest.mark.real_data
def test_hotels_are_marked_and_spa_towns_are_not(pools):
    hotels = {row["name"] for row in pools.to_pylist() if json.loads(row["detail"]).get("hotel")}
    assert "Dartmouth Hotel, Golf And Spa" in hotels
    assert not hotels & {"Droitwich Spa Lido", "Woodhall Spa Jubilee Park"}
    assert 15 <= len(hotels) <= 40


@pytest.mark.real_data
def test_every_type_at_every_site(open_published):
    opened = open_published(f"{TRAFFORD}sports_facilities.csv")
    assert (is_every_type(opened), is_one_type(opened)) == (True, False)
    (table,) = read_sites(opened)
    assert (table.rows.num_rows, table.rejected) == (314, ())
    kinds = Counter(table.rows.column("kind").to_pylist())
    assert kinds == dict(TYPES.values())
    first = table.rows.to_pylist()[0]
    assert (first["facility"], first["name"]) == ("active-places-1043459-sports-hall", "A S E Club")
    assert (first["lsoa_code"], first["as_at"], first["status"]) == ("E01006075", date(2025, 6, 20), "unknown")


@pytest.mark.real_data
@pytest.mark.parametrize(("stem", "kind", "count"), [(stem, *one) for stem, one in TYPES.items()])
def test_each_type(open_published, stem, kind, count):
    opened = open_published(f"{TRAFFORD}{stem}.csv")
    assert (is_every_type(opened), is_one_type(opened)) == (False, True)
    (table,) = read_sites(opened)
    assert (table.rows.num_rows, table.rejected) == (count, ())
    assert set(table.rows.column("kind").to_pylist()) == {kind}


@pytest.mark.real_data
def test_the_same_hall_has_the_same_id_in_both(open_published):
    (every,) = read_sites(open_published(f"{TRAFFORD}sports_facilities.csv"))
    (pools,) = read_sites(open_published(f"{TRAFFORD}swimming_pools.csv"))
    assert set(pools.rows.column("facility").to_pylist()) <= set(every.rows.column("facility").to_pylist())
    detail = json.loads(pools.rows.to_pylist()[0]["detail"])
    assert detail["counts"] == {"pools_on_site": 4, "lanes_total": 6}
    assert detail["access"] == "Registered Membership use"
    assert "parking" in detail["accessible"]


HEADER = ["site_id", "site_name", "facility_type", "access_type", "courts_on_site", "street", "town", "postcode",
          "phone", "email", "lsoa_code", "lon", "lat", "site_last_updated_date"]


def test_contacts_are_not_read_and_a_new_type_is_still_a_facility(made_csv):
    rows = [[n, f"Hall {n}", "Velodromes", "Pay and Play", 2, "High Street", "Sale", "M33 7ZF", "01614960000",
             "someone@sale.example", "E01006152", -2.3, 53.4, "some day"] for n in range(6)]
    opened = made_csv([HEADER, *rows])
    assert is_one_type(opened)
    (table,) = read_sites(opened)
    row = table.rows.to_pylist()[0]
    assert (row["kind"], row["as_at"]) == ("sports_facility", None)
    assert json.loads(row["detail"]) == {
        "site": "0", "type": "Velodromes", "access": "Pay and Play", "address": "High Street, Sale",
        "counts": {"courts_on_site": 2},
    }


def test_a_pool_without_a_name_and_lengths_that_are_words(made_csv):
    header = ["active_places_site_id", "name", "town", "postcode", "latitude", "longitude", "environment",
              "pool_lengths_m", "pool_types_fr"]
    rows = [[n, f"Baths {n}", "Sale", "M33 7ZF", 53.4, -2.3, "int", "25;12.5", "principal;wave"] for n in range(6)]
    rows += [[7, "", "Sale", "M33 7ZF", 53.4, -2.3, "int", "25", "principal"],
             [8, "Odd", "Sale", "?", "north", "west", "sea", "long", ""]]
    (table,) = read_pools(made_csv([header, *rows]))
    assert [one.row for one in table.rejected] == [8]
    found = {row["name"]: row for row in table.rows.to_pylist()}
    assert json.loads(found["Baths 1"]["detail"])["lengths_m"] == [25.0, 12.5]
    assert json.loads(found["Baths 1"]["detail"])["pool_types"] == ["main", "wave"]
    assert (found["Odd"]["lon"], found["Odd"]["postcode"]) == (None, "")
