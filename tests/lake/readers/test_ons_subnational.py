"""Sheets of the ONS Subnational indicators explorer, with five rows above their header."""

from __future__ import annotations

from datetime import date

import pyarrow.compute as pc
import pytest

from commonweal.lake.readers.ons_subnational import (
    is_dictionary,
    is_sheet,
    read_dictionary,
    read_sheet,
    slug_of,
    unit_of,
)

HEALTH = "05_participation_health/"


def sheet(indicator, when, header, *rows, width=6):
    above = [["Indicator:", indicator, "(Back to data dictionary)"], ["Date: ", when], ["Coverage:", "UK"],
             ["Geography:", "Counties and Unitary Authorities, 2020"], []]
    return [[*row, *[""] * (width - len(row))] for row in (*above, header, *rows)]


HLE = sheet(
    "Female healthy life expectancy", "2017-2019",
    ["Area Code", "Area", "Female healthy life expectancy", "HLE Lower CI", "HLE Upper CI", "Notes"],
    ["E06000001", "Hartlepool", "57.4", "55.5", "59.3", ""],
    ["E06000053", "Isles of Scilly", "na", "na", "na", ""],
    ["E10000021", "lacu:Northamptonshire", "63.6", "61.6", "65.5", "Obsolete code since 2021"],
    *([f"E080000{n:02}", f"District {n}", f"6{n % 10}.1", "59.9", "70.2", ""] for n in range(1, 21)),
)


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("name", "slug", "hartlepool"),
    [("Life_satisfaction", "ons4-life-satisfaction", 7.33), ("Anxiety", "ons4-anxiety", 3.39)],
)
def test_a_published_sheet(open_published, name, slug, hartlepool):
    opened = open_published(f"{HEALTH}ons_subnational_{name}.csv")
    assert is_sheet(opened)
    (table,) = read_sheet(opened)
    assert (table.rows.num_rows, table.rejected) == (382, ())
    rows = {row["area_code"]: row for row in table.rows.to_pylist()}
    first = rows["E06000001"]
    assert (first["indicator"], first["value"], first["unit"]) == (slug, hartlepool, "mean_0_10")
    assert (first["period"], first["period_start"]) == ("04/2020-03/2021", date(2020, 4, 1))
    assert first["period_end"] == date(2021, 4, 1)


@pytest.mark.real_data
def test_notes_say_what_replaced_a_code(open_published):
    (table,) = read_sheet(open_published(f"{HEALTH}ons_subnational_Life_satisfaction.csv"))
    rows = {row["area_code"]: row for row in table.rows.to_pylist()}
    assert rows["E07000004"]["note"] == "Obsolete code since 2020 (replaced by E06000060 Buckinghamshire)"
    corby = rows["E07000150"]
    assert corby["value"] is None
    assert corby["note"] == "na; Obsolete code since 2021 (replaced by E06000061 North Northamptonshire)"


@pytest.mark.real_data
def test_the_dictionary_gives_definitions_and_polarity(open_published):
    opened = open_published(f"{HEALTH}ons_subnational_Data_dictionary.csv")
    assert is_dictionary(opened)
    assert not is_sheet(opened)
    (table,) = read_dictionary(opened)
    rows = {row["indicator"]: row for row in table.rows.to_pylist()}
    assert len(rows) == 25
    assert rows["ons4-anxiety"]["polarity"] == "Low is good"
    assert rows["ons4-life-satisfaction"]["polarity"] == "High is good"
    assert rows["ons4-happiness"]["definition"] == "The average rating of those that felt happy yesterday."
    assert rows["ons-subnational-adult-18-overweight-and-obesity-prevalence"]["unit"] == "percent"


def test_limits_sex_and_counties(made_csv):
    (table,) = read_sheet(made_csv(HLE))
    hartlepool, scilly, county = table.rows.to_pylist()[:3]
    assert (hartlepool["value"], hartlepool["lower95"], hartlepool["upper95"]) == (57.4, 55.5, 59.3)
    assert (hartlepool["sex"], hartlepool["unit"]) == ("female", "years")
    assert (hartlepool["period_start"], hartlepool["period_end"]) == (date(2017, 1, 1), date(2020, 1, 1))
    assert (scilly["value"], scilly["note"]) == (None, "na")
    assert (county["area_kind"], county["note"]) == ("county", "Obsolete code since 2021")


def test_limits_of_99_8_are_left(made_csv):
    header = ["Area Code", "Area", "Overweight or obese %", "Lower CI 95.0 limit", "Upper CI 95.0 limit",
              "Lower CI 99.8 limit"]
    rows = sheet("Adult (18+) overweight and obesity prevalance", "2019/20", header,
                 ["E06000001", "Hartlepool", "73.0", "68.7", "77.3", "65.8"],
                 *([f"E080000{n:02}", f"District {n}", "71.7", "67.4", "76.1", "65.0"] for n in range(1, 21)))
    (table,) = read_sheet(made_csv(rows))
    first = table.rows.to_pylist()[0]
    assert (first["lower95"], first["upper95"], first["unit"]) == (68.7, 77.3, "percent")
    assert first["indicator"] == "ons-subnational-adult-18-overweight-and-obesity-prevalence"


def test_a_date_nobody_can_read_keeps_every_row_out_and_says_why(made_csv):
    (table,) = read_sheet(made_csv([[*row[:1], "lately", *row[2:]] if row[0].startswith("Date") else row
                                    for row in HLE]))
    assert table.rows.num_rows == 0
    assert {(one.column, one.reason) for one in table.rejected} == {
        ("Date", 'not a period that can be read: "lately"')}


def test_provisional_dates_are_read():
    assert unit_of("Gross median weekly pay", "Pounds") == "pounds"
    assert slug_of("Average  anxiety rating") == "ons4-anxiety"


def test_a_plain_table_of_areas_is_not_a_sheet(made_csv):
    assert not is_sheet(made_csv([["Area Code", "Area", "Value"], ["E06000001", "Hartlepool", "1"]]))


@pytest.mark.real_data
def test_periods_and_kinds_are_filled(open_published):
    (table,) = read_sheet(open_published(f"{HEALTH}ons_subnational_Anxiety.csv"))
    assert set(table.rows.column("area_kind").to_pylist()) == {"district"}
    assert pc.sum(pc.is_null(table.rows.column("period_start"))).as_py() == 0
