"""Questions readers ask to recognise a file."""

from __future__ import annotations

import pyarrow as pa
import pytest

from commonweal.lake.opening import Form, Opened, Sheet, matching


def sheet(name: str = "S", **columns: list[str]) -> Sheet:
    return Sheet(name, pa.table(columns), 2, preamble=(("Table 1:", "Neighbours of England"),))


def opened(*sheets: Sheet, form: Form = Form.TABLE, document: object = None) -> Opened:
    return Opened("x", "0", 1, form, sheets, document)


CODES = sheet(**{"\ufeffLSOA  Code\n(2021)": ["E01000001", "", "E01000002"], "Total_count": ["1", "2", "*"]})


@pytest.mark.parametrize(
    ("published", "asked"),
    [
        ("LSOA code (2021)", "lsoa code\n(2021)"), ("\ufeffArea", "area"), ("Area_Code", "area code"),
        ("  Net   Amount ", "net amount"), ("Name\u00a0of", "name of"),
    ],
)
def test_headers_are_compared_whatever_their_dress(published: str, asked: str) -> None:
    assert matching.normal(published) == matching.normal(asked)


def test_columns() -> None:
    assert matching.has_columns(opened(CODES), ["lsoa code (2021)", "total count"])
    assert not matching.has_columns(opened(CODES), ["lsoa code (2021)", "area"])
    assert matching.has_only_columns(opened(CODES), ["Total count", "LSOA Code (2021)"])
    assert not matching.has_only_columns(opened(CODES), ["Total count"])
    assert matching.sheet_has(CODES, ["total count"])


def test_sheets() -> None:
    other = sheet("Table 2", area=["E06000001"])
    book = opened(CODES, other, form=Form.WORKBOOK)
    assert matching.sheet_named(book, "table 2") is other
    assert matching.sheet_named(book, "table 3") is None
    assert matching.sheet_with(book, ["area"]) is other
    assert not matching.has_only_columns(book, ["area"])


def test_one_column() -> None:
    assert matching.column_named(CODES, "area", "lsoa code (2021)") == "\ufeffLSOA  Code\n(2021)"
    assert matching.column_named(CODES, "area") is None
    assert matching.columns_like(CODES, r"total .*") == ("Total_count",)
    assert matching.cells(CODES, "\ufeffLSOA  Code\n(2021)") == ("E01000001", "E01000002")
    assert matching.cells(CODES, "Total_count", most=1) == ("1",)


def test_cells() -> None:
    code = matching.column_named(CODES, "lsoa code (2021)")
    assert matching.cells_match(CODES, code, r"E01\d{6}")
    assert not matching.cells_match(CODES, "Total_count", r"\d")
    assert matching.cells_match(CODES, "Total_count", r"\d", share=0.6)
    assert not matching.cells_match(CODES, None, r"\d")
    assert matching.cells_among(CODES, "Total_count", ["1", "2", "*", "3"])
    assert not matching.cells_among(CODES, "Total_count", ["1"])
    assert not matching.cells_among(CODES, "nothing", ["1"])


def test_words_above_the_header() -> None:
    assert matching.preamble_says(CODES, "neighbours of", "TABLE 1")
    assert not matching.preamble_says(CODES, "distances")


def test_documents() -> None:
    shapes = {"features": [{"properties": {"LSOA21CD": "E01000001", "c": 1}}]}
    assert matching.has_properties(opened(form=Form.GEOJSON, document=shapes), ["lsoa21cd"])
    assert not matching.has_properties(opened(form=Form.GEOJSON, document={"features": []}), ["c"])
    assert not matching.has_properties(opened(form=Form.JSON, document=shapes), ["c"])
    assert matching.has_keys(opened(form=Form.JSON, document=[{"a": 1, "b": 2}]), ["a"])
    assert not matching.has_keys(opened(form=Form.JSON, document=[]), ["a"])
    assert not matching.has_keys(opened(form=Form.TABLE), [])


def test_types_of_columns() -> None:
    assert matching.column_types(Sheet("p", pa.table({"n": [1]}), 1)) == {"n": pa.int64()}
