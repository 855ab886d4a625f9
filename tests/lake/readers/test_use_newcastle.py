"""Newcastle's libraries month by month: visits told from loans by their first total."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from commonweal.lake.recognise import claimants, load_readers, recognise

load_readers()
FILE = "08_usage_monitoring/newcastle_libraries_monthly_visits.csv"
HEADER = ["Date", "Cruddas Park", "Newbiggin Hall", "Outer West", "High Heaton", "Total"]


@pytest.mark.real_data
def test_branches_and_the_whole_service(open_published):
    opened = open_published(FILE)
    assert recognise(opened).dataset == "newcastle-libraries-visits"
    (table,) = recognise(opened).read(opened)
    assert (table.rows.num_rows, table.rejected) == (197 * 20, ())
    rows = table.rows.to_pylist()
    assert len({row["site"] for row in rows}) == 20
    whole = [row for row in rows if row["site"] == ""]
    assert Counter(row["note"] for row in whole) == {"": 185, "blank": 12}
    assert whole[0]["period_start"] == date(2008, 4, 1)
    assert {row["area_code"] for row in rows} == {"E08000021"}


@pytest.mark.real_data
def test_branches_add_up_to_the_total_where_there_is_one(open_published):
    opened = open_published(FILE)
    (table,) = recognise(opened).read(opened)
    sums, totals = Counter(), {}
    for row in table.rows.to_pylist():
        if row["site"]:
            sums[row["period"]] += row["value"] or 0
        else:
            totals[row["period"]] = row["value"]
    parted = [month for month, total in totals.items() if total is not None and total != sums[month]]
    assert totals["2008-04"] == sums["2008-04"] == 140_189
    assert len(parted) <= 10


def months(first_total):
    later = [[f"2008-{month:02}", month, 2, 3, "", 100 + month] for month in range(5, 13)]
    return [["2008-04", 1, 2, 3, 4, first_total], *later]


@pytest.mark.parametrize(("total", "dataset"), [(140_189, "visits"), (97_141, "loans")])
def test_the_first_total_says_which(made_csv, total, dataset):
    opened = made_csv([HEADER, *months(total)])
    assert recognise(opened).dataset == f"newcastle-libraries-{dataset}"
    (table,) = recognise(opened).read(opened)
    assert set(table.rows.column("measure").to_pylist()) == {dataset}
    assert table.rows.column("value").null_count == 8


def test_branches_of_the_same_names_with_another_total_are_not_claimed(made_csv):
    assert claimants(made_csv([HEADER, *months(5)])) == ()
