"""The bill of materials and the page of licences say what is shipped, and no more."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

ROOT = Path(__file__).resolve().parents[2]
LICENCE = {"type": "object", "oneOf": [
    {"required": ["expression"], "properties": {"expression": {"type": "string"}}},
    {"required": ["license"],
     "properties": {"license": {"oneOf": [{"required": ["id"]}, {"required": ["name"]}]}}},
]}
COMPONENT = {
    "type": "object", "required": ["type", "name", "version", "bom-ref", "purl", "licenses"],
    "properties": {
        "type": {"enum": ["application", "library"]}, "name": {"type": "string", "minLength": 1},
        "version": {"type": "string", "minLength": 1}, "purl": {"pattern": r"^pkg:(pypi|npm)/[^@]+@\S+$"},
        "bom-ref": {"type": "string", "minLength": 1},
        "licenses": {"type": "array", "minItems": 1, "items": LICENCE},
    },
}
SHAPE = {  # the parts of CycloneDX 1.6's schema that we write
    "type": "object",
    "required": ["bomFormat", "specVersion", "serialNumber", "version", "metadata", "components"],
    "properties": {
        "$schema": {"const": "http://cyclonedx.org/schema/bom-1.6.schema.json"},
        "bomFormat": {"const": "CycloneDX"},
        "specVersion": {"const": "1.6"}, "version": {"type": "integer", "minimum": 1},
        "serialNumber": {
            "pattern": r"^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
        },
        "metadata": {"required": ["component"], "properties": {"component": COMPONENT}},
        "components": {"type": "array", "items": COMPONENT, "uniqueItems": True},
        "dependencies": {"type": "array", "items": {"required": ["ref"], "properties": {
            "ref": {"type": "string"}, "dependsOn": {"type": "array", "uniqueItems": True},
        }}},
    },
}


@pytest.fixture(scope="module")
def shipped():
    spec = importlib.util.spec_from_file_location("shipped", ROOT / "tools" / "shipped.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["shipped"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def test_the_bill_of_materials_lists_the_lock(shipped, tmp_path):
    file = tmp_path / "sbom.json"
    assert shipped.main(["sbom", str(file)]) == 0
    bill = json.loads(file.read_text())
    assert [error.message for error in Draft202012Validator(SHAPE).iter_errors(bill)] == []
    text = (ROOT / "requirements/core.txt").read_text()
    lock = set(re.findall(r"^([a-z0-9-]+)==", text, re.MULTILINE))
    named = {one["name"] for one in bill["components"] if one["purl"].startswith("pkg:pypi/")}
    assert named <= lock
    assert {"django", "duckdb", "cryptography"} <= named
    assert lock - named <= {"colorama", "pywin32", "tzdata"}  # of other systems
    references = [one["bom-ref"] for one in bill["components"]]
    assert len(references) == len(set(references))
    told = {bill["metadata"]["component"]["bom-ref"], *references}
    assert {one["ref"] for one in bill["dependencies"]} == told
    assert {to for one in bill["dependencies"] for to in one["dependsOn"]} <= told
    assert shipped.bill() == bill


def test_every_licence_is_known_and_lets_us_ship(shipped):
    for part in shipped.packages() + shipped.vendored():
        words = set(re.split(r" AND | OR ", part.licence.replace("(", "").replace(")", "")))
        assert words <= shipped.SPDX, f"{part.name}: {part.licence}"


def test_what_is_vendored_is_what_the_front_end_builds(shipped):
    built = json.loads((ROOT / "frontend/package.json").read_text())["devDependencies"]
    for part in shipped.vendored():
        assert built[part.name] == part.version
    for file in re.findall(r"licence_file: (\S+)", (ROOT / "docs/assurance/vendored.yaml").read_text()):
        assert (ROOT / file).stat().st_size > 200


def test_the_page_of_licences_is_what_is_shipped(shipped):
    """Only names and licences: a version for another Python than this one's may stand on the page."""
    def rows(text: str) -> list[tuple[str, str]]:
        return re.findall(r"^\| ([^|]+) \| [^|]+ \| ([^|]+?) \|", text, re.MULTILINE)

    assert rows(shipped.PAGE.read_text("utf-8")) == rows(shipped.page())
