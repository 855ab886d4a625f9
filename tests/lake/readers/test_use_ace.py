"""Library activity by authority in tidy files, two pairs of which have the same headings."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pyarrow.compute as pc
import pytest

from commonweal.lake.recognise import claimants, load_readers, recognise

load_readers()
F = "08_usage_monitoring/ace_libraries_2023-24/"
TIDY = [
    ("visits", "visits", "visits", 3420), ("loans", "loans", "loans", 10_455),
    ("events", "events", "events", 2485),
    ("event_attendance", "event-attendance", "event-attendance", 2078),
    ("computers", "computers", "computer-hours", 1229), ("wifi", "wifi", "wifi-sessions", 477),
]


def rows_of(opened):
    (table,) = recognise(opened).read(opened)
    return table


@pytest.mark.real_data
@pytest.mark.parametrize(("file", "dataset", "measure", "count"), TIDY)
def test_every_row_of_a_tidy_file(open_published, file, dataset, measure, count):
    opened = open_published(f"{F}{file}.csv")
    assert recognise(opened).dataset == f"ace-libraries-{dataset}"
    table = rows_of(opened)
    assert (table.rows.num_rows, table.rejected) == (count, ())
    assert set(table.rows.column("measure").to_pylist()) == {measure}
    assert set(table.rows.column("area_kind").to_pylist()) <= {"district", "county"}
    assert set(table.rows.column("site").to_pylist()) == {""}


@pytest.mark.real_data
def test_months_quarters_and_years_are_told_apart(open_published):
    rows = rows_of(open_published(f"{F}visits.csv")).rows.to_pylist()
    days = Counter((row["period_end"] - row["period_start"]).days for row in rows)
    assert sum(count for length, count in days.items() if length < 32) == 3346
    assert sum(count for length, count in days.items() if 80 < length < 100) == 64
    assert days[366] == 10
    assert {row["category"] for row in rows} == {"Library", "Shared building", "Mobile library", "Home delivery"}


@pytest.mark.real_data
def test_categories_are_joined_in_the_order_of_the_columns(open_published):
    rows = rows_of(open_published(f"{F}loans.csv")).rows
    assert "Physical book, Under 12" in set(rows.column("category").to_pylist())
    rows = rows_of(open_published(f"{F}events.csv")).rows
    assert "Physical, All ages" in set(rows.column("category").to_pylist())


@pytest.mark.real_data
def test_the_year_in_totals_and_the_authorities_that_made_no_return(open_published):
    opened = open_published(f"{F}services.csv")
    assert recognise(opened).dataset == "ace-libraries-services"
    table = rows_of(opened)
    assert (table.rows.num_rows, table.rejected) == (153 * 7, ())
    visits = table.rows.filter(pc.equal(table.rows.column("measure"), "visits"))
    assert visits.column("value").null_count == 32
    by_code = {row["area_code"]: row for row in visits.to_pylist()}
    barnsley = by_code["E08000016"]
    assert (barnsley["value"], barnsley["period_start"]) == (578_334.0, date(2023, 4, 1))
    empty = [row for row in visits.to_pylist() if row["value"] is None]
    assert {row["note"] for row in empty} == {"blank"}


@pytest.mark.real_data
def test_the_months_of_an_authority_add_up_to_its_year(open_published):
    months = rows_of(open_published(f"{F}visits.csv")).rows.to_pylist()
    year = {row["area_code"]: row["value"] for row in rows_of(open_published(f"{F}services.csv")).rows.to_pylist()
            if row["measure"] == "visits"}
    assert sum(row["value"] for row in months if row["area_code"] == "E08000016") == year["E08000016"]


@pytest.mark.parametrize(
    "header", [["Authority", "Period", "Count"], ["Authority", "Event type", "Age group", "Period", "Count"]]
)
def test_a_file_that_does_not_say_what_it_counts_waits_for_a_person(made_csv, header):
    rows = [["E08000001", *["Physical", "Adult"][: len(header) - 3], f"2024-{month:02}-01/P1M", 100 + month]
            for month in range(4, 13)]
    assert claimants(made_csv([header, *rows])) == ()


def test_what_cannot_be_read_is_named(made_csv):
    rows = [["E08000001", "Library", f"2024-{month:02}-01/P1M", 100 + month] for month in range(1, 13)]
    bad = [["Bolton", "Library", "2024-04-01/P1M", 3], ["E08000001", "Library", "2024-04-01/P1M", "many"]]
    table = rows_of(made_csv([["Authority", "Location", "Period", "Count"], *rows, *rows, *bad]))
    assert table.rows.num_rows == 24
    assert [(one.row, one.column) for one in table.rejected] == [(26, "Authority"), (27, "Count")]
