"""The data interface passes nothing over: what it is asked it uses, or it says in a sentence what is wrong."""

from __future__ import annotations

import math
import re
from functools import cache
from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.world import signed_in

from commonweal.needs.pages.weights import weights_from
from commonweal.needs.queries.need_index import WeightsWrong, domains
from commonweal.web.api import api

PARTS = [domain.key for domain in domains()]
ASSESSMENT = "/api/places/Z07000001/assessment"
ODD = ("NaN", "inf", "-1", "1e9", "101", "0x1F", "٣", "1.234", "", " ", "many", "1;2", "\0", "9" * 400)
CODE, ID = "Z07000001", "0192f0c4-6a1e-7c3b-9d52-1f4f6a7b8c9d"
KEYS = {"code": CODE, "which": "published", "dataset": "x", "slug": "need", "item": ID, "need": ID}


@cache
def addresses(partnership: str) -> list[str]:
    """Every address of the interface that is read."""
    described = api.get_openapi_schema(path_prefix="/api/")["paths"]
    keys = {**KEYS, "partnership": partnership}
    read = [one for one, ways in described.items() if "get" in ways]
    return [re.sub(r"{(\w+)}", lambda found: keys.get(found[1], ID), one) for one in read]


def detail(answer) -> str:
    said = answer.json()["detail"]
    assert isinstance(said, str)
    assert said.endswith((".", "?"))
    return said


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("path", [ASSESSMENT, "/api/places/Z07000001/findings"])
def test_a_weight_that_is_none_is_refused_by_name(pages, path, odd):
    answer = pages.get(path, {"weights": f"health:40,money:{odd}"})
    assert answer.status_code == 400
    assert "The weight of “money” cannot be" in detail(answer)
    assert "from 0 to 100" in detail(answer)


@pytest.mark.parametrize(("weights", "words"), [
    ("NaN", "The parts are health, money, reach, community and learning"), ("", "not a part of need"),
    ("health:1,health:2", "twice"), ("health:0,money:0.00", "Every weight is 0"), ("dogs:3", "“dogs”"),
    ("health:1,", "not a part of need"),
])
def test_weights_that_name_no_part_are_refused(pages, weights, words):
    answer = pages.get(ASSESSMENT, {"weights": weights})
    assert answer.status_code == 400
    assert words in detail(answer)


def test_other_weights_are_used_and_stand_in_the_answer(pages):
    usual = pages.get(ASSESSMENT).json()
    other = pages.get(ASSESSMENT, {"weights": "health:30, reach:90"}).json()
    assert usual != other
    assert "0.25" in str(usual)
    assert "0.75" in str(other)
    assert pages.get("/api/places/Z07000001/findings", {"weights": "reach:1"}).status_code == 200


PAIRS = st.tuples(st.sampled_from([*PARTS, "dogs", ""]), st.text(max_size=8) | st.floats().map(str))


@given(st.lists(PAIRS, max_size=6))
@example([("health", "nan")])
def test_any_weights_are_read_or_refused_and_never_passed_over(said):
    text = ",".join(f"{part}:{number}" for part, number in said)
    try:
        found = weights_from(text)
    except WeightsWrong:
        return
    assert set(found) <= set(PARTS)
    assert all(math.isfinite(one) and 0 <= one <= 100 for one in found.values())
    assert sum(found.values()) > 0
    assert len(found) == text.count(":")


def test_every_address_refuses_what_it_does_not_know_and_what_stands_twice(pages):
    every = addresses(ID)
    assert len(every) > 10
    for path in every:
        answer = pages.get(path, {"wieghts": "NaN"})
        assert answer.status_code == 400, path
        assert "no parameter called “wieghts”" in detail(answer)
    assert "Give it once" in detail(pages.get("/api/places?q=Larkmere&q=Fenby"))


NAMED = ("q", "weights", "which", "after", "perspective", "text", "limit")


@pytest.fixture
def browsers(world):
    return Client(), signed_in(world.admin())


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_string_breaks_an_address_and_no_number_is_passed_over(pages, browsers, world, data):
    browser = data.draw(st.sampled_from(browsers))
    path = data.draw(st.sampled_from(addresses(str(world.partnership.pk))))
    name = data.draw(st.sampled_from(NAMED) | st.text(min_size=1, max_size=6))
    value = data.draw(st.sampled_from(ODD) | st.text(max_size=30) | st.floats().map(str) | st.integers().map(str))
    asked = f"{path}?{quote(name, errors='replace')}={quote(value, errors='replace')}"
    answer = browser.get(asked)
    assert answer.status_code < 500, asked
    if answer.status_code >= 400:
        detail(answer)
    elif re.fullmatch(r"[-+]?[0-9.]+|nan|inf", value.strip(), re.IGNORECASE):
        assert name in ("q", "text"), asked  # texts, in which a number is searched for as it stands
