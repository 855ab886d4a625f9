"""Fingertips in the short files made of it and as published in about 27 columns."""

from __future__ import annotations

from datetime import date

import pyarrow.compute as pc
import pytest

from commonweal.lake.readers.fingertips import dataset_of, read
from commonweal.lake.readers.fingertips_known import OTHER, indicator, known_datasets
from commonweal.lake.recognise import load_readers

REGISTRY = load_readers()
HEALTH = "05_participation_health/"
INACTIVE = "percentage-of-physically-inactive-adults"
TEN = ("area_code", "area_name", "area_type", "period", "indicator", "measure", "unit", "value",
       "compared_to_England", "inequality")
OFFICIAL = (
    "Indicator ID", "Indicator Name", "Parent Code", "Parent Name", "Area Code", "Area Name", "Area Type",
    "Sex", "Age", "Category Type", "Category", "Time period", "Value", "Lower CI 95.0 limit",
    "Upper CI 95.0 limit", "Lower CI 99.8 limit", "Upper CI 99.8 limit", "Count", "Denominator", "Value note",
    "Recent Trend", "Compared to England value or percentiles", "Compared to Region value or percentiles",
    "Column not used", "Time period Sortable", "New data", "Compared to goal",
)


def one_table(opened):
    (table,) = tuple(read(opened))
    return table


def official_row(**given):
    usual = {
        "Indicator ID": "93015", "Indicator Name": "Percentage of physically inactive adults",
        "Area Code": "E08000011", "Area Name": "Knowsley", "Area Type": "UA",
        "Sex": "Persons", "Age": "19+ yrs", "Time period": "2024/25",
        "Value": "27.2", "Lower CI 95.0 limit": "23.1", "Upper CI 95.0 limit": "31.6", "Count": "1,234",
        "Denominator": "4536.5", "Compared to England value or percentiles": "Worse",
    }
    return [{**usual, **given}.get(name, "") for name in OFFICIAL]


def with_code(rows, code, **also):
    kept = pc.equal(rows.column("area_code"), code)
    for name, value in also.items():
        kept = pc.and_(kept, pc.equal(rows.column(name), value))
    return rows.filter(kept).to_pylist()


# --- the short kind ---------------------------------------------------------------------------------

FILES = [
    ("active_adults", "active-adults", 3089), ("inactive_adults", "inactive-adults", 3089),
    ("active_children", "active-children", 2514), ("overweight_adult", "overweight-adult", 3089),
    ("obese_year6", "obese-year6", 3671), ("adults_depression", "adults-depression", 3011),
    ("adults_smoking_manual", "adults-smoking-manual", 5390), ("life_expectancy", "life-expectancy", 5516),
    ("healthy_life_expectancy", "healthy-life-expectancy", 2128),
    ("inequality_life_expectancy", "inequality-life-expectancy", 4752), ("mortality_rate", "mortality-rate", 9801),
    ("neet", "neet", 168), ("children_poverty", "children-poverty", 213),
    ("school_readiness", "school-readiness", 96),
    ("claimant_count", "claimant-count", 1300), ("adults_walking_or_cycling", "adults-walking-or-cycling", 136),
    ("fairly_active_adults", "fairly-active-adults", 119),
    ("social_care_satisfaction", "social-care-satisfaction", 187),
]


@pytest.mark.real_data
@pytest.mark.parametrize(("stem", "dataset", "count"), FILES)
def test_every_row_of_a_published_file_is_read(open_published, stem, dataset, count):
    opened = open_published(f"{HEALTH}fingertips_{stem}.csv")
    assert dataset_of(opened) == f"fingertips-{dataset}"
    table = one_table(opened)
    assert (table.rows.num_rows, table.rejected) == (count, ())
    assert pc.all(pc.not_equal(table.rows.column("unit"), "")).as_py()


@pytest.mark.real_data
@pytest.mark.promise("N2")
@pytest.mark.parametrize(
    ("code", "value"),
    [("E08000011", 27.2), ("E08000005", 29.2), ("E08000026", 29.6), ("E08000010", 28.8), ("E07000202", 22.6),
     ("E06000020", 20.6), ("E06000055", 18.8), ("E06000063", 21.8)],
)
def test_inactive_adults_of_the_latest_year(open_published, code, value):
    rows = one_table(open_published(f"{HEALTH}fingertips_inactive_adults.csv")).rows
    (row,) = with_code(rows, code, period="2024/25")
    assert (row["value"], row["indicator"], row["unit"]) == (value, INACTIVE, "percent")
    assert row["note"].startswith("compared with England: ")
    assert (row["period_start"], row["period_end"]) == (date(2024, 11, 1), date(2025, 11, 1))


@pytest.mark.real_data
def test_abolished_districts_stay_beside_the_new_ones(open_published):
    rows = one_table(open_published(f"{HEALTH}fingertips_inactive_adults.csv")).rows
    assert with_code(rows, "E07000029", period="2015/16")
    assert not with_code(rows, "E07000029", period="2024/25")
    latest = rows.filter(pc.and_(pc.equal(rows.column("period"), "2024/25"),
                                 pc.equal(rows.column("area_kind"), "district")))
    assert latest.num_rows == 296


@pytest.mark.real_data
def test_sex_stands_in_either_column(open_published):
    rows = one_table(open_published(f"{HEALTH}fingertips_life_expectancy.csv")).rows
    assert set(rows.column("sex").to_pylist()) == {"male", "female"}
    assert set(rows.column("category").to_pylist()) == {""}
    rows = one_table(open_published(f"{HEALTH}fingertips_mortality_rate.csv")).rows
    assert set(rows.column("sex").to_pylist()) == {"persons", "male", "female"}
    assert set(rows.column("unit").to_pylist()) == {"rate_100000"}


@pytest.mark.real_data
def test_quintiles_are_a_category_and_wards_are_wards(open_published):
    rows = one_table(open_published(f"{HEALTH}fingertips_obese_year6.csv")).rows
    assert rows.filter(pc.equal(rows.column("category_type"), "deprivation quintile")).num_rows == 60
    assert rows.filter(pc.equal(rows.column("area_kind"), "ward")).num_rows == 21
    assert rows.filter(pc.equal(rows.column("area_kind"), "county")).num_rows == 80
    years = set(rows.filter(pc.equal(rows.column("period"), "2020/21 - 24/25")).column("period_end").to_pylist())
    assert years == {date(2025, 9, 1)}


@pytest.mark.real_data
def test_what_is_not_available_keeps_its_mark(open_published):
    rows = one_table(open_published(f"{HEALTH}fingertips_active_children.csv")).rows
    missing = rows.filter(pc.is_null(rows.column("value")))
    assert missing.num_rows == 640
    assert set(missing.column("note").to_pylist()) == {"NA"}


@pytest.mark.real_data
def test_counts_and_shares_have_their_own_units(open_published):
    rows = one_table(open_published(f"{HEALTH}fingertips_claimant_count.csv")).rows
    units = {row["indicator"]: row["unit"] for row in rows.to_pylist()}
    share = "claimants-as-a-proportion-of-residents-aged-16-64"
    assert units == {"claimant-count": "people", share: "percent"}


def short(*rows, header=TEN):
    return [list(header), *map(list, rows)]


KNOWSLEY = ("E08000011", "Knowsley", "UA", "2024/25", "Percentage of physically inactive adults", "Percentage",
            "Persons", "27.2", "Worse", "NA")


def test_a_short_file_of_other_indicators_goes_to_the_others(made_csv):
    row = list(KNOWSLEY)
    row[4] = "Percentage of adults who sing"
    opened = made_csv(short(row, [*row[:3], "2023/24", *row[4:]]))
    assert dataset_of(opened) == OTHER
    (first, _) = one_table(opened).rows.to_pylist()
    assert (first["indicator"], first["unit"]) == ("percentage-of-adults-who-sing", "percent")


def test_a_file_of_several_data_sets_goes_to_the_others(made_csv):
    row = list(KNOWSLEY)
    opened = made_csv(short(row, [*row[:4], "Percentage of physically active adults", *row[5:]]))
    assert dataset_of(opened) == OTHER


@pytest.mark.parametrize(
    ("place", "cell", "column", "says"),
    [(0, "Knowsley", "area code", "not an area code"), (3, "lately", "period", "not a period"),
     (7, "lots", "value", "not a number")],
)
def test_what_cannot_be_read_is_named(made_csv, place, cell, column, says):
    row = list(KNOWSLEY)
    row[place] = cell
    others = [[f"E080000{n:02}", *KNOWSLEY[1:]] for n in range(1, 10)]
    table = one_table(made_csv(short(*others, row)))
    assert table.rows.num_rows == 9
    (out,) = table.rejected
    assert (out.row, out.column) == (11, column)
    assert says in out.reason
    assert cell in out.reason


def test_a_column_more_is_another_file(made_csv):
    assert dataset_of(made_csv(short((*KNOWSLEY, "x"), header=(*TEN, "geography")))) == ""


def test_a_workbook_of_the_short_kind_is_known(made_workbook):
    opened = made_workbook({"notes": [["made by hand"]], "data": short(KNOWSLEY)})
    assert dataset_of(opened) == "fingertips-inactive-adults"
    assert one_table(opened).rows.num_rows == 1


# --- as published --------------------------------------------------------------------------------------


def test_the_published_file_is_read_by_name(made_csv):
    opened = made_csv([OFFICIAL, official_row(), official_row(**{
        "Area Code": "E92000001", "Area Name": "England", "Area Type": "England", "Value": "21.1"})])
    assert dataset_of(opened) == "fingertips-inactive-adults"
    (knowsley, england) = sorted(one_table(opened).rows.to_pylist(), key=lambda row: row["area_code"])
    assert knowsley["indicator"] == INACTIVE
    assert (knowsley["value"], knowsley["lower95"], knowsley["upper95"]) == (27.2, 23.1, 31.6)
    assert (knowsley["count"], knowsley["denominator"]) == (1234.0, 4536.5)
    assert (knowsley["sex"], knowsley["age"], knowsley["unit"]) == ("persons", "19+ yrs", "percent")
    assert england["area_kind"] == "country"


@pytest.mark.parametrize(
    "header",
    [
        [name.replace("to Region", "to England") for name in OFFICIAL],
        [name.replace("to Region", "to CCGs (from Apr 2021)") for name in OFFICIAL],
        [name for name in OFFICIAL if name != "Column not used"],
        [*OFFICIAL, "Time period range", "Compared to Counties & UAs value or percentiles"],
        ["Gender" if name == "Sex" else name for name in OFFICIAL],
    ],
)
def test_columns_that_come_and_go_do_not_matter(made_csv, header):
    cells = dict(zip(OFFICIAL, official_row(), strict=True)) | {"Gender": "Persons"}
    header = [name if header.count(name) == 1 else f"{name} " for name in header]
    opened = made_csv([header, [cells.get(name.strip(), "") for name in header]])
    assert dataset_of(opened) == "fingertips-inactive-adults"
    assert one_table(opened).rows.to_pylist()[0]["value"] == 27.2


def test_the_number_of_an_indicator_outlasts_its_name(made_csv):
    row = official_row(**{"Indicator Name": "Physical inactivity, adults (new name)"})
    opened = made_csv([OFFICIAL, row])
    assert dataset_of(opened) == "fingertips-inactive-adults"
    assert one_table(opened).rows.to_pylist()[0]["indicator"] == INACTIVE


def test_groups_keep_their_category(made_csv):
    deciles = "LSOA21 deprivation deciles in England (IMD2025)"
    group = {"Category Type": deciles, "Category": "Most deprived decile"}
    row = one_table(made_csv([OFFICIAL, official_row(**group), official_row()])).rows.to_pylist()
    assert {(one["category_type"], one["category"]) for one in row} == {
        ("", ""), (deciles, "Most deprived decile")}


def test_suppressed_stays_suppressed_with_the_publishers_words(made_csv):
    note = "Value suppressed for disclosure control due to small count"
    row = official_row(Value="", Count="", **{"Value note": note, "Lower CI 95.0 limit": ""})
    (read_row,) = one_table(made_csv([OFFICIAL, official_row(**{"Area Code": "E08000012"}), row])).rows.filter(
        pc.field("area_code") == "E08000011").to_pylist()
    assert (read_row["value"], read_row["count"], read_row["lower95"]) == (None, None, None)
    assert read_row["note"] == note


def test_an_area_listed_under_two_parents_counts_once(made_csv):
    again = official_row(**{"Parent Code": "E12000002", "Parent Name": "North West"})
    table = one_table(made_csv([OFFICIAL, official_row(), again]))
    assert table.rows.num_rows == 1
    (out,) = table.rejected
    assert out.row == 3
    assert "a row above" in out.reason


def test_practices_are_not_areas_here(made_csv):
    table = one_table(made_csv([OFFICIAL, official_row(), official_row(**{"Area Code": "A81001"})]))
    assert [one.row for one in table.rejected] == [3]


# --- what is known of indicators -----------------------------------------------------------------------


def test_every_known_data_set_has_a_reader():
    assert {*known_datasets(), OTHER} <= set(REGISTRY)
    assert len(known_datasets()) == 18


@pytest.mark.parametrize(
    ("name", "unit"),
    [("Deaths, rate per 100,000", "rate_100000"), ("Cases per 1,000", "rate_1000"),
     ("Smoking prevalence", "percent"), ("Life expectancy at 65", "years"), ("Something counted", "")],
)
def test_the_unit_of_others_is_read_from_their_name(name, unit):
    assert (indicator(name).dataset, indicator(name).unit) == (OTHER, unit)
