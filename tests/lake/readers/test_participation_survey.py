"""The Participation Survey: headlines of England, extracts of Newcastle upon Tyne."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from commonweal.lake.readers.participation_survey import is_headlines, is_newcastle, read_headlines, read_newcastle

HEALTH = "05_participation_health/"
HEADLINES = f"{HEALTH}dcms_participation_survey_2023-24_headlines.csv"
EXTRACTS = [(f"{HEALTH}dcms_engagement_participation_survey_23_24_newcastle.csv", 3),
            (f"{HEALTH}dcms_attendance_participation_survey_23_24_newcastle.csv", 12),
            (f"{HEALTH}dcms_participation_survey_23_24_newcastle.csv", 10)]
EXTRACT = ["Description", "Percentage of respondents 2023/24", "2023/24 No. of respondents", "2023/24 Base"]


@pytest.fixture
def headlines(open_published):
    opened = open_published(HEADLINES)
    assert is_headlines(opened)
    assert not is_newcastle(opened)
    tables = tuple(read_headlines(opened))
    assert [table.rejected for table in tables] == [(), ()]
    return pa.concat_tables(table.rows for table in tables)


@pytest.mark.real_data
def test_each_response_has_two_years(headlines):
    assert headlines.num_rows == 174
    assert set(headlines.column("period").to_pylist()) == {"2022/23", "2023/24"}
    assert set(headlines.column("area_code").to_pylist()) == {"E92000001"}
    keys = {tuple(row[name] for name in ("indicator", "period", "category")) for row in headlines.to_pylist()}
    assert len(keys) == 174


@pytest.mark.real_data
def test_per_cent_respondents_and_base(headlines):
    rows = headlines.filter(pc.equal(headlines.column("indicator"), "dcms-participation-attended-any-arts-event"))
    then, now = sorted(rows.to_pylist(), key=lambda row: row["period"])
    assert (now["value"], now["count"], now["denominator"]) == (77.0, 133_080.0, 171_730.0)
    assert (then["value"], then["count"], then["denominator"]) == (71.0, 23_746.0, 33_217.0)
    assert (now["category_type"], now["category"], now["unit"]) == ("", "", "percent")


@pytest.mark.real_data
def test_what_was_not_asked_is_not_a_zero(headlines):
    rows = headlines.filter(pc.equal(headlines.column("category"), "I cannot afford it")).to_pylist()
    then, now = sorted(rows, key=lambda row: row["period"])
    assert (now["value"], now["category_type"]) == (23.0, "response")
    assert (then["value"], then["note"]) == (None, "not asked in this year")
    few = pc.and_(pc.equal(headlines.column("value"), 0.0), pc.is_null(headlines.column("count")))
    assert headlines.filter(few).num_rows == 1


@pytest.mark.real_data
def test_a_response_without_a_name_says_so(headlines):
    blank = headlines.filter(pc.equal(headlines.column("category"), "blank as published"))
    assert set(blank.column("value").to_pylist()) == {10.0, 12.0}


@pytest.mark.real_data
@pytest.mark.parametrize(("path", "count"), EXTRACTS)
def test_newcastles_extracts_are_known_by_their_numbers(open_published, path, count):
    opened = open_published(path)
    assert is_newcastle(opened)
    assert not is_headlines(opened)
    (table,) = read_newcastle(opened)
    assert (table.rows.num_rows, table.rejected) == (count, ())
    assert set(table.rows.column("area_code").to_pylist()) == {"E08000021"}
    assert set(table.rows.column("denominator").to_pylist()) == {643.0}


@pytest.mark.real_data
def test_an_extracts_row(open_published):
    (table,) = read_newcastle(open_published(EXTRACTS[0][0]))
    rows = {row["indicator"]: row for row in table.rows.to_pylist()}
    row = rows["dcms-participation-adults-who-engaged-with-arts-in-person"]
    assert (row["value"], row["count"], row["period"]) == (89.0, 580.0, "2023/24")


def test_an_extract_of_another_place_is_not_taken_for_newcastle(made_csv):
    rows = [["Adults who engaged with arts in person", 90, 412, 460], ["Art exhibition", 20, 95, 460]]
    opened = made_csv([EXTRACT, *rows])
    assert not is_newcastle(opened)
    assert not is_headlines(opened)
