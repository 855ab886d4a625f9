"""Workbooks as people make them: titles, merged cells, hidden sheets, formulas, dates and errors."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from tests.lake.hostile_files import cells, ods_row, ods_table, opendocument, workbook

from commonweal.lake.opening import CannotOpen, Form, Limits, Opened, open_bytes
from commonweal.lake.opening.sheet_cells import column_of, place_of
from commonweal.lake.opening.spreadsheet import number_as_text, text_of


def made(fill: Callable[[Worksheet], None], *more: str) -> Opened:
    book = Workbook()
    assert book.active is not None
    book.active.title = "Figures"
    fill(book.active)
    for name in more:
        book.create_sheet(name).append(["code"])
    out = io.BytesIO()
    book.save(out)
    (opened,) = open_bytes("figures.xlsx", out.getvalue())
    assert opened.form is Form.WORKBOOK
    return opened


def plain(sheet: Worksheet) -> None:
    for row in (["code", "value"], ["E06000001", 1], ["E06000002", 2.5]):
        sheet.append(row)


def test_sheets_are_text_in_order() -> None:
    opened = made(plain, "More")
    assert [sheet.name for sheet in opened.sheets] == ["Figures", "More"]
    assert opened.sheets[0].table.to_pydict() == {"code": ["E06000001", "E06000002"], "value": ["1", "2.5"]}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""), (True, "TRUE"), (False, "FALSE"), (12, "12"), (12.0, "12"), (0.1, "0.1"), (1e20, "1e+20"),
        (date(2023, 4, 1), "2023-04-01"), (datetime(2023, 4, 1), "2023-04-01"),  # noqa: DTZ001
        (datetime(2023, 4, 1, 9, 30), "2023-04-01 09:30:00"), (time(9, 30), "09:30:00"), (" a ", " a "),  # noqa: DTZ001
    ],
)
def test_cells_become_text(value: object, text: str) -> None:
    assert text_of(value) == text


def test_dates_counted_from_1904_are_the_same_dates() -> None:
    book = Workbook()
    book.epoch = datetime(1904, 1, 1)  # noqa: DTZ001
    assert book.active is not None
    book.active.append(["day"])
    book.active.append([date(2023, 4, 1)])
    out = io.BytesIO()
    book.save(out)
    assert open_bytes("x.xlsx", out.getvalue())[0].sheets[0].table.to_pydict() == {"day": ["2023-04-01"]}


def test_titles_stand_in_the_preamble() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["Table 1: figures of places"])
        sheet.append([])
        plain(sheet)

    (sheet,) = made(fill).sheets
    assert sheet.preamble == (("Table 1: figures of places",), ())
    assert (sheet.first_row, sheet.columns) == (4, ("code", "value"))


def test_groups_in_merged_cells_are_joined_to_the_names_beneath() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["", "Loans", None, "Visits", None])
        sheet.append(["code", "adult", "child", "virtual", "real"])
        sheet.append(["E06000001", 1, 2, 3, 4])
        sheet.append(["E06000002", 5, 6, 7, 8])
        sheet.merge_cells("B1:C1")
        sheet.merge_cells("D1:E1")

    (sheet,) = made(fill).sheets
    assert sheet.columns == ("code", "Loans: adult", "Loans: child", "Visits: virtual", "Visits: real")


def test_one_title_merged_over_all_columns_is_no_group() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["Figures by place", None])
        plain(sheet)
        sheet.merge_cells("A1:B1")

    assert made(fill).sheets[0].columns == ("code", "value")


def test_hidden_sheets_are_read_and_said() -> None:
    def fill(sheet: Worksheet) -> None:
        plain(sheet)
        sheet.parent.create_sheet("Kept back").append(["code"])
        sheet.parent["Kept back"].sheet_state = "hidden"

    opened = made(fill)
    assert [sheet.name for sheet in opened.sheets] == ["Figures", "Kept back"]
    assert opened.remarks == ("Sheet “Kept back” is hidden in the workbook; it was read all the same.",)


def test_formulas_never_calculated_are_empty_and_said() -> None:
    def fill(sheet: Worksheet) -> None:
        plain(sheet)
        sheet.append(["E06000003", "=B2+B3"])

    opened = made(fill)
    assert opened.sheets[0].table.to_pydict()["value"] == ["1", "2.5", ""]
    assert "1 formulas whose results were never saved" in opened.remarks[0]


def test_formulas_calculated_give_their_results() -> None:
    sheet = '<sheetData><row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row></sheetData>'
    (opened,) = open_bytes("x.xlsx", workbook(sheet))
    assert opened.sheets[0].table.to_pydict() == {"column 1": ["2"]}
    assert opened.remarks == ()


def test_errors_are_kept_as_published() -> None:
    def fill(sheet: Worksheet) -> None:
        plain(sheet)
        sheet.append(["E06000003", "#N/A"])

    assert made(fill).sheets[0].table.to_pydict()["value"] == ["1", "2.5", "#N/A"]


def test_gaps_between_rows_keep_the_rows_numbers() -> None:
    (opened,) = open_bytes("x.xlsx", workbook(cells("A2=code B2=n", "A4=E06000001 B4=1", "A9=E06000002 B9=2")))
    (sheet,) = opened.sheets
    assert [sheet.row_of(at) for at in range(2)] == [4, 9]


def test_macros_and_links_to_elsewhere_do_no_harm() -> None:
    data = workbook(cells("A1=code"), extra=(("xl/vbaProject.bin", b"macro"), ("xl/externalLinks/a.xml", b"<a/>")))
    assert open_bytes("x.xlsm", data)[0].sheets[0].columns == ("code",)


FIRST, LAST = datetime(1950, 1, 1), datetime(2100, 1, 1)  # noqa: DTZ001
VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**9), 10**9), st.floats(-1e9, 1e9).map(lambda one: round(one, 6)),
    st.dates(FIRST.date(), LAST.date()), st.text("abc &<>£é\n", max_size=6).map(str.strip),
    st.datetimes(FIRST, LAST).map(lambda day: day.replace(microsecond=0)),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(VALUES, min_size=3, max_size=3), min_size=1, max_size=6))
def test_cells_are_read_as_openpyxl_reads_them(body: list[list[object]]) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["code", "first", "second", "third"])
    for at, row in enumerate(body):
        book.active.append([f"E0600{at:04}", *row])
    out = io.BytesIO()
    book.save(out)
    ours = open_bytes("x.xlsx", out.getvalue())[0].sheets[0].table
    (_, *theirs) = load_workbook(out, data_only=True).active.iter_rows(values_only=True)
    assert [list(row.values()) for row in ours.to_pylist()] == [list(map(text_of, row)) for row in theirs]


@pytest.mark.parametrize(
    ("written", "text"),
    [("12", "12"), ("12.0", "12"), ("1E3", "1000"), ("0.1", "0.1"), ("-3", "-3"), ("ten", "ten"), ("nan", "nan")],
)
def test_numbers_as_written(written: str, text: str) -> None:
    assert number_as_text(written) == text


@pytest.mark.parametrize(("letters", "number"), [("A", 0), ("Z", 25), ("AA", 26), ("XFD", 16_383)])
def test_columns_by_their_letters(letters: str, number: int) -> None:
    assert column_of(letters) == number
    assert place_of(f"{letters}12") == (12, number)


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ('<c r="A2" t="b"><v>1</v></c>', "TRUE"),
        ('<c r="A2" t="e"><v>#N/A</v></c>', "#N/A"),
        ('<c r="A2" t="str"><f>A1</f><v>words</v></c>', "words"),
        ('<c r="A2" t="d"><v>2023-04-01T00:00:00</v></c>', "2023-04-01"),
        ('<c r="A2" t="inlineStr"><is><r><t>in </t></r><r><t>runs</t></r><rPh><t>x</t></rPh></is></c>', "in runs"),
        ('<c r="A2"><v>1</v></c><c r="A2"><v>2</v></c>', "2"),
        ("<c><v>5</v></c>", "5"),
    ],
)
def test_every_kind_of_cell(inner: str, text: str) -> None:
    sheet = '<sheetData><row r="1"><c r="A1" t="str"><v>heading</v></c></row>'
    (opened,) = open_bytes("x.xlsx", workbook(f'{sheet}<row r="2">{inner}</row></sheetData>'))
    assert opened.sheets[0].table.to_pydict() == {"heading": [text]}


def test_caps_on_a_workbook() -> None:
    data = workbook(cells("A1=code B1=n", "A2=a B2=1"))
    for limits, words in (
        (Limits(workbook_cells=3), "more than 3 cells"), (Limits(workbook_bytes=100), "of workbook is read"),
        (Limits(text_chars=4), "more text than"), (Limits(cell_chars=2), "cell of 4 characters in row 1"),
        (Limits(columns=1), "more than 1 columns"),
    ):
        with pytest.raises(CannotOpen, match=words):
            open_bytes("x.xlsx", data, limits=limits)


# --- OpenDocument ----------------------------------------------------------------------------------------


def ods(content: str) -> Opened:
    (opened,) = open_bytes("figures.ods", opendocument(content))
    return opened


def test_an_open_document_is_read_as_text() -> None:
    shown = "<text:p>shown</text:p></table:table-cell>"
    number = '<table:table-cell office:value-type="float" office:value="{}">' + shown
    row = "<table:table-row><table:table-cell><text:p>E0600000{}</text:p></table:table-cell>" + number
    body = "".join(row.format(at, f"{at}.0") + "</table:table-row>" for at in (1, 2))
    (sheet,) = ods(ods_table(ods_row("code", "value"), body)).sheets
    assert sheet.table.to_pydict() == {"code": ["E06000001", "E06000002"], "value": ["1", "2"]}


@pytest.mark.parametrize(
    ("attributes", "inner", "text"),
    [
        ('office:value-type="percentage" office:value="0.25"', "<text:p>25%</text:p>", "0.25"),
        ('office:value-type="date" office:date-value="2023-04-01T00:00:00"', "<text:p>x</text:p>", "2023-04-01"),
        ('office:value-type="boolean" office:boolean-value="true"', "<text:p>x</text:p>", "TRUE"),
        ("", "<text:p>two</text:p><text:p>lines</text:p>", "two\nlines"),
        ("", '<text:p>a<text:s text:c="2"/>b<text:line-break/>c</text:p>', "a  b\nc"),
        ("", "<text:p><text:span>in</text:span>side</text:p>", "inside"),
        ("", "<office:annotation><text:p>a remark</text:p></office:annotation><text:p>said</text:p>", "said"),
    ],
)
def test_kinds_of_cell(attributes: str, inner: str, text: str) -> None:
    row = f"<table:table-row><table:table-cell {attributes}>{inner}</table:table-cell></table:table-row>"
    (sheet,) = ods(ods_table(ods_row("heading"), row)).sheets
    assert sheet.table.to_pydict() == {"heading": [text]}


def test_repeats_that_hold_something_are_expanded() -> None:
    (sheet,) = ods(ods_table(ods_row("code", "n"), ods_row("E06000001", "5", repeated=3))).sheets
    assert sheet.table.to_pydict() == {"code": ["E06000001"] * 3, "n": ["5"] * 3}


def test_blank_repeats_only_move_the_rows_after_them() -> None:
    content = ods_table(ods_row("code", "n"), ods_row("", repeated=10), ods_row("E06000001", "5"))
    assert ods(content).sheets[0].row_of(0) == 12


def test_sheets_without_cells_are_left_out() -> None:
    opened = ods(ods_table(name="Empty") + ods_table(ods_row("code"), ods_row("E06000001")))
    assert [sheet.name for sheet in opened.sheets] == ["Figures"]
    with pytest.raises(CannotOpen, match="no cells"):
        ods(ods_table(name="Empty"))


@pytest.mark.parametrize("content", ["<table:table", "<text:p>"])
def test_damaged_content_gives_a_sentence(content: str) -> None:
    with pytest.raises(CannotOpen, match="damaged workbook"):
        ods(content)
