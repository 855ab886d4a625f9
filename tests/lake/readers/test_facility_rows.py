"""Places people go: postcodes, positions and ids in one form."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.lake.readers.base import RejectedRow
from commonweal.lake.readers.facility_rows import (
    Facility,
    Record,
    day,
    facilities,
    filled,
    identity,
    position,
    postcode,
    records,
    said,
)


@pytest.mark.parametrize(
    ("cell", "whole"),
    [
        ("IP1 1AA", "IP1 1AA"),
        ("b495hj", "B49 5HJ"),
        (" SL6 2LH", "SL6 2LH"),
        ("SE1  5TY", "SE1 5TY"),
        ("NE26 1EJ.", "NE26 1EJ"),
        ("GL10 2Ng", "GL10 2NG"),
        ("CH1 1 RL", "CH1 1RL"),
        ("EC1A 1BB", "EC1A 1BB"),
        ("M41", ""),
        ("[No registered public address]", ""),
        ("n/a - mobile", ""),
        ("", ""),
        ("IP1 1AA, IP1 1AB", ""),
    ],
)
def test_a_postcode_is_whole_or_nothing(cell, whole):
    assert postcode(cell) == whole


@given(st.text(max_size=12))
def test_any_text_is_a_postcode_or_nothing(cell):
    found = postcode(cell)
    assert found == "" or postcode(found) == found


@pytest.mark.parametrize(
    ("lon", "lat", "at"),
    [("-2.3", "53.4", (-2.3, 53.4)), ("53.4", "-2.3", (None, None)), ("NA", "53.4", (None, None)),
     ("0", "0", (None, None)), ("nan", "nan", (None, None)), ("1.7", "52.6", (1.7, 52.6))],
)
def test_a_position_is_in_these_islands_or_nowhere(lon, lat, at):
    assert position(lon, lat) == at


def test_words_for_nothing_are_nothing():
    assert [said(cell) for cell in ("[Unknown]", "n/a", "NA", "-", " a  b ")] == ["", "", "", "", "a b"]
    assert filled(a="", b=None, c=[], d=0, e="x") == {"d": 0, "e": "x"}
    assert day("2025-05-12T00:00") == date(2025, 5, 12)
    assert day("12/05/2025") is None


def test_ids_given_twice_are_told_apart():
    name = "Central Library"
    one = Facility(identity("St Helens", name), "library", name, detail={"b": 1, "a": 2})
    table = facilities([one, one, one, RejectedRow("", 9, "name", "a place without a name")])
    rows = table.rows.to_pylist()
    assert [row["facility"] for row in rows] == [
        "st-helens-central-library", "st-helens-central-library-2", "st-helens-central-library-3"]
    assert json.loads(rows[0]["detail"]) == {"a": 2, "b": 1}
    assert rows[0]["detail"].startswith('{"a"')
    assert (rows[0]["status"], rows[0]["as_at"], rows[0]["lon"]) == ("unknown", None, None)
    assert len(table.rejected) == 1


def test_a_missing_column_is_empty(made_csv):
    (row, record), = records(made_csv([["Name ", "Year closed"], ["A", "2017"]]).sheets[0])
    assert (row, record["name"], record["year closed"], record["email"]) == (2, "A", "2017", "")
    assert Record()["anything"] == ""
