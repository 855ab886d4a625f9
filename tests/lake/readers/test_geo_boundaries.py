"""Boundaries: published maps, the codes they carry, shapes mended and points inside."""

import json
from collections import Counter

import numpy as np
import pyarrow.compute as pc
import pytest
import shapely

from commonweal.lake.opening import open_file
from commonweal.lake.readers.geo_boundaries import mended
from commonweal.lake.recognise import load_readers

SEED = "01_geography/boundaries_seed/"
MAPS = [
    ("derived/england_lsoa21_bgc_5dp.geojson.gz", "boundaries-lsoa21", "lsoa", 2021, 33_755),
    ("derived/england_lsoa11_bgc_5dp.geojson.gz", "boundaries-lsoa11", "lsoa", 2011, 32_844),
    ("01_geography/boundaries/Regions_December_2023_EN_BUC.geojson", "boundaries-region", "region", 2023, 9),
    (
        "01_geography/boundaries/Local_Authority_Districts_May_2024_Boundaries_UK_BSC.geojson.gz",
        "boundaries-district", "district", 2024, 361,
    ),
    (f"{SEED}lsoa_E07000202.geojson", "boundaries-lsoa21-by-district", "lsoa", 2021, 85),
    (f"{SEED}lsoa11_E07000202.geojson", "boundaries-lsoa11-by-district", "lsoa", 2011, 85),
    (f"{SEED}ward_E07000202.geojson", "boundaries-ward-by-district", "ward", 2025, 16),
]


def read(opened, dataset):
    return next(table for table in load_readers()[dataset].read(opened) if table.table == "boundaries")


@pytest.mark.real_data
@pytest.mark.promise("N3")
@pytest.mark.parametrize(("path", "dataset", "kind", "vintage", "count"), MAPS)
def test_published_maps(open_published, claimed, path, dataset, kind, vintage, count):
    opened = open_published(path)
    assert claimed(opened) == [dataset]
    rows = read(opened, dataset).rows
    assert rows.num_rows == count
    assert set(rows["kind"].to_pylist()) == {kind}
    assert set(rows["vintage"].to_pylist()) == {vintage}
    sample = rows.slice(0, 200)
    shapes = shapely.from_wkb(sample["geometry"].to_pylist())
    assert shapely.is_valid(shapes).all()
    points = shapely.points(sample["lon"].to_numpy(), sample["lat"].to_numpy())
    assert shapely.intersects(shapes, points).all()


@pytest.mark.real_data
def test_small_areas_know_their_district(open_published):
    rows = read(open_published("derived/england_lsoa21_bgc_5dp.geojson.gz"), "boundaries-lsoa21").rows
    counts = Counter(rows["district_code"].to_pylist())
    assert len(counts) == 296
    assert counts["E07000202"] == 85
    assert pc.count_distinct(rows["code"]).as_py() == 33_755


@pytest.mark.real_data
def test_a_shape_is_the_one_published(open_published):
    opened = open_published(f"{SEED}lsoa_E07000202.geojson")
    rows = read(opened, "boundaries-lsoa21-by-district").rows
    first = opened.document["features"][0]
    ours = rows.filter(pc.equal(rows["code"], first["properties"]["LSOA21CD"])).to_pylist()[0]
    assert shapely.equals(shapely.from_wkb(ours["geometry"]), shapely.from_geojson(json.dumps(first["geometry"])))


def made(tmp_path, features):
    path = tmp_path / "made.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    (opened,) = open_file(path)
    return opened


def square(code, *, kind="Polygon", size=1.0, **properties):
    ring = [[0, 0], [size, 0], [size, size], [0, size], [0, 0]]
    coordinates = [ring] if kind == "Polygon" else [[ring], [[[p[0] + 5, p[1]] for p in ring]]]
    named = {"LAD25CD": code, "LAD25NM": f"Place {code}", **properties}
    return {"type": "Feature", "properties": named, "geometry": {"type": kind, "coordinates": coordinates}}


def test_polygons_with_holes_and_many_parts(tmp_path, claimed):
    holed = square("E07000001", size=3.0)
    holed["geometry"]["coordinates"].append([[1, 1], [1, 2], [2, 2], [2, 1], [1, 1]])
    opened = made(tmp_path, [holed, square("E07000002", kind="MultiPolygon")])
    assert claimed(opened) == ["boundaries-district"]
    shapes = shapely.from_wkb(read(opened, "boundaries-district").rows["geometry"].to_pylist())
    assert [round(shape.area, 6) for shape in shapes] == [8.0, 2.0]


def test_coordinates_with_heights_are_read(tmp_path):
    flat = square("E07000001")
    flat["geometry"]["coordinates"] = [[[*point, 12.5] for point in flat["geometry"]["coordinates"][0]]]
    rows = read(made(tmp_path, [flat]), "boundaries-district").rows
    assert shapely.from_wkb(rows["geometry"][0].as_py()).area == 1.0


def test_a_feature_without_shape_or_code_is_kept_out(tmp_path):
    empty = square("E07000002")
    empty["geometry"] = None
    nameless = square("Q99")
    table = read(made(tmp_path, [square("E07000001"), empty, nameless]), "boundaries-district")
    assert table.rows["code"].to_pylist() == ["E07000001"]
    assert [row.row for row in table.rejected] == [2, 3]


def test_a_shape_that_crosses_itself_is_mended():
    bow_tie = shapely.polygons([[(0, 0), (2, 2), (2, 0), (0, 2), (0, 0)]])
    sound = mended(np.asarray(bow_tie))
    assert shapely.is_valid(sound).all()
    assert shapely.area(sound)[0] == pytest.approx(2.0)


NOT_AREAS = [
    [],
    [{"type": "Feature", "properties": {"name": "Park"}, "geometry": {"type": "Point", "coordinates": [0, 0]}}],
    [{**square("E07000001"), "properties": {"name": "Park"}}],
]


@pytest.mark.parametrize("features", NOT_AREAS, ids=["none", "points", "no code"])
def test_other_maps_are_not_boundaries(tmp_path, claimed, features):
    assert [key for key in claimed(made(tmp_path, features)) if key.startswith("boundaries")] == []
