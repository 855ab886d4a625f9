"""The table of the security standard is whole: each requirement once, nothing named that is not there."""

from __future__ import annotations

import importlib.util
import json
from collections import Counter
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

ROOT = Path(__file__).resolve().parents[2]
CHAPTERS = (27, 11, 19, 10, 9, 35, 18, 7, 7, 29, 14, 9, 13, 9, 13, 16, 7)  # levels 1 and 2, V1 to V17
LEVELS = {1: 70, 2: 183, 3: 92}


def tool(name: str):
    """A module of tools/."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


asvs = tool("asvs")


@pytest.fixture(scope="module")
def data():
    return asvs.load()


def test_it_fits_its_schema(data):
    schema = json.loads((asvs.FOLDER / "asvs.schema.json").read_text())
    assert [error.message for error in Draft202012Validator(schema).iter_errors(data)] == []


def test_the_standard_has_as_many_requirements_as_it_has(data):
    known = asvs.levels(data)
    assert Counter(known.values()) == LEVELS
    each = Counter(one.partition(".")[0] for one, level in known.items() if level < 3)
    assert tuple(each[f"V{number}"] for number in range(1, 18)) == CHAPTERS
    assert sum(CHAPTERS) == 253
    assert {known[one] for one in data["adopted"]} == {3}


def test_each_requirement_stands_once_and_what_it_names_is_there(data):
    assert asvs.faults(data) == []


def test_the_page_says_what_the_data_say(data):
    assert (asvs.FOLDER / "asvs.md").read_text("utf-8") == asvs.page(data)


@pytest.mark.parametrize(("change", "sentence"), [
    (lambda rows: rows.pop(0), "V1.1.1 is missing"),
    (lambda rows: rows.append(rows[5]), "stands 2 times"),
    (lambda rows: rows[0].update(id="V1.5.3"), "not of levels 1 and 2"),
    (lambda rows: rows[0].update(tests=["tests/test_house.py::test_gone"]), "there is no test"),
    (lambda rows: rows[0].update(document="docs/assurance/access.md#nowhere"), "no heading"),
])
def test_what_is_wrong_is_found(change, sentence):
    data = asvs.load()
    change(data["requirements"])
    assert any(sentence in one for one in asvs.faults(data))
