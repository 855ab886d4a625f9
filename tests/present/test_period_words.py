"""Periods as published become periods as people say them, and nothing else is touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.lake.readers.periods import UnknownPeriod, period
from commonweal.present.period_words import said


@pytest.mark.parametrize(("published", "words"), [
    ("04/2020-03/2021", "April 2020 to March 2021"),
    ("01/2020-12/2020", "January to December 2020"),
    ("2015 - 17", "2015 to 2017"), ("1998 - 02", "1998 to 2002"), ("2019-2021", "2019 to 2021"),
    ("2022/23 - 24/25", "2022/23 to 2024/25"), ("2023/2024", "2023/24"), ("2023/24", "2023/24"),
    ("2023-07-01/P1M", "July 2023"), ("2023-04-01/P1Y", "2023/24"), ("2023-01-01/P1Y", "2023"),
    ("2023-11-01/P3M", "November 2023 to January 2024"), ("2023-04-01/P3M", "April to June 2023"),
    ("2019-07", "July 2019"), ("Sept 2023", "September 2023"), ("Jan 2024", "January 2024"),
    ("mid-2024", "mid-2024"), ("2025 (data of 2022)", "2025 (data of 2022)"), ("2021", "2021"), ("", ""),
    ("13/2020-03/2021", "13/2020-03/2021"), ("2019-13", "2019-13"), ("2012-13", "2012/13"),
])
def test_a_period_is_said_as_people_say_it(published, words):
    assert said(published) == words


@given(st.text(max_size=30))
def test_any_text_is_said_without_harm(text):
    assert isinstance(said(text), str)


@given(st.integers(1990, 2030), st.integers(1, 12), st.integers(1, 12))
def test_months_in_words_are_the_same_months(year, first, last):
    published = f"{first:02d}/{year}-{last:02d}/{year + 1}"
    try:
        before = period(published)
    except UnknownPeriod:
        return
    after = period(said(published))
    assert (before.start, before.end) == (after.start, after.end)
