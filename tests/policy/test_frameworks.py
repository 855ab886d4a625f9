"""Outcome frameworks: every row cited and whole, or said to be unknown; a wrong row is named."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from math import sqrt

import pytest

from commonweal.policy.frameworks import FrameworkWrong, framework_of, frameworks, indicators_by_key

ROW = {"key": "a", "title": "A", "numerator": "Those", "denominator": "All", "survey": "S", "unit": "%",
       "better": "higher"}
CONTENT = {
    "key": "f", "title": "F", "publisher": "P", "from": date(2020, 1, 1), "place": "E", "source": "S",
    "address": "https://e.example/", "verification": "read", "note": "N", "minimum": "M", "indicators": [ROW],
}


def test_those_of_2008_have_ended_and_stand_whole():
    found = {one.key: one for one in frameworks()}
    assert [one.key for one in found["ni-2008"].indicators] == [f"ni-2008/NI{n}" for n in range(6, 12)]
    assert not found["ni-2008"].in_force(date(2026, 11, 1))
    assert found["ni-2008"].in_force(date(2009, 6, 1))


def test_the_smallest_change_of_sport_follows_the_published_rule():
    sport = indicators_by_key()["ni-2008/NI8"]
    assert sport.minimum_change == round(100 * 1.96 * sqrt(2 * 0.21 * 0.79 / 500), 2)


def test_what_is_not_known_says_so():
    unknown = next(one for one in frameworks() if one.key == "local-outcomes-2026").indicators
    assert all(one.unknown and not one.numerator for one in unknown)


@pytest.mark.parametrize(("change", "words"), [
    ({"note": None, "key": "f"}, None),
    ({"indicators": [{**ROW, "better": "up"}]}, "f/a says up"),
    ({"indicators": [{**ROW, "survey": ""}]}, "f/a lacks"),
    ({"indicators": [{**ROW, "mood": "x"}]}, "mood"),
    ({"indicators": [ROW, ROW]}, "same key"),
    ({"from": "2020"}, "begin on a date"),
    ({"to": date(2019, 1, 1)}, "end after it"),
])
def test_a_wrong_file_is_told_which_row(change, words):
    content = {**deepcopy(CONTENT), **change}
    if words is None:
        del content["note"]
        words = "lacks note"
    with pytest.raises(FrameworkWrong, match=words):
        framework_of(content)
