"""Centroids, rural-urban classes and nearest neighbours, as published."""

from collections import Counter

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from commonweal.lake.recognise import load_readers

POINTS = [
    ("01_geography/geo-lookups/lsoa_latlong.csv.gz", "centroids-lsoa11", "lsoa", "geometric", 34_753),
    ("01_geography/geo-lookups/msoa_latlong.csv", "centroids-msoa11", "msoa", "geometric", 7_201),
    ("01_geography/geo-lookups/ward_latlong.csv", "centroids-ward", "ward", "geometric", None),
    ("derived/lsoa11_pwc_england.csv", "centroids-lsoa11-weighted", "lsoa", "population_weighted", 32_844),
]


def read(opened, dataset, table):
    return pa.concat_tables([one.rows for one in load_readers()[dataset].read(opened) if one.table == table])


@pytest.mark.real_data
@pytest.mark.parametrize(("path", "dataset", "kind", "method", "at_least"), POINTS)
def test_published_points_lie_in_these_islands(open_published, claimed, path, dataset, kind, method, at_least):
    opened = open_published(path)
    assert claimed(opened) == [dataset]
    rows = read(opened, dataset, "centroids")
    assert set(rows["kind"].to_pylist()) == {kind}
    assert set(rows["method"].to_pylist()) == {method}
    assert rows.num_rows >= (at_least or 8_000)
    assert -9 < pc.min(rows["lon"]).as_py() < pc.max(rows["lon"]).as_py() < 2
    assert 49 < pc.min(rows["lat"]).as_py() < pc.max(rows["lat"]).as_py() < 61


@pytest.mark.real_data
def test_weighted_points_keep_their_grid_reference(open_published):
    rows = read(open_published("derived/lsoa11_pwc_england.csv"), "centroids-lsoa11-weighted", "centroids")
    first = rows.filter(pc.equal(rows["code"], "E01000001")).to_pylist()[0]
    assert (first["easting"], first["northing"], first["vintage"]) == (532181, 181798, 2011)


def test_a_point_without_coordinates_is_kept_out(made_csv):
    opened = made_csv([
        ["wdcd", "longitude", "latitude"], ["E05008322", "-6.35646", "49.95251"], ["E05008323", "", "x"],
    ])
    (table,) = load_readers()["centroids-ward"].read(opened)
    assert table.rows.num_rows == 1
    assert [(row.row, row.reason) for row in table.rejected] == [(3, "no coordinates")]


RURAL = [
    ("derived/from_rda/ruc21_lsoa21.csv.gz", "2021", 35_672),
    ("derived/from_rda/ruc11_lsoa11.csv.gz", "2011", 34_753),
    ("01_geography/ons/lsoa11_rural_urban_classification.csv.gz", "2011", 34_753),
]


@pytest.mark.real_data
@pytest.mark.parametrize(("path", "year", "areas"), RURAL)
def test_rural_urban_classes_are_kept_as_published_and_as_two(open_published, claimed, path, year, areas):
    opened = open_published(path)
    dataset = f"rural-urban-{year}"
    assert claimed(opened) == [dataset]
    rows = read(opened, dataset, "observations")
    kinds = Counter(rows["category_type"].to_pylist())
    assert kinds == {f"ruc{year[2:]}": areas, "rural_or_urban": areas}
    broad = rows.filter(pc.equal(rows["category_type"], "rural_or_urban"))
    shares = Counter(broad["category"].to_pylist())
    assert set(shares) == {"rural", "urban"}
    assert 0.75 < shares["urban"] / areas < 0.87


@pytest.mark.real_data
def test_two_classes_agree_with_the_publishers_own(open_published):
    opened = open_published("derived/from_rda/ruc21_lsoa21.csv.gz")
    table = opened.sheets[0].table
    theirs = dict(zip(table["lsoa21_code"].to_pylist(), table["ruc"].to_pylist(), strict=True))
    rows = read(opened, "rural-urban-2021", "observations")
    broad = rows.filter(pc.equal(rows["category_type"], "rural_or_urban")).to_pylist()
    assert {row["area_code"]: row["category"].capitalize() for row in broad} == theirs


def test_official_rural_urban_headings(made_csv, claimed):
    opened = made_csv([
        ["LSOA21CD", "LSOA21NM", "RUC21CD", "RUC21NM", "Urban_rural_flag"],
        ["E01000001", "City of London 001A", "UN1", "Urban: Nearer to a major town or city", "Urban"],
        ["Total", "", "", "", ""],
    ])
    assert claimed(opened) == ["rural-urban-2021"]
    tables = list(load_readers()["rural-urban-2021"].read(opened))
    assert tables[0].rows.num_rows == 2
    assert [row.row for row in tables[0].rejected] == [3]


WORKBOOK = "08_usage_monitoring/localauthoritynearestneighboursengland.xlsx"


@pytest.mark.real_data
def test_neighbours_of_both_tiers_with_distances(open_published, claimed):
    opened = open_published(WORKBOOK)
    assert claimed(opened) == ["nearest-neighbours-2025"]
    rows = read(opened, "nearest-neighbours-2025", "neighbours")
    assert Counter(rows["tier"].to_pylist()) == {"district": 296 * 295, "county": 153 * 152}
    assert rows["distance"].null_count == 0
    mine = rows.filter(pc.and_(pc.equal(rows["code"], "E06000001"), pc.equal(rows["tier"], "district")))
    ordered = sorted(mine.to_pylist(), key=lambda row: row["rank"])
    assert [row["neighbour_code"] for row in ordered[:3]] == ["E06000003", "E08000018", "E08000017"]
    assert ordered[0]["distance"] == pytest.approx(3.257320233871282)
    distances = [row["distance"] for row in ordered]
    assert distances == sorted(distances)


@pytest.mark.real_data
def test_neighbours_of_one_table_have_ranks_alone(open_published, claimed):
    opened = open_published("08_usage_monitoring/localauthoritynearestneighboursengland.csv")
    assert claimed(opened) == ["nearest-neighbours-2025"]
    rows = read(opened, "nearest-neighbours-2025", "neighbours")
    assert set(rows["tier"].to_pylist()) == {"county"}
    assert rows.num_rows == 153 * 152
    assert rows["distance"].null_count == rows.num_rows
