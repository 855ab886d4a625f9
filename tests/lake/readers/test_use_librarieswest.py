"""LibrariesWest: members by small area stay suppressed, loans and reservations are counted by month."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pyarrow.compute as pc
import pytest

from commonweal.lake.recognise import claimants, load_readers, recognise

load_readers()
F = "08_usage_monitoring/librarieswest/"


def rows_of(opened, dataset):
    assert recognise(opened).dataset == dataset
    (table,) = recognise(opened).read(opened)
    assert table.rejected == ()
    return table.rows


@pytest.mark.real_data
@pytest.mark.promise("N2")
def test_suppressed_stays_suppressed(open_published):
    """9,099 of 13,004 cells are under 5; what is left sums to 156,305 of 169,730 in the rounded summary."""
    rows = rows_of(open_published(f"{F}membership_members.csv"), "librarieswest-members")
    assert rows.num_rows == 13_004
    hidden = rows.filter(pc.equal(rows.column("note"), "*"))
    assert (hidden.num_rows, hidden.column("value").null_count) == (9099, 9099)
    assert pc.sum(rows.column("value")).as_py() == 156_305
    summary = rows_of(open_published(f"{F}membership_members_summary.csv"), "librarieswest-members-summary")
    assert pc.sum(summary.column("value")).as_py() == 169_730
    assert summary.num_rows == 134


@pytest.mark.real_data
def test_members_without_a_small_area_are_kept_where_they_are_known(open_published):
    rows = rows_of(open_published(f"{F}membership_members.csv"), "librarieswest-members").to_pylist()
    assert Counter(row["category"] for row in rows) == {
        "": 12_754, "small area not given": 99, "place not given": 151}
    assert Counter(row["area_kind"] for row in rows)["lsoa"] == 12_754
    assert {row["period_start"] for row in rows} == {date(2021, 7, 1)}


@pytest.mark.real_data
def test_authorities_take_the_code_they_had(open_published):
    rows = rows_of(open_published(f"{F}membership_members_summary.csv"), "librarieswest-members-summary")
    assert set(rows.column("area_code").to_pylist()) == {
        "E06000022", "E06000023", "E06000024", "E06000025", "E06000029", "E06000059", "E10000027"}


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("file", "dataset", "count", "measures"),
    [
        ("usage_issues_summary", "librarieswest-loans", 4389 * 2, {"loans", "renewals"}),
        ("usage_reservations_summary", "librarieswest-reservations", 2000, {"reservations", "reservation-days"}),
        ("catalogue_items_summary", "librarieswest-stock", 284 * 3,
         {"stock-items", "stock-loans", "stock-renewals"}),
    ],
)
def test_each_summary(open_published, file, dataset, count, measures):
    rows = rows_of(open_published(f"{F}{file}.csv"), dataset)
    assert rows.num_rows == count
    assert set(rows.column("measure").to_pylist()) == measures
    assert rows.column("value").null_count == 0


@pytest.mark.real_data
def test_money_paid_is_left_alone(open_published):
    assert claimants(open_published(f"{F}bills_payments_summary.csv")) == ()
