"""JSON, JSON lines and GeoJSON."""

from __future__ import annotations

import gc
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.lake.opening import CannotOpen, Form, Limits, Opened, open_bytes

POINT = {"type": "Feature", "properties": {"name": "Pool"}, "geometry": {"type": "Point", "coordinates": [-1, 53]}}


def opened(document: object) -> Opened:
    (one,) = open_bytes("x.json", json.dumps(document).encode("utf-8"))
    return one


def test_a_collection_of_shapes_is_geojson() -> None:
    assert opened({"type": "FeatureCollection", "features": [POINT]}).form is Form.GEOJSON


@pytest.mark.parametrize("document", [POINT, POINT["geometry"]])
def test_a_single_shape_becomes_a_collection(document: object) -> None:
    one = opened(document)
    assert one.form is Form.GEOJSON
    assert isinstance(one.document, dict)
    assert len(one.document["features"]) == 1


@pytest.mark.parametrize("document", [{"grants": [1, 2]}, [1, {"a": None}], {"type": "Topology"}, [], {}])
def test_other_json_is_kept_as_it_is(document: object) -> None:
    one = opened(document)
    assert (one.form, one.document) == (Form.JSON, document)


def test_json_lines_give_a_list() -> None:
    (one,) = open_bytes("x.jsonl", b'{"a": 1}\n\n{"a": 2}\n')
    assert (one.form, one.document) == (Form.JSON, [{"a": 1}, {"a": 2}])


def test_a_comma_before_a_closing_bracket_is_left_out() -> None:
    (one,) = open_bytes("x.json", b'{"a": [1, 2,], "b": "kept,]",\n}')
    assert one.document == {"a": [1, 2], "b": "kept,]"}
    assert one.remarks == ("Commas before a closing bracket were left out.",)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'{"a": [1, 2', "breaks off or goes wrong at line 1"),
        (b'{"a": 1}\n{"a": 2\n', "goes wrong at line 2"),
        (b"[" * 100_000, "too deep"),
        (b'{"a":' * 100_000, "too deep"),
        (b"[1" + b"0" * 5_000 + b"]", "goes wrong"),
        (b"{'a': 1}", "goes wrong at line 1"),
    ],
)
def test_broken_json_gives_a_sentence(data: bytes, words: str) -> None:
    with pytest.raises(CannotOpen, match=words):
        open_bytes("x.json", data)


def test_json_past_the_cap_gives_a_sentence() -> None:
    with pytest.raises(CannotOpen, match="JSON of more than"):
        open_bytes("x.json", b'{"a": "' + b"x" * 100 + b'"}', limits=Limits(document_bytes=50))


def test_rows_that_begin_with_a_bracket_are_still_a_table() -> None:
    rows = b"[note],code,value\n" + b"[x],E06000001,1\n" * 5
    (one,) = open_bytes("x.csv", rows)
    assert one.form is Form.TABLE


def test_the_collector_is_left_as_it_was() -> None:
    opened({"a": 1})
    assert gc.isenabled()


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**50), 2**50) | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(st.text(max_size=5).filter(lambda key: key != "type"), VALUES, max_size=5))
def test_any_document_is_read_as_it_was_written(document: dict[str, object]) -> None:
    assert opened(document).document == document
