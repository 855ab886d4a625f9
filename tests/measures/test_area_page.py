"""Whether an area changed: refused where the dose is too small or the data too short, else said."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from tests.methods.test_interrupted import ACES

SICILY = {"counts": "\n".join(map(str, ACES)), "people": "380000", "began": "37", "reached": "380000",
          "in_year": "12"}


@pytest.mark.django_db
@pytest.mark.parametrize(("change", "words"), [
    ({}, "the number was 11% below what the trend before would have given"),
    ({"reached": "60"}, "the number could move by 0.0% at most, and this series can tell"),
    ({"counts": "3\n4\n5", "began": "2"}, "8 points before it began"),
    ({"counts": "3\nmany"}, "number 2 cannot be read"),
    ({"reached": "999999"}, "check the two numbers"),
    ({"began": "900"}, "must be 600 or less"),
])
def test_a_series_says_what_it_can_bear(change, words):
    page = Client().post(reverse("measures:area-change"), SICILY | change).content.decode()
    assert words in page


@pytest.mark.django_db
@pytest.mark.parametrize(("areas", "words"), [
    ("1, 3, yes\n2, 5, yes\n3, 4, yes\n1, 1, no\n2, 3, no\n3, 3, no", "can be told from chance: +1.67"),
    ("1, 9, yes\n2, 10, yes\n3, 11, yes\n1, 1, no\n2, 2, no\n3, 3.1, no", "Areas reached changed by +7.97"),
    ("1, 3, yes\n2, 5, no", "3 areas at least on each side"),
    ("1, 3, perhaps", "Line 1 cannot be read"),
])
def test_several_areas_are_set_beside_each_other(areas, words):
    page = Client().post(reverse("measures:area-change"), {"areas": areas}).content.decode()
    assert words in page
