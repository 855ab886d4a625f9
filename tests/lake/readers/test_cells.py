"""Cells as publishers write them, read a column at a time."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.lake.readers.cells import (
    BLANK,
    area_kinds,
    fractions_as_percent,
    mapped,
    melt,
    numbers,
    rows_for,
    slug,
    text,
)
from commonweal.lake.schema import TABLES


@pytest.mark.parametrize(
    ("cell", "value", "note"),
    [
        ("1954", 1954.0, ""),
        ("1,954", 1954.0, ""),
        (" 7 ", 7.0, ""),
        ("£1,230.91", 1230.91, ""),
        ("-0.5", -0.5, ""),
        ("−0.5", -0.5, ""),
        ("(3)", -3.0, ""),
        ("12.5%", 12.5, ""),
        (".5", 0.5, ""),
        ("1e3", 1000.0, ""),
        ("12.3 [r]", 12.3, "[r]"),
        ("1,234 [p]", 1234.0, "[p]"),
        ("", None, BLANK),
        ("   ", None, BLANK),
        ("*", None, "*"),
        ("c", None, "c"),
        ("[x]", None, "[x]"),
        ("[low]", None, "[low]"),
        ("NA", None, "NA"),
        ("n/a", None, "n/a"),
        ("..", None, ".."),
        ("-", None, "-"),
        (":", None, ":"),
        ("<5", None, "<5"),
        ("> 99%", None, "> 99%"),
    ],
)
def test_a_cell_is_a_number_or_a_mark(cell, value, note):
    read = numbers(pa.array(["1", cell]))
    assert read.value.to_pylist() == [1.0, value]
    assert read.note.to_pylist() == ["", note]
    assert read.bad.to_pylist() == [False, False]


@pytest.mark.parametrize(
    "cell", ["about 40", "12-15", "1.2.3", "inf", "twelve", "E01000001", "12,,a", "--5", "1e999"]
)
def test_what_is_no_number_is_bad_and_never_guessed(cell):
    read = numbers(pa.array(["5", cell]))
    assert read.value.to_pylist() == [5.0, None]
    assert read.note.to_pylist() == ["", ""]
    assert read.bad.to_pylist() == [False, True]


def test_columns_that_are_numbers_already_keep_their_values():
    read = numbers(pa.chunked_array([[1, 2], [None]]))
    assert read.value.to_pylist() == [1.0, 2.0, None]
    assert read.note.to_pylist() == ["", "", BLANK]
    assert numbers(pa.array([float("nan"), 2.5])).value.to_pylist() == [None, 2.5]
    assert numbers(pa.array([True, False, None])).value.to_pylist() == [1.0, 0.0, None]
    assert numbers(pa.array([Decimal("1.50"), None])).value.to_pylist() == [1.5, None]


def test_text_may_come_as_any_kind_of_text():
    for kind in (pa.large_string(), pa.dictionary(pa.int32(), pa.string())):
        read = numbers(pa.array(["1,954", "*", None, "x1"]).cast(kind))
        assert read.value.to_pylist() == [1954.0, None, None, None]
        assert read.note.to_pylist() == ["", "*", BLANK, ""]
        assert read.bad.to_pylist() == [False, False, False, True]


def test_an_empty_column_is_read():
    read = numbers(pa.array([], pa.string()))
    assert len(read.value) == len(read.note) == len(read.bad) == 0


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False, width=32), max_size=30))
def test_numbers_come_back_whatever_way_they_are_written(values):
    plain = numbers(pa.array([repr(value) for value in values], pa.string()))
    assert plain.value.to_pylist() == pytest.approx(values)
    grouped = numbers(pa.array([f"{round(value):,}" for value in values], pa.string()))
    assert grouped.value.to_pylist() == pytest.approx([float(round(value)) for value in values])
    assert not any(plain.bad.to_pylist() + grouped.bad.to_pylist())


@given(st.lists(st.text(max_size=12), max_size=20))
def test_no_text_breaks_the_reading_of_a_column(cells):
    read = numbers(pa.array(cells, pa.string()))
    assert len(read.value) == len(cells)
    for value, note, bad in zip(read.value.to_pylist(), read.note.to_pylist(), read.bad.to_pylist(), strict=True):
        assert value is not None or note or bad


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("E01000001", "lsoa"), ("W01000001", "lsoa"), ("S01006506", "lsoa"), ("95ZZ16S2", "lsoa"),
        ("E02000001", "msoa"), ("E05000026", "ward"), ("E06000060", "district"), ("E07000202", "district"),
        ("E08000011", "district"), ("E09000001", "district"), ("W06000001", "district"), ("E10000029", "county"),
        ("E11000001", "combined"), ("E47000001", "combined"), ("E12000001", "region"), ("E54000008", "icb"),
        ("E92000001", "country"), ("K04000001", "country"), ("00AA", "district"), ("00AAFA", "ward"),
        ("", ""), ("Grand Total", ""), ("E99999999", ""), ("E0100000", ""), ("e01000001", ""),
    ],
)
def test_the_kind_of_an_area_is_told_by_its_code(code, kind):
    assert area_kinds(pa.array([code])).to_pylist() == [kind]


def test_melt_keeps_every_cell_in_blocks_by_column():
    wide = pa.table({"code": ["a", "b"], "x": [1, 2], "y": [3, None]})
    long = melt(wide, ["code"], ["x", "y"], name="measure", value="count")
    assert long.to_pydict() == {
        "code": ["a", "b", "a", "b"], "measure": ["x", "x", "y", "y"], "count": [1, 2, 3, None],
    }
    with pytest.raises(ValueError, match="at least one column"):
        melt(wide, ["code"], [])


def test_rows_for_a_table_have_its_columns_and_sensible_gaps():
    rows = rows_for(
        "observations", 2, indicator="imd2025-score", area_kind="lsoa", area_code=["E01000001", "E01000002"],
        period="2025", period_start=date(2025, 1, 1), period_end=date(2026, 1, 1), unit="score",
        value=pa.array([1, 2]),
    )
    assert rows.schema == TABLES["observations"].schema
    assert rows.column("sex").to_pylist() == ["persons"] * 2
    assert rows.column("note").to_pylist() == ["", ""]
    assert rows.column("lower95").null_count == 2
    with pytest.raises(ValueError, match="no column colour"):
        rows_for("observations", 1, colour="red")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Life satisfaction (%)", "life-satisfaction"),
        ("Children's centres", "childrens-centres"),
        ("Ethnic group: Asian, Asian British or Asian Welsh", "ethnic-group-asian-asian-british-or-asian-welsh"),
        ("  ", ""),
    ],
)
def test_slugs_are_kebab_case(name, expected):
    assert slug(name) == expected


def test_the_small_ones():
    assert text(pa.chunked_array([[" a ", None]])).to_pylist() == ["a", ""]
    assert mapped(pa.array(["a", "b", "a"]), str.upper).to_pylist() == ["A", "B", "A"]
    assert fractions_as_percent(pa.array([0.07, None])).to_pylist() == [7.0, None]
