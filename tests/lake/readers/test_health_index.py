"""The Health Index for England: three files, one row a district and year, or one an indicator too."""

from __future__ import annotations

import pyarrow.compute as pc
import pytest

from commonweal.lake.readers.health_index import (
    is_indicators,
    is_overall,
    is_subdomains,
    read_indicators,
    read_overall,
    read_subdomains,
)

OVERALL = "05_participation_health/england_health_index.csv"
SUBDOMAINS = "05_participation_health/england_health_index_subdomains.csv"
INDICATORS = "derived/from_rda/england_health_index_indicators.csv.gz"


def value(rows, indicator, code, period):
    kept = pc.and_(pc.equal(rows.column("indicator"), indicator), pc.equal(rows.column("area_code"), code))
    (row,) = rows.filter(pc.and_(kept, pc.equal(rows.column("period"), period))).to_pylist()
    return row


@pytest.mark.real_data
def test_overall_and_domains(open_published):
    opened = open_published(OVERALL)
    assert (is_overall(opened), is_subdomains(opened), is_indicators(opened)) == (True, False, False)
    (table,) = read_overall(opened)
    assert (table.rows.num_rows, table.rejected) == (2149 * 4, ())
    row = value(table.rows, "health-index-overall", "E06000001", "2015")
    assert (row["value"], row["unit"], row["area_kind"]) == (88.3, "score", "district")
    assert value(table.rows, "health-index-domain-healthy-places", "E06000001", "2015")["value"] == 96.7


@pytest.mark.real_data
def test_subdomains(open_published):
    opened = open_published(SUBDOMAINS)
    assert (is_overall(opened), is_subdomains(opened), is_indicators(opened)) == (False, True, False)
    (table,) = read_subdomains(opened)
    assert (table.rows.num_rows, table.rejected) == (2149 * 14, ())
    row = value(table.rows, "health-index-subdomain-access-to-green-space", "E06000001", "2021")
    assert row["value"] == 111.3


@pytest.mark.real_data
def test_indicators_in_their_own_units(open_published):
    opened = open_published(INDICATORS)
    assert (is_overall(opened), is_subdomains(opened), is_indicators(opened)) == (False, False, True)
    (table,) = read_indicators(opened)
    assert (table.rows.num_rows, table.rejected) == (120_344, ())
    assert len(set(table.rows.column("indicator").to_pylist())) == 56
    row = value(table.rows, "health-index-physical-activity", "E06000001", "2015")
    assert (row["value"], row["unit"]) == (62.68947549, "percent")
    assert value(table.rows, "health-index-life-satisfaction", "E06000001", "2015")["unit"] == "mean_0_10"
    far = value(table.rows, "health-index-distance-to-sports-or-leisure-facilities", "E08000011", "2021")
    assert far["unit"] == ""


@pytest.mark.real_data
def test_a_year_without_a_new_figure_says_so(open_published):
    """The publisher says 21 of its 56 indicators were unavailable or unusable for 2021."""
    (table,) = read_indicators(open_published(INDICATORS))
    rows = table.rows.filter(pc.equal(table.rows.column("period"), "2021"))
    again = {row["indicator"] for row in rows.to_pylist() if row["note"].startswith("no new figure")}
    assert len(again) == 21
    poverty = value(table.rows, "health-index-child-poverty", "E08000011", "2021")
    assert poverty["note"] == "no new figure: as in 2019"
    assert value(table.rows, "health-index-happiness", "E08000011", "2021")["note"] == ""


def test_a_bad_row_is_named(made_csv):
    rows = [["ltla21_code", "year", "indicator", "value"]]
    rows += [[f"E060000{n:02}", 2015, "Smoking", 10 + n / 10] for n in range(1, 9)]
    rows += [["Hartlepool", 2015, "Smoking", 3], ["E06000009", 2015, "Smoking", "?"]]
    (table,) = read_indicators(made_csv(rows))
    assert table.rows.num_rows == 8
    assert [(one.row, one.column) for one in table.rejected] == [(10, "ltla21_code"), (11, "value")]


def test_a_column_more_is_another_file(made_csv):
    assert not is_indicators(made_csv([["ltla21_code", "year", "indicator", "value", "unit"],
                                       ["E06000001", 2015, "Smoking", 3, "%"]]))
