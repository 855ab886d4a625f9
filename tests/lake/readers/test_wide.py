"""Wide tables as observations: nothing lost, nothing guessed, every cell kept out named by its row."""

from __future__ import annotations

from datetime import date

import pytest

from commonweal.lake.readers.cells import Period
from commonweal.lake.readers.wide import Measure, found, plain, sheet_with, wide_observations

PERIOD = Period("2025", date(2025, 1, 1), date(2026, 1, 1))
RATE = Measure("share", "a-share", "percent", percent=True, blank="suppressed")
SCORE = Measure("score", "a-score", "score")
ROWS = [
    ["code", "name", "score", "share"],
    ["E01000002", "b", "2", "0.25"],
    ["E01000001", "a", "about 3", ""],
    ["Total", "", "9", "1"],
    ["E01000003", "c", "*", "0.07"],
]


def test_every_cell_is_a_row_a_note_or_kept_out(made_csv):
    opened = made_csv(ROWS)
    read = wide_observations(opened.sheets[0], code="code", measures=[SCORE, RATE], period=PERIOD)
    rows = read.rows.select(["indicator", "area_code", "value", "unit", "note"]).to_pylist()
    assert rows == [
        {"indicator": "a-score", "area_code": "E01000002", "value": 2.0, "unit": "score", "note": ""},
        {"indicator": "a-score", "area_code": "E01000003", "value": None, "unit": "score", "note": "*"},
        {"indicator": "a-share", "area_code": "E01000001", "value": None, "unit": "percent", "note": "suppressed"},
        {"indicator": "a-share", "area_code": "E01000002", "value": 25.0, "unit": "percent", "note": ""},
        {"indicator": "a-share", "area_code": "E01000003", "value": 7.0, "unit": "percent", "note": ""},
    ]
    assert [(row.row, row.column) for row in read.rejected] == [(4, "code"), (3, "score")]
    assert "about 3" in read.rejected[1].reason


def test_rows_kept_out_are_named_by_their_place_in_the_file(made_csv):
    good = [[f"E0100000{at}", str(at)] for at in range(3, 8)]
    rows = [["code", "score"], *good, ["Total", "1"], ["E01000002", "2"], ["E01000001", "x y"]]
    read = wide_observations(made_csv(rows).sheets[0], code="code", measures=[SCORE], period=PERIOD)
    assert [row.row for row in read.rejected] == [7, 9]
    spaced = [*rows[:3], ["", ""], *rows[3:7], ["", ""], ["", ""], *rows[7:]]
    read = wide_observations(made_csv(spaced).sheets[0], code="code", measures=[SCORE], period=PERIOD)
    assert [row.row for row in read.rejected] == [8, 12]
    assert len(read.rejected[0].reason) < 200


def test_what_was_done_to_a_value_is_said_beside_it(made_csv):
    turned = Measure("score", "a-score", "score", remark="turned round")
    read = wide_observations(made_csv(ROWS).sheets[0], code="code", measures=[turned], period=PERIOD)
    assert read.rows.column("note").to_pylist() == ["turned round", "*"]


def test_headers_are_compared_plain(made_csv):
    assert plain("\ufeff IMD -  Average\nrank ") == "IMD - Average rank"
    opened = made_csv([["Code ", "IMD  - Average score"], ["E07000202", "25.457"], ["E07000203", "1.5"]])
    assert sheet_with(opened, {"Code", "IMD - Average score"}) is opened.sheets[0]
    assert sheet_with(opened, {"Code"}, {"IMD - Average score"}) is None
    with pytest.raises(ValueError, match="not laid out"):
        found(opened, {"another"})
