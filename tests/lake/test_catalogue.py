"""The catalogue's files fit their schema and say whose every data set is."""

import importlib
import json
import pkgutil

import jsonschema
import pytest
import yaml

from commonweal.lake import catalogue, readers
from commonweal.lake.catalogue import load
from commonweal.lake.readers.base import REGISTRY


def schema(name):
    return json.loads((load.FOLDER / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", load.themes(), ids=lambda path: path.stem)
def test_each_theme_fits_the_schema(path):
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    checker = jsonschema.Draft202012Validator(schema("catalogue.schema.json"))
    found = checker.iter_errors(data)
    problems = [f"{list(error.absolute_path)}: {error.message}" for error in found]
    assert problems == []


def test_licences_fit_their_schema():
    data = yaml.safe_load((load.FOLDER / "licences.yaml").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema("licences.schema.json")).validate(data)


@pytest.mark.parametrize("name", ["catalogue.schema.json", "licences.schema.json"])
def test_the_schemas_are_schemas(name):
    jsonschema.Draft202012Validator.check_schema(schema(name))


def test_every_reader_is_in_the_catalogue():
    for module in pkgutil.iter_modules(readers.__path__):
        importlib.import_module(f"{readers.__name__}.{module.name}")
    missing = sorted(set(REGISTRY) - set(catalogue.entries()))
    assert missing == []


def test_every_entry_is_a_citation():
    for one in catalogue.entries().values():
        words = one.provenance
        assert words.title, one.dataset
        assert words.licence
        assert words.address.startswith("https://")
        if one.licence.key.startswith("ogl3"):
            assert "licensed under the Open Government Licence" in words.attribution or "©" in words.attribution


def test_addresses_that_could_not_be_tried_say_so():
    assert {one.checked for one in catalogue.entries().values()} == {"unchecked"}


def test_an_unknown_key_is_a_sentence():
    with pytest.raises(catalogue.NotInCatalogue) as caught:
        catalogue.entry("weather")
    assert str(caught.value) == "'weather' is not in the catalogue of data sets"


def test_the_same_key_twice_is_refused(tmp_path, monkeypatch):
    for name in ("licences.yaml", "geography.yaml"):
        (tmp_path / name).write_text((load.FOLDER / name).read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "again.yaml").write_text((load.FOLDER / "geography.yaml").read_text(encoding="utf-8"))
    monkeypatch.setattr(load, "FOLDER", tmp_path)
    load.entries.cache_clear()
    try:
        with pytest.raises(ValueError, match="in the catalogue twice"):
            load.entries()
    finally:
        load.entries.cache_clear()
