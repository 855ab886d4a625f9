"""Totals without ages: footnotes and grand totals among the rows are kept out and named."""

from __future__ import annotations

import pyarrow.compute as pc
import pytest

from commonweal.lake.recognise import load_readers

REGISTRY = load_readers()
FOLDER = "03_population_census/"


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("dataset", "file", "rows", "kept_out", "people"),
    [
        ("population-2022-lsoa21", "lsoa21_population_mid2022_total.csv", 35_672, 0, 60_238_038),
        ("population-2019-small-areas-mysociety", "mysociety_2019_population_small_areas.csv", 42_619, 1,
         66_796_831),
        ("population-2017-ward", "ward_population_2017_360giving.csv", 8_299, 11, 58_744_595),
    ],
)
def test_rows_in_are_rows_out_and_rows_kept_out(claimed, open_published, dataset, file, rows, kept_out, people):
    opened = open_published(FOLDER + file)
    assert claimed(opened) == [dataset]
    (read,) = REGISTRY[dataset].read(opened)
    assert opened.sheets[0].table.num_rows == rows + kept_out
    assert (read.rows.num_rows, len(read.rejected)) == (rows, kept_out)
    assert pc.sum(read.rows.column("count")).as_py() == people


@pytest.mark.real_data
def test_the_grand_total_is_named_where_it_stands(open_published):
    opened = open_published(FOLDER + "mysociety_2019_population_small_areas.csv")
    (read,) = REGISTRY["population-2019-small-areas-mysociety"].read(opened)
    (total,) = read.rejected
    assert (total.row, total.column) == (42_621, "lsoa")
    assert "Grand Total" in total.reason
    first = read.rows.filter(pc.equal(read.rows.column("area_code"), "E01011949"))
    assert first.column("count").to_pylist() == [1_954]


def test_another_table_with_the_same_two_columns_is_left_alone(claimed, made_csv):
    opened = made_csv([["lsoa", "pop"], ["E01011949", "1,954"], ["E01011950", "1,257"]])
    assert not claimed(opened)
