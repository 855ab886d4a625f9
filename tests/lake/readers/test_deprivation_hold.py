"""Whatever the cells hold, a reader answers: rows, or rows kept out with a reason, never a fault."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pytest

from commonweal.lake.checks import checked
from commonweal.lake.opening import Form, Opened, Sheet
from commonweal.lake.recognise import load_readers

RDA, OLD, PEOPLE = "derived/from_rda/", "02_deprivation/", "03_population_census/"
FILES = {
    "imd-2025-lsoa": f"{RDA}imd2025_england_lsoa21.csv.gz",
    "imd-2007-lsoa-subdomains": f"{RDA}imd2007_england_lsoa01_subdomains.csv.gz",
    "imd-2025-lsoa-indicators": f"{RDA}imd2025_england_lsoa21_indicators.csv.gz",
    "imd-2025-district": f"{RDA}imd2025_england_ltla24.csv.gz",
    "imd-2019-msoa": f"{RDA}imd2019_england_msoa11.csv.gz",
    "imd-2025-district-long": f"{OLD}trafford_IoD2025_lad_long.csv",
    "imd-2015-district": f"{OLD}opendatacommunities_iod2015_lad_long.csv.gz",
    "uk-imd-2020-mysociety": f"{OLD}mysociety_UK_IMD_E.csv.gz",
    "uk-imd-2020-mysociety-councils": f"{OLD}mysociety_la_imd.csv",
    "community-needs-index-2023-lsoa": f"{RDA}cni2023_england_lsoa21.csv.gz",
    "population-2024-district": f"{PEOPLE}mye24tablesew_lad.csv",
    "population-2024-lsoa21-trafford": f"{PEOPLE}trafford_mye2024_lsoa.csv",
    "population-2017-ward": f"{PEOPLE}ward_population_2017_360giving.csv",
    "census-2021-tenure-lsoa21": f"{RDA}household_tenure21_lsoa21.csv.gz",
    "census-2021-age-lsoa21-trafford": f"{PEOPLE}trafford_census2021_age5_lsoa.csv",
    "census-2021-cars-lsoa21-trafford": f"{PEOPLE}trafford_census2021_cars_lsoa.csv",
}
JUNK = ["", "\x00", "=1+1", "½", "E01000001", "-", "9" * 400, "\U0001f600", "1e999", " ", "NaN", "٣"]


def with_table(opened: Opened, table: pa.Table) -> Opened:
    return replace(opened, sheets=(replace(opened.sheets[0], table=table),))


@pytest.mark.real_data
@pytest.mark.parametrize("dataset", FILES)
def test_junk_under_the_right_headers_is_kept_out_in_words(open_published, claimed, dataset):
    opened = open_published(FILES[dataset])
    columns = opened.sheets[0].columns
    turned = {
        name: JUNK[at % len(JUNK):] + JUNK[:at % len(JUNK)] for at, name in enumerate(columns)
    }
    junk = with_table(opened, pa.table(turned))
    assert set(claimed(junk)) <= {dataset}
    reader = load_readers()[dataset]
    for read in reader.read(junk) if reader.recognises(junk) else ():
        checked(read.table, read.rows)
        assert all(row.reason and row.row >= 2 for row in read.rejected)


@pytest.mark.real_data
@pytest.mark.parametrize("dataset", FILES)
def test_headers_without_rows_are_answered(open_published, claimed, dataset):
    opened = open_published(FILES[dataset])
    empty = with_table(opened, opened.sheets[0].table.slice(0, 0))
    assert set(claimed(empty)) <= {dataset}
    reader = load_readers()[dataset]
    for read in reader.read(empty) if reader.recognises(empty) else ():
        assert checked(read.table, read.rows).num_rows == 0


@pytest.mark.real_data
def test_a_file_with_its_own_types_is_read_the_same(open_published):
    """Parquet keeps numbers as numbers and flags as flags."""
    opened = open_published(FILES["community-needs-index-2023-lsoa"])
    table = opened.sheets[0].table.slice(0, 500)
    typed = table
    for at, name in enumerate(table.column_names):
        kind = pa.string() if at < 2 else pa.bool_() if name.startswith("Left") else pa.float64()
        cells = [one == "True" for one in table.column(name).to_pylist()] if kind == pa.bool_() else None
        column = pa.chunked_array([cells]) if cells else table.column(name).cast(kind)
        typed = typed.set_column(at, name, column)
    reader = load_readers()["community-needs-index-2023-lsoa"]
    (plain,), (kept) = reader.read(with_table(opened, table)), list(reader.read(with_table(opened, typed)))
    assert kept[0].rows.equals(plain.rows)


@pytest.mark.parametrize(
    "opened",
    [
        Opened("a.json", "0", 2, Form.JSON, document={"a": [1]}),
        Opened("a.csv", "0", 0, Form.TABLE, (Sheet("a", pa.table({}), 1),)),
        Opened("a.csv", "0", 9, Form.TABLE, (Sheet("a", pa.table({"": ["x"], "lsoa": [None]}), 2),)),
        Opened("a.xlsx", "0", 9, Form.WORKBOOK, (Sheet("a", pa.table({"LSOA code (2021)": ["E01000001"]}), 2),)),
    ],
    ids=["no sheets", "no columns", "empty header", "a code alone"],
)
def test_what_is_nobodys_is_left_alone(claimed, opened):
    assert claimed(opened) == []
