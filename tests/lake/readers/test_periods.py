"""Periods in all the styles publishers use."""

from __future__ import annotations

from datetime import date, timedelta

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.lake.readers.periods import UnknownPeriod, period, periods


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2023", "2023-01-01", "2024-01-01"),
        ("2023-04", "2023-04-01", "2023-05-01"),
        ("2023-12", "2023-12-01", "2024-01-01"),
        ("2023-04-01", "2023-04-01", "2023-04-02"),
        ("2023-04-01T00:00:00Z", "2023-04-01", "2023-04-02"),
        ("2023-04-01/P3M", "2023-04-01", "2023-07-01"),
        ("2023-04-01/P1Y", "2023-04-01", "2024-04-01"),
        ("2023-04-01T00:00:00/P12M", "2023-04-01", "2024-04-01"),
        ("2023-04-03/P1W", "2023-04-03", "2023-04-10"),
        ("2015/16", "2015-04-01", "2016-04-01"),
        ("1999/00", "1999-04-01", "2000-04-01"),
        ("2015/2016", "2015-04-01", "2016-04-01"),
        ("2023-24", "2023-04-01", "2024-04-01"),
        ("March 2023", "2023-03-01", "2023-04-01"),
        ("Mar-23", "2023-03-01", "2023-04-01"),
        ("Sept 2008", "2008-09-01", "2008-10-01"),
        ("2015 - 17", "2015-01-01", "2018-01-01"),
        ("2015-17", "2015-01-01", "2018-01-01"),
        ("1998 - 00", "1998-01-01", "2001-01-01"),
        ("2015 to 2017", "2015-01-01", "2018-01-01"),
        ("2020/21 - 24/25", "2020-04-01", "2025-04-01"),
        ("2020-21 to 2022-23", "2020-04-01", "2023-04-01"),
        ("04/2020-03/2021", "2020-04-01", "2021-04-01"),
        ("01/04/2020-31/03/2021", "2020-04-01", "2021-04-01"),
        ("May 2022 to Mar 2023", "2022-05-01", "2023-04-01"),
        ("Jan - Mar 2023", "2023-01-01", "2023-04-01"),
        ("31/12/2020", "2020-12-31", "2021-01-01"),
        ("1/2/2020", "2020-02-01", "2020-02-02"),
        ("15/07/24", "2024-07-15", "2024-07-16"),
        ("14 Apr 2023", "2023-04-14", "2023-04-15"),
        ("1st April 23", "2023-04-01", "2023-04-02"),
        ("Q1 2023/24", "2023-04-01", "2023-07-01"),
        ("2023/24 Q4", "2024-01-01", "2024-04-01"),
        ("2023 Q1", "2023-01-01", "2023-04-01"),
    ],
)
def test_a_period_is_a_label_and_half_open_dates(text, start, end):
    read = period(text)
    assert read.label == text
    assert (read.start, read.end) == (date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize(
    "text",
    ["", "soon", "2023-13", "32/01/2020", "2015/17", "2020/21 - 18/19", "Q5 2020", "2023-02-30", "Smarch 2023",
     "31/12/9999", "9999-12-31", "2023-04-01/p99999999999d", "2023-04-01/p9999999999999y"],
)
def test_what_names_no_period_is_refused_in_words(text):
    with pytest.raises(UnknownPeriod, match="not a period that can be read"):
        period(text)


def test_academic_years_start_in_september():
    assert period("2015/16", year_starts=9).start == date(2015, 9, 1)


def test_a_dash_is_a_month_unless_the_column_holds_years():
    months = periods(pa.array(["2011-12", "2012-01"]))
    assert months.end.to_pylist() == [date(2012, 1, 1), date(2012, 2, 1)]
    years = periods(pa.array(["2011-12", "2012-13"]))
    assert years.start.to_pylist() == [date(2011, 4, 1), date(2012, 4, 1)]
    assert period("2011-12", dash_is_month=False).start == date(2011, 4, 1)


def test_a_column_keeps_its_labels_and_marks_what_it_cannot_read():
    read = periods(pa.chunked_array([["2023", " 2015  - 17 "], ["?", None]]))
    assert read.label.to_pylist() == ["2023", "2015 - 17", "?", ""]
    assert read.bad.to_pylist() == [False, False, True, True]
    assert read.start.to_pylist()[2:] == [None, None]


@given(st.dates(date(1980, 1, 1), date(2060, 12, 31)))
def test_every_day_and_month_comes_back(day):
    assert period(day.strftime("%d/%m/%Y")).start == day
    assert period(day.isoformat()).end == day + timedelta(days=1)
    month = period(f"{day:%B} {day.year}")
    assert month == period(f"{day:%B} {day.year}")
    assert month.start <= day < month.end
    assert (month.start.day, month.end.day) == (1, 1)


@given(st.text(max_size=20))
def test_any_text_is_a_period_or_refused(text):
    try:
        read = period(text)
    except UnknownPeriod:
        return
    assert read.start < read.end
