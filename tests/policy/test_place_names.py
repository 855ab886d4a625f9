"""Council names put to codes, by the day the name was held."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.policy.place_names import council_named, plain


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Knowsley", "E08000011"),
        ("Bristol, City of", "E06000023"),
        ("City of Bristol", "E06000023"),
        ("Bristol", "E06000023"),
        ("Herefordshire, County of", "E06000019"),
        ("Kingston upon Hull", "E06000010"),
        ("Newcastle Upon Tyne", "E08000021"),
        ("St Helens", "E08000013"),
        ("St. Helens", "E08000013"),
        ("King_s Lynn and West Norfolk", "E07000146"),
        ("King's Lynn & West Norfolk", "E07000146"),
        ("Shepway", "E07000112"),
        ("Dorset Council", "E06000059"),
        ("Ipswich Borough Council", "E07000202"),
        ("Trafford Metropolitan Borough Council", "E08000009"),
        ("Somerset Council", "E06000066"),
        ("Copeland", "E07000029"),
        ("Kent County Council", "E10000016"),
        ("City of London", "E09000001"),
        ("London Borough of Camden", "E09000007"),
        ("Cardiff", "W06000015"),
        ("London", ""),
        ("Austria", ""),
        ("0", ""),
        ("", ""),
    ],
)
def test_a_name_has_a_code_or_none(name, code):
    assert council_named(name) == code


@pytest.mark.parametrize(
    ("name", "day", "code"),
    [
        ("Somerset", date(2021, 7, 1), "E10000027"),
        ("Somerset", date(2023, 4, 1), "E06000066"),
        ("Dorset", date(2019, 3, 31), "E10000009"),
        ("Dorset", date(2019, 4, 1), "E06000059"),
        ("North Yorkshire", date(2022, 12, 31), "E10000023"),
        ("Buckinghamshire", date(2019, 12, 31), "E10000002"),
        ("Barnsley", date(2023, 12, 31), "E08000016"),
        ("Barnsley", date(2025, 4, 1), "E08000038"),
        ("Poole", date(2021, 7, 1), "E06000029"),
        ("Cumberland", date(2019, 7, 1), "E06000063"),
    ],
)
def test_the_day_tells_councils_of_one_name_apart(name, day, code):
    assert council_named(name, on=day) == code


def test_a_kind_can_be_asked_for():
    assert council_named("Kent", kinds=("district",)) == ""
    assert council_named("Somerset", on=date(2021, 7, 1), kinds=("district",)) == "E06000066"


@given(st.text(max_size=40))
def test_any_text_is_answered(name):
    assert council_named(name) == council_named(f" {name.upper().lower()} ") or name != name.upper().lower()
    assert plain(plain(name)) == plain(name)
