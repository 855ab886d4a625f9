"""Every published file opens, or says in a sentence why it cannot, and the defects listed of them are met."""

from __future__ import annotations

from pathlib import Path

import pytest

from commonweal.lake.opening import CannotOpen, Form, Opened, Sheet, open_file

pytestmark = pytest.mark.real_data

FOLDERS = (
    "01_geography", "02_deprivation", "03_population_census", "04_facilities", "05_participation_health",
    "06_third_sector_funding", "07_procurement_spend", "08_usage_monitoring", "derived",
)
REFUSED = {"Codelist.xls": "older Office file", "NHS_Codelist.xls": "older Office file"}


@pytest.mark.promise("N2")
@pytest.mark.parametrize("folder", FOLDERS)
def test_every_file_opens_or_says_why_not(published: Path, folder: str) -> None:
    for path in sorted((published / folder).rglob("*")):
        if not path.is_file() or path.stat().st_size > 5_000_000:
            continue
        if path.name in REFUSED:
            with pytest.raises(CannotOpen, match=REFUSED[path.name]):
                open_file(path)
            continue
        opened = open_file(path)
        assert opened
        for one in opened:
            assert one.path == str(path)
            assert one.form in (Form.TABLE, Form.WORKBOOK) or not one.sheets
            for sheet in one.sheets:
                assert sheet.columns
                assert len(set(sheet.columns)) == len(sheet.columns)


@pytest.mark.parametrize(
    "name",
    ["derived/england_lsoa21_bgc_5dp.geojson.gz", "derived/postcode_lsoa_gb_nspl21_2024-08.parquet"],
)
def test_the_largest_files_open(published: Path, name: str) -> None:
    (opened,) = open_file(published / name)
    assert opened.form in (Form.GEOJSON, Form.TABLE)


def one_sheet(path: Path) -> Sheet:
    (opened,) = open_file(path)
    (sheet,) = opened.sheets
    return sheet


def test_rows_and_columns_are_those_published(published: Path) -> None:
    for name, rows, columns in (
        ("04_facilities/libraries_england_2023.csv", 3487, 54),
        ("04_facilities/libraries_england_2022.csv", 3451, 51),
        ("04_facilities/MappingMuseumsData.csv", 4141, 41),
        ("derived/from_rda/household_tenure21_lsoa21.csv.gz", 285_376, 5),
        ("derived/from_rda/imd2025_england_lsoa21.csv.gz", 33_755, 25),
        ("03_population_census/mye24tablesew_lad.csv", 357, 95),
        ("07_procurement_spend/trafford-supplier-spend-2024-25.zip", 210_068, 16),
        ("08_usage_monitoring/newcastle_libraries_monthly_visits.csv", 197, 21),
    ):
        table = one_sheet(published / name).table
        assert (table.num_rows, table.num_columns) == (rows, columns), name


def test_title_rows_stand_apart(published: Path) -> None:
    sheet = one_sheet(published / "05_participation_health/ons_subnational_Anxiety.csv")
    assert sheet.columns[:2] == ("Area Code", "Area")
    assert (sheet.first_row, len(sheet.preamble), sheet.table.num_columns) == (7, 5, 4)
    assert sheet.preamble[0][1] == "Average anxiety rating"


def test_files_without_a_header_are_said_to_have_none(published: Path) -> None:
    sheet = one_sheet(published / "01_geography/codepoint_open_2014-08/tf.csv")
    assert sheet.headerless
    assert len(sheet.columns) == 10


def test_spending_with_every_line_end_and_encoding(published: Path) -> None:
    for path in sorted((published / "07_procurement_spend/hyndburn_spend_raw").glob("*.csv")):
        sheet = one_sheet(path)
        joined = " ".join(sheet.columns).lower()
        assert not sheet.headerless, path.name
        assert "amount" in joined, path.name
        assert 200 < sheet.table.num_rows < 1_000, path.name
        assert sheet.table.num_columns <= 9, path.name


def test_the_neighbours_workbook(published: Path) -> None:
    (opened,) = open_file(published / "08_usage_monitoring/localauthoritynearestneighboursengland.xlsx")
    by_name = {sheet.name: sheet for sheet in opened.sheets}
    assert by_name["Table 1"].table.num_rows == 296
    assert by_name["Table 2"].columns[2] == "E06000001"
    assert by_name["Table 2"].table.num_rows == 296
    assert by_name["Table 4"].table.num_rows == 153


def test_a_shapefile_without_its_names_says_so(published: Path) -> None:
    found: list[Opened] = []
    for path in sorted((published / "01_geography/pwc").iterdir()):
        found += open_file(path)
    assert {one.form for one in found} == {Form.SHAPES}
    assert all("names and codes" in one.remarks[0] for one in found)
