"""Arts Council money by district, from files that name councils and give no codes."""

from __future__ import annotations

from collections import Counter

import pyarrow.compute as pc
import pytest

from commonweal.lake.recognise import load_readers, recognise

load_readers()
F = "06_third_sector_funding/"
GRANTS = f"{F}ace_project_grants_by_la_year_discipline.csv"
PROGRAMME = f"{F}arts-council-investment-programme-2023-26.csv"


def table_of(opened, dataset):
    assert recognise(opened).dataset == dataset
    (table,) = recognise(opened).read(opened)
    return table


def total(rows, indicator, code=None):
    kept = pc.and_(pc.equal(rows.column("indicator"), indicator), pc.equal(rows.column("category"), ""))
    if code:
        kept = pc.and_(kept, pc.equal(rows.column("area_code"), code))
    return pc.sum(rows.filter(kept).column("value")).as_py()


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("code", "awards"),
    [("E07000202", 87), ("E08000026", 167), ("E06000051", 119), ("E08000005", 58), ("E08000010", 58),
     ("E08000011", 27), ("E07000200", 7), ("E07000029", 23), ("E06000063", 22)],
)
def test_awards_by_district_old_and_new(open_published, code, awards):
    rows = table_of(open_published(GRANTS), "ace-project-grants").rows
    assert total(rows, "ace-project-grants-awarded", code) == awards


@pytest.mark.real_data
def test_every_row_is_counted_or_named(open_published):
    table = table_of(open_published(GRANTS), "ace-project-grants")
    assert len(table.rejected) == 18
    assert {one.column for one in table.rejected} == {"Local authority"}
    assert any("Austria" in one.reason for one in table.rejected)
    parts = table.rows.filter(pc.and_(pc.not_equal(table.rows.column("category"), ""),
                                      pc.equal(table.rows.column("indicator"), "ace-project-grants-awarded")))
    assert parts.num_rows + 18 == 7562
    assert pc.sum(parts.column("value")).as_py() == total(table.rows, "ace-project-grants-awarded")
    assert 650e6 < total(table.rows, "ace-project-grants-total") < 662.7e6


@pytest.mark.real_data
def test_sums_say_they_are_sums(open_published):
    rows = table_of(open_published(GRANTS), "ace-project-grants").rows.to_pylist()
    notes = Counter((row["category"] == "", row["note"]) for row in rows)
    assert set(notes) == {(True, "summed over disciplines here"), (False, "")}
    assert {row["unit"] for row in rows} == {"count", "pounds"}
    assert {row["period"] for row in rows} == {str(year) for year in range(2018, 2025)}


@pytest.mark.real_data
def test_the_investment_programme(open_published):
    table = table_of(open_published(PROGRAMME), "ace-investment-programme")
    assert table.rejected == ()
    assert total(table.rows, "ace-investment-programme-organisations") == 985
    assert total(table.rows, "ace-investment-programme-organisations", "E08000025") == 43
    funding = total(table.rows, "ace-investment-programme-annual-funding", "E08000025")
    assert funding > 20e6
    assert set(table.rows.column("period").to_pylist()) == {"2023/24 - 25/26"}


def test_amounts_that_are_none_and_years_that_are_none(made_csv):
    header = ["Local authority", "year", "Main discipline", "awards", "total"]
    rows = [["Ipswich", 2019, "Theatre", n, 1000 * n] for n in range(1, 9)]
    rows += [["Ipswich", 2019, "Music", "", 5000], ["Ipswich", "soon", "Music", 1, 5000]]
    rows += [["", 2019, "Music", 1, 1]]
    table = table_of(made_csv([header, *rows]), "ace-project-grants")
    assert total(table.rows, "ace-project-grants-awarded", "E07000202") == 36
    assert total(table.rows, "ace-project-grants-total", "E07000202") == 36_000
    assert sorted((one.row, one.column) for one in table.rejected) == [
        (10, "awards"), (11, "Local authority"), (12, "Local authority")]
