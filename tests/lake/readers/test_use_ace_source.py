"""The return of library activity, 504 columns wide, as a workbook and as the CSV made of it."""

from __future__ import annotations

import pyarrow.compute as pc
import pytest

from commonweal.lake.readers.use_ace_source import Counted, is_source, read_source, what_is_counted
from commonweal.lake.recognise import load_readers, recognise

load_readers()
F = "08_usage_monitoring/ace_libraries_2023-24/"
CSV = f"{F}libraries_activity_data_2023_2024.csv"
BOOK = f"{F}Libraries Activity Data 2023-24 FINAL.xlsx"
KEY = ("area_code", "measure", "category", "period_start")


@pytest.mark.parametrize(
    ("name", "counted"),
    [
        ("total_physical_events_april", Counted("events", "Physical", "April 2023")),
        ("Physical Events Children 11 And Under - Feb 2024", Counted("events", "Physical, Under 12", "Feb 2024")),
        ("loans_adult_march", Counted("loans", "Physical book, Adult", "March 2024")),
        ("loans_adult_march_digital", Counted("loans", "Physical audiobook, Adult", "March 2024")),
        ("Loans And Lending Adult 18 - Sept 2023_digital",
         Counted("loans", "Physical audiobook, Adult", "Sept 2023")),
        ("physical_visits_colocation_december", Counted("visits", "Shared building", "December 2023")),
        ("wifi_sessions_january", Counted("wifi-sessions", "", "January 2024")),
        ("Active Members - Teens (12-17)", Counted("active-members", "12-17", "2023/24")),
        ("wifi_notes_no_data", None),
        ("authority", None),
        ("Please Tell Us Why You Have No Data To Enter Here Eg You Do Not Collate Data For Wifi", None),
        ("devices_loan", None),
    ],
)
def test_a_heading_says_what_is_counted_and_when(name, counted):
    assert what_is_counted(name) == counted


@pytest.mark.real_data
def test_the_csv_and_the_workbook_say_the_same(open_published):
    (csv,) = read_source(open_published(CSV))
    (book,) = read_source(open_published(BOOK))
    assert csv.rejected == book.rejected == ()
    assert csv.rows.num_rows == book.rows.num_rows == 129 * 496
    one, other = ({tuple(row[name] for name in KEY): row["value"] for row in table.rows.to_pylist()}
                  for table in (csv, book))
    assert one == other


@pytest.mark.real_data
def test_it_is_one_data_set_with_codes_from_names(open_published):
    opened = open_published(CSV)
    assert is_source(opened)
    assert recognise(opened).dataset == recognise(open_published(BOOK)).dataset == "ace-libraries-activity-return"
    (table,) = read_source(opened)
    codes = set(table.rows.column("area_code").to_pylist())
    assert len(codes) == 129
    assert {"E10000007", "E06000023", "E08000021"} <= codes


@pytest.mark.real_data
def test_the_tidy_files_came_from_it(open_published):
    (table,) = read_source(open_published(CSV))
    rows = table.rows.filter(pc.equal(table.rows.column("area_code"), "E08000016")).to_pylist()
    april = {row["category"]: row["value"] for row in rows
             if row["measure"] == "loans" and row["period"] == "April 2023"}
    tidy = open_published(f"{F}loans.csv")
    (loans,) = recognise(tidy).read(tidy)
    for row in loans.rows.to_pylist():
        if row["area_code"] == "E08000016" and row["period"] == "2023-04-01/P1M":
            assert april[row["category"]] == row["value"]


def test_a_return_of_another_year_without_years_in_its_headings_is_not_claimed(made_csv):
    header = ["library_details", "authority", "total_active_members", "wifi_sessions_april"]
    rows = [[f"Service {n}", "Barnsley", 10_000 + n, n] for n in range(9)]
    assert not is_source(made_csv([header, *rows]))
