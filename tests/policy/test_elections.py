"""Election timetables against those that councils and the Electoral Commission published."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.policy.elections import (
    bank_holidays,
    easter_sunday,
    election_rules,
    is_working_day,
    latest_notice,
    ordinary_polling_day,
    period_of,
)


@pytest.mark.parametrize(("poll", "notice"), [
    (date(2025, 5, 1), date(2025, 3, 25)),     # Electoral Commission timetable 2025; Stroud
    (date(2023, 5, 4), date(2023, 3, 27)),     # Local Government Association 2023
    (date(2024, 11, 20), date(2024, 10, 16)),  # North Yorkshire, North ward, Skipton
    (date(2025, 2, 13), date(2025, 1, 9)),     # North Yorkshire, Nunnington
])
def test_the_notice_is_due_when_published_timetables_say(poll, notice):
    assert latest_notice(poll) == notice


@pytest.mark.parametrize(("year", "day"), [(2023, 4), (2024, 2), (2025, 1), (2026, 7), (2027, 6)])
def test_the_ordinary_day_is_the_first_thursday_in_may(year, day):
    assert ordinary_polling_day(year) == date(year, 5, day)


@pytest.mark.parametrize(("year", "day"), [
    (2019, date(2019, 4, 21)), (2024, date(2024, 3, 31)), (2025, date(2025, 4, 20)), (2038, date(2038, 4, 25)),
])
def test_easter(year, day):
    assert easter_sunday(year) == day


@pytest.mark.parametrize("day", [
    date(2022, 1, 3), date(2022, 6, 2), date(2023, 5, 8), date(2021, 12, 27), date(2021, 12, 28),
    date(2026, 12, 28),
])
def test_bank_holidays_that_moved_or_were_proclaimed(day):
    assert day in bank_holidays(day.year)


def test_a_day_that_gave_its_holiday_away_is_worked():
    assert is_working_day(date(2022, 5, 30))


@given(st.dates(date(2020, 1, 1), date(2060, 12, 31)))
def test_there_are_always_as_many_working_days_between(poll):
    notice = latest_notice(poll)
    between = sum(is_working_day(notice + timedelta(days=n)) for n in range((poll - notice).days))
    assert between == 25
    assert is_working_day(notice)
    assert period_of(poll).holds(poll)
    assert not period_of(poll).holds(poll + timedelta(days=1))


def test_every_rule_is_cited_and_says_whether_it_was_checked():
    for rule in election_rules():
        assert rule.citation
        assert rule.checked or rule.verification == "unchecked"
