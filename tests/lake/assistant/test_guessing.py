"""What the assistant takes each column for, and the reason it gives."""

from __future__ import annotations

import pyarrow as pa
import pytest

from commonweal.lake.assistant.guessing import guess
from commonweal.lake.assistant.meanings import Meaning
from commonweal.lake.assistant.sampling import SAMPLE, Column, columns_of
from commonweal.lake.assistant.words import hints, spoken
from commonweal.lake.opening.model import Sheet

M = Meaning


def column(name: str, *cells: str) -> Column:
    sheet = Sheet("s", pa.table({name: list(cells)}), 2)
    return columns_of(sheet)[0]


@pytest.mark.parametrize(
    ("name", "cells", "meaning"),
    [
        ("Area Code", ["E06000001", "E07000223", "E08000011"], M.AREA_CODE),
        ("x", ["E01000001", "E01000002", "E01000003"], M.AREA_CODE),
        ("LSOA11CD", ["95AA01S1", "95AA01S2", "95AA01S3"], M.AREA_CODE),
        ("Area Name", ["Hartlepool", "Adur", "Knowsley"], M.AREA_NAME),
        ("Ward", ["Abbey", "Alibon", "Becontree"], M.AREA_NAME),
        ("Postcode", ["TF1 1AA", "WA14 1EJ", "n/a - mobile", "m1 1aa"], M.POSTCODE),
        ("where", ["TF1 1AA", "WA141EJ", "NE26 1EJ."], M.POSTCODE),
        ("Date", ["13/09/2019", "17/09/2019"], M.DAY),
        ("Payment Date", ["14 Apr 2023", "6 Jun 2023"], M.DAY),
        ("paid", ["15/07/24", "16/07/24"], M.DAY),
        ("when", ["2023-04-01", "2023-04-02"], M.DAY),
        ("Period", ["2015/16", "2016/17"], M.PERIOD),
        ("Time period", ["2015 - 17", "2016 - 18"], M.PERIOD),
        ("Month", ["Apr-23", "May-23"], M.PERIOD),
        ("month", ["2008-04", "2008-05"], M.PERIOD),
        ("Quarter", ["Q1 2023/24", "Q2 2023/24"], M.PERIOD),
        ("year", ["2019", "2020", "2021"], M.PERIOD),
        ("Count", ["1,200", "3", "*"], M.COUNT),
        ("visits", ["120", "0", "55"], M.COUNT),
        ("Percentage of adults", ["12.5", "99", "0"], M.PERCENTAGE),
        ("share", ["12%", "13.5%", "4 %"], M.PERCENTAGE),
        ("Net Amount (£)", ["250.00", "1,708.75"], M.MONEY),
        ("x", ["£309.25", "£1,680.00"], M.MONEY),
        ("score", ["-1.5", "2.25", "0.1"], M.NUMBER),
        ("Lower CI 95.0 limit", ["1.5", "2.25"], M.LOWER),
        ("Upper CI 95.0 limit", ["1.5", "2.25"], M.UPPER),
        ("Denominator", ["150", "225"], M.DENOMINATOR),
        ("2023/24 Base", ["643", "640"], M.DENOMINATOR),
        ("Sex", ["Male", "Female", "Persons"], M.SEX),
        ("x", ["M", "F", "F"], M.SEX),
        ("Age group", ["Adult", "Child"], M.AGE),
        ("Age", ["16+", "18-64"], M.AGE),
        ("unit", ["Persons", "%"], M.UNIT),
        ("indicator", ["Inactive adults", "Active adults"], M.INDICATOR),
        ("lon", ["-2.35", "-1.99"], M.LONGITUDE),
        ("Latitude", ["53.4", "50.1"], M.LATITUDE),
        ("Easting", ["364963", "615845"], M.EASTING),
        ("northing", ["311493", "244058"], M.NORTHING),
        ("Library name", ["Altrincham", "Sale", "Urmston"], M.NAME),
        ("status", ["open", "closed", "open", "open"], M.CATEGORY),
        ("UPRN", ["100012797623", "100012797624"], M.IDENTIFIER),
        ("site ref", ["TMBC0001/T3", "TMBC0002/T4"], M.IDENTIFIER),
        ("Notes", ["Closed on Mondays in winter", "Run by friends", "See the council's page"], M.WORDS),
        ("Welsh name", ["", "", "[x]"], M.EMPTY),
        ("Contact", ["a@example.org", "b@example.org", ""], M.EMAIL),
        ("x", ["a@example.org", "none given", "ring us"], M.EMAIL),
        ("telephone", ["01617492570", "0161 749 2570", "07700 900123"], M.PHONE),
        ("x", ["+44 7700 900123", "01617492570"], M.PHONE),
        ("Date of birth", ["13/09/1980", "1/2/1990"], M.BIRTH),
        ("DOB", ["1980", "1990"], M.BIRTH),
        ("Surname", ["Ahmed", "Jones"], M.PERSON),
        ("Manager", ["Mr A Jones", "Cllr B Khan", "Dr C Lee"], M.PERSON),
        ("Applicant Name", ["Ahmed Khan", "Ann Jones"], M.PERSON),
        ("Applicant Name", ["Ludlow Arts Trust", "Bury Theatre Ltd", "Ann Jones"], M.NAME),
    ],
)
def test_meanings(name: str, cells: list[str], meaning: Meaning) -> None:
    found = guess(column(name, *cells))
    assert found.meaning is meaning, found.reason
    assert 0 < found.confidence < 1
    assert found.reason.endswith(".")
    assert found.reason[0].isupper() or found.reason[0].isdigit()


@pytest.mark.parametrize(
    ("codes", "kind"),
    [(["E01000001"], "lsoa"), (["E06000001", "E07000002", "E12000001"], "district"), (["E05000001"], "ward")],
)
def test_the_kind_of_area_is_told_by_the_codes(codes: list[str], kind: str) -> None:
    assert guess(column("c", *codes)).kind == kind


def test_the_reason_counts_what_was_seen() -> None:
    found = guess(column("x", "TF1 1AA", "TF1 1AB", "TF1 1AC", "TF1 1AD", "Unknown"))
    assert found.reason == "4 of 5 cells looked at are postcodes."


def test_confidence_rises_where_header_and_cells_agree() -> None:
    cells = ("E06000001", "E06000002")
    assert guess(column("area code", *cells)).confidence > guess(column("x", *cells)).confidence


@pytest.mark.parametrize(
    ("header", "cells"),
    [("Population code", ["parks", "halls", "pools"]), ("amount", ["much", "little", "none at all"])],
)
def test_a_header_alone_makes_no_number_of_words(header: str, cells: list[str]) -> None:
    assert guess(column(header, *cells)).meaning not in (M.COUNT, M.MONEY, M.PERCENTAGE, M.IDENTIFIER)


def test_years_with_no_word_of_time_and_all_different_are_numbers() -> None:
    assert guess(column("visits", *map(str, range(1950, 2050)))).meaning is M.COUNT


def test_headers_are_heard_in_words() -> None:
    assert spoken("PaymentDate") == "payment date"
    assert spoken("area_code") == "area code"
    assert M.DAY in hints("PaymentDate")
    assert M.AREA_CODE in hints("lsoa21_code")


def test_a_long_column_is_looked_at_over_its_whole_length() -> None:
    sheet = Sheet("s", pa.table({"x": ["words here"] * 10_000 + [str(at) for at in range(90_000)]}), 2)
    (found,) = columns_of(sheet)
    assert len(found.cells) < 2 * SAMPLE
    assert found.rows == 100_000
    assert guess(found).meaning is M.COUNT


def test_columns_of_other_types_do_no_harm() -> None:
    table = pa.table({"b": [b"x"], "l": [[1]], "n": [1.5], "d": pa.array([None], pa.date32())})
    found = [guess(one).meaning for one in columns_of(Sheet("s", table, 1))]
    assert found == [M.EMPTY, M.EMPTY, M.NUMBER, M.EMPTY]
