from __future__ import annotations

import gzip
import json
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import box, shape

from commonweal.core.figure import Unit
from commonweal.present import palette
from commonweal.present.chart import Message
from commonweal.present.maps import AreaShape, Outline, Site, choropleth, decile_scale, fifths_scale, shapes
from commonweal.present.maps.marks import Name, names
from commonweal.present.maps.projection import KILOMETRES_A_DEGREE, fitted
from commonweal.present.table import Linked, Missing

SAID = Message("Need is greatest in the north", "Two of four areas are in greatest need.")
SPACE = "{http://www.w3.org/2000/svg}"


def _grid(values):
    return tuple(
        AreaShape(f"E0100000{at}", f"Area <{at}>", box(-2 + at * 0.01, 53, -1.99 + at * 0.01, 53.01).wkb, value)
        for at, value in enumerate(values)
    )


AREAS = _grid([1.0, 4.0, 10.0, None])


def _draw(areas=AREAS, **more):
    return choropleth(SAID, areas, scale=decile_scale(), **more)


def test_a_map_says_what_it_shows_and_runs_nothing():
    for svg in (_draw().svg, _draw().narrow):
        root = ElementTree.fromstring(svg)
        assert root.get("role") == "img"
        assert root[0].text == SAID.title
        assert root[1].text == SAID.sentence
        assert not [e for e in root.iter() if "style" in e.attrib or e.tag.endswith(("script", "style"))]


def test_need_is_darkest_and_missing_is_hatched():
    root = ElementTree.fromstring(_draw().svg)
    fills = [e.get("fill") for e in root.iter(f"{SPACE}path") if e.get("d", "").startswith("M") and e.get("fill")]
    assert fills[0] == palette.NEED[0]
    assert palette.NEED[1] in fills
    assert palette.NEED[4] in fills
    assert any(fill.startswith("url(#c-") for fill in fills)
    identity = next(e.get("id") for e in root.iter(f"{SPACE}pattern"))
    assert f"url(#{identity})" in fills


def test_shades_step_evenly_for_eyes_of_every_kind():
    light = [palette.luminance(colour) for colour in palette.NEED]
    assert light == sorted(light)
    assert all(palette.contrast(a, b) > 1.5 for a, b in zip(palette.NEED, palette.NEED[1:], strict=False))


def test_no_hatching_where_everything_is_known():
    assert "pattern" not in _draw(AREAS[:3]).svg


def test_areas_lead_somewhere_by_pointer_and_by_table():
    linked = tuple(replace(area, href=f"/area/{area.code}?a=1&b=2") for area in AREAS)
    chart = _draw(linked)
    root = ElementTree.fromstring(chart.svg)
    links = list(root.iter(f"{SPACE}a"))
    assert root.get("role") == "group"
    assert [link.get("href") for link in links] == [area.href for area in linked]
    assert all(link.get("tabindex") == "-1" for link in links)
    assert links[0][0].text == "Area <0>: 1 and 2 (greatest need)"
    assert chart.table.rows[0][0] == Linked("Area <0>", linked[0].href)
    assert isinstance(chart.table.rows[3][2], Missing)


def test_outlines_names_and_sites_are_drawn_with_a_legend():
    whole = Outline("Somewhere", box(-2, 53, -1.96, 53.01).wkb, strong=True)
    sites = (Site("Central & West", "Library", -1.99, 53.005), Site("Baths", "Swimming pool", -1.98, 53.005),
             Site("Branch", "Library", -1.97, 53.005))
    svg = _draw(outlines=(whole,), sites=sites).svg
    for words in ("Somewhere", "Library (2)", "Swimming pool (1)", "Central &amp; West (library)", "greatest"):
        assert words in svg


@pytest.mark.parametrize(
    "geometry",
    [b"", b"nonsense", shapely.Point(-2, 53).wkb, shapely.Polygon().wkb,
     shapely.Polygon([(-2, 53), (-1.9, 53.1), (-1.9, 53), (-2, 53.1)]).wkb],
)
def test_shapes_that_are_broken_are_left_out_not_fatal(geometry):
    chart = _draw((*AREAS, AreaShape("X", "Broken", geometry, 2.0)))
    ElementTree.fromstring(chart.svg)
    assert len(chart.table.rows) == 5


def test_nothing_that_can_be_drawn_is_an_answer_too():
    with pytest.raises(ValueError, match="at least one area"):
        _draw(())
    with pytest.raises(ValueError, match="none of the areas"):
        _draw((AreaShape("X", "Empty", b"", 1.0),))


def test_neighbours_still_meet_after_simplifying():
    wave = [(0.0, float(y)) for y in range(40)]
    wave = [(2.0 * np.sin(y), y) for _, y in wave]
    left = shapely.Polygon([*wave, (-50, 39), (-50, 0)])
    right = shapely.Polygon([*wave, (50, 39), (50, 0)])
    one, other = shapes.simplified(np.array([left, right], dtype=object), 3.0)
    assert shapely.area(shapely.intersection(one, other)) < 1e-6
    assert shapely.union(one, other).geom_type == "Polygon"
    assert shapely.get_num_coordinates(one) < shapely.get_num_coordinates(left)


def test_a_path_keeps_holes_and_drops_what_is_too_small():
    ring = shapely.Polygon([(0, 0), (10, 0), (10, 10), (0, 10)], [[(2, 2), (4, 2), (4, 4), (2, 4)]])
    assert shapes.path(ring) == "M0 0l100 0 0 100-100 0zM20 20l20 0 0 20-20 0z"
    assert shapes.path(box(0, 0, 0.01, 0.01)) == ""


@given(st.floats(50, 55.8), st.floats(-6, 1.7), st.floats(0.02, 1.5), st.floats(0.02, 1.5))
def test_the_projection_fits_and_keeps_proportion(south, west, wide, tall):
    projection = fitted((west, south, west + wide, south + tall), width=600, tallest=500, margin=6)
    left, top = projection.place(west, south + tall)
    right, bottom = projection.place(west + wide, south)
    assert left >= 5.99
    assert top >= 5.99
    assert right <= 594.01
    assert bottom <= projection.height - 5.99 <= 494.02
    per_lon = (right - left) / wide / np.cos(np.radians(south + tall / 2))
    assert per_lon == pytest.approx((bottom - top) / tall, rel=1e-6)
    assert projection.pixels_a_kilometre * KILOMETRES_A_DEGREE == pytest.approx(projection.scale)


def test_names_that_would_cover_others_are_left_out():
    places = (("Large", 100, 100, 9), ("Small", 110, 104, 1), ("Apart", 300, 100, 2), ("Edge", 1, 50, 5))
    found = [Name(*place) for place in places]
    svg = names(found, size=14, most=5, width=400)
    assert "Large" in svg
    assert "Apart" in svg
    assert "Small" not in svg
    assert "Edge" not in svg


def test_deciles_fall_into_five_bands():
    scale = decile_scale()
    assert [scale.band_of(float(value)) for value in range(1, 11)] == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]
    assert scale.band_of(None) is None
    assert scale.band_of(0.0) is None
    assert scale.band_of(11.0) == 4


@given(st.lists(st.one_of(st.none(), st.floats(-100, 100)), max_size=50), st.booleans())
def test_every_known_value_has_a_band_in_fifths(values, high):
    scale = fifths_scale("S", values, unit=Unit.SCORE, high_is_need=high)
    assert 1 <= len(scale.bands) <= 5
    assert all((scale.band_of(value) is None) == (value is None) for value in values)


@pytest.mark.real_data
def test_a_real_district_is_light_and_whole(published):
    with gzip.open(published / "derived" / "england_lsoa21_bgc_5dp.geojson.gz", "rt") as file:
        features = [f for f in json.load(file)["features"] if f["properties"]["l"] == "E08000011"]
    areas = tuple(
        AreaShape(f["properties"]["c"], f["properties"]["n"], shape(f["geometry"]).wkb, float(at % 10 + 1))
        for at, f in enumerate(features)
    )
    chart = _draw(areas)
    assert len(areas) == 100
    assert len(chart.svg) < 120_000
    assert len(chart.narrow) < 70_000
    assert chart.svg.count("<title>") == 100


@pytest.mark.parametrize(("found", "area"), [
    (shapely.GeometryCollection([box(0, 0, 2, 1), shapely.LineString([(2, 1), (3, 1)])]), 2.0),
    (shapely.GeometryCollection([box(0, 0, 1, 1), box(3, 0, 4, 1), shapely.Point(9, 9)]), 2.0),
    (box(0, 0, 1, 1), 1.0), (shapely.LineString([(0, 0), (1, 1)]), 0.0), (shapely.GeometryCollection(), 0.0),
])
def test_only_what_covers_ground_is_kept_of_a_mended_shape(found, area):
    kept = shapes.surface(found)
    assert kept.geom_type in ("Polygon", "MultiPolygon")
    assert kept.area == area


@pytest.mark.parametrize("nothing", [shapely.Polygon(), shapely.GeometryCollection([shapely.Point(0, 0)])])
def test_an_outline_of_nothing_is_left_out_and_the_map_is_drawn(nothing):
    svg = _draw(outlines=(Outline("Nowhere", nothing.wkb), Outline("Real", box(-2, 53, -1.96, 53.01).wkb))).svg
    assert "Nowhere" not in svg
    assert "Real" in svg
