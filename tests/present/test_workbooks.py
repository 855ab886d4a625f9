from __future__ import annotations

import csv
import io
from datetime import date

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.core.figure import Unit
from commonweal.present.export_csv import csv_of
from commonweal.present.guard import guarded, printable, unguarded
from commonweal.present.table import Column, DataTable, Kind, Missing, number_column, text_column
from commonweal.present.workbook import Workbook, number_format, render_workbook, sheet_names

HOSTILE = [
    "=1+1", "+44 151", "-x", "@SUM(A1)", "\t=1", "\r=1", " =1", "'=1", "''=1", "＝1+1", "|calc", "%0A", "\n=1",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_spreadsheet_would_run_is_guarded(text):
    assert guarded(text).startswith("'")
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", ["", "Knowsley", "O'Neill", "'tis", "a=b", "1+1", "'", "''"])
def test_plain_words_are_left_alone(text):
    assert guarded(text) == text


@given(st.text())
def test_unguarding_undoes_guarding(text):
    assert unguarded(guarded(text)) == text


@given(st.text(alphabet="'=+-@\t\r\n a", max_size=8))
def test_nothing_guarded_begins_like_a_formula(text):
    assert guarded(text).lstrip()[:1] not in set("=+-@") or guarded(text) == ""


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=6))
def test_csv_comes_back_as_it_went(rows):
    table = DataTable("T", (text_column("A"), text_column("B")), tuple(map(tuple, rows)))
    read = list(csv.reader(io.StringIO(csv_of(table).decode("utf-8-sig"), newline="")))[1:]
    back = [[unguarded(cell) for cell in row] for row in read]
    assert back == [[printable(cell) for cell in row] for row in rows]


def test_csv_numbers_stay_numbers_and_reasons_stay_words(table):
    lines = csv_of(table).decode("utf-8-sig").split("\r\n")
    assert lines[:4] == [
        "Area,People,Inactive",
        "North,1500,33.3",
        "South,12500,suppressed to protect people",
        "'=SUM(A1),900,8.0",
    ]


@pytest.fixture
def opened(table):
    notes, made = ("=HYPERLINK(1)",), date(2026, 11, 22)
    book = Workbook("A title", "A subtitle", notes, (table, table), "A partnership", made)
    return openpyxl.load_workbook(io.BytesIO(render_workbook(book)))


def test_a_workbook_begins_with_contents_and_notes(opened):
    assert opened.sheetnames == ["Contents", "Notes", "Small areas", "Small areas 2"]
    contents = opened["Contents"]
    assert contents["A1"].value == "A title"
    assert contents["A7"].hyperlink.location in {"'Small areas 2'!A1", "#'Small areas 2'!A1"} or (
        contents["A7"].hyperlink.target == "#'Small areas 2'!A1"
    )


def test_one_table_a_sheet_with_its_heading_frozen(opened):
    sheet = opened["Small areas"]
    assert [cell.value for cell in sheet[4]] == ["Area", "People", "Inactive"]
    assert sheet["B5"].value == 1500
    assert sheet["C5"].value == 33.3
    assert sheet["C5"].number_format == '#,##0.0"%"'
    assert sheet["C6"].value == "suppressed to protect people"
    assert sheet.freeze_panes == "B5"
    assert not sheet.merged_cells.ranges
    assert list(sheet.tables) == ["Table1"]
    assert sheet.column_dimensions["A"].width >= 9


def test_no_cell_is_a_formula(opened):
    for sheet in opened:
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert opened["Small areas"]["A7"].value == "=SUM(A1)"
    assert opened["Small areas"]["A7"].data_type == "s"
    assert opened["Notes"]["A3"].value == "=HYPERLINK(1)"


def test_characters_no_file_may_hold_are_left_out():
    assert printable("a\x00b\x0bc\x07d\ud800") == "abcd"
    table = DataTable("C\x00", (text_column("A\x01"), number_column("N")), (("x\x07", Missing("no\x02")),))
    book = openpyxl.load_workbook(io.BytesIO(render_workbook(Workbook("T\x00", "", (), (table,)))))
    assert book["C"]["A5"].value == "x"


def test_sheet_names_are_short_allowed_and_different():
    tables = tuple(
        DataTable(caption, (text_column("A"),), ())
        for caption in ("a/b: [c]*?", "A" * 40, "a" * 40, "Notes", "   '", "contents")
    )
    names = sheet_names(tables)
    assert len({name.casefold() for name in names}) == len(names) == 6
    assert all(1 <= len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in names)


def test_headings_alike_still_make_a_workbook():
    table = DataTable("T", (text_column("A"), text_column("a")), (("x", "y"),))
    book = openpyxl.load_workbook(io.BytesIO(render_workbook(Workbook("T", "", (), (table,)))))
    assert not book["T 2" if "T 2" in book.sheetnames else "T"].tables


@pytest.mark.parametrize(
    ("unit", "decimals", "value", "shown"),
    [
        (Unit.PEOPLE, 1, 3.0, "#,##0"),
        (Unit.POUNDS, 2, 3.0, '"£"#,##0.00'),
        (Unit.PERCENT, 0, 3.0, '#,##0"%"'),
        (Unit.COUNT, 1, 3.0, "#,##0"),
        (Unit.COUNT, 1, 3.5, "#,##0.0"),
        (None, 2, 3.0, "#,##0.00"),
    ],
)
def test_numbers_show_as_their_unit(unit, decimals, value, shown):
    assert number_format(Column("N", Kind.NUMBER, unit, decimals), value) == shown
