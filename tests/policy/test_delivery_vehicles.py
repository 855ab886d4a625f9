"""The catalogue of vehicles and the gates: whole, cited, and honest about what nobody checked."""

from __future__ import annotations

import copy
import json
from importlib.resources import files

import pytest
import yaml
from django.test import Client
from django.urls import reverse
from jsonschema import Draft202012Validator, FormatChecker

from commonweal.policy.decision_gates import GateWrong, gates, gates_for, gates_of
from commonweal.policy.delivery_vehicles import UNCHECKED, CatalogueWrong, Claim, Kind, catalogue, catalogue_of

FOLDER = files("commonweal.policy") / "data" / "options"


def content(name):
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8"))


@pytest.mark.parametrize("name", ["vehicles", "gates"])
def test_each_file_fits_its_schema(name):
    schema = json.loads((FOLDER / f"{name}.schema.json").read_text("utf-8"))
    plain = json.loads(json.dumps(content(name), default=str))
    problems = list(Draft202012Validator(schema, format_checker=FormatChecker()).iter_errors(plain))
    assert not problems, problems[0].message


@pytest.mark.parametrize("key", [
    "in-house", "trust-existing", "contractor", "mutual", "co-op", "consortium", "shared-service",
    "community-library", "asset-transfer", "grant", "latc", "joint-venture", "parish", "agency", "stop",
])
def test_every_vehicle_that_was_asked_for_is_there_with_its_sources(key):
    row = catalogue().one(key)
    assert row is not None
    assert row.sources
    assert all(one.where.startswith("https://") for one in row.sources)


def test_libraries_have_vehicles_redesigns_and_stopping():
    rows = catalogue().fitting("libraries")
    assert sum(row.kind is Kind.VEHICLE for row in rows) >= 10
    assert sum(row.kind is Kind.REDESIGN for row in rows) >= 5
    assert [row.key for row in rows if row.kind is Kind.STOP] == ["stop"]


def test_those_that_serve_most_of_what_is_sought_come_first():
    rows = catalogue().fitting("libraries", ("voice", "building"))
    served = [len({"voice", "building"} & set(row.aims)) for row in rows]
    assert served == sorted(served, reverse=True)
    assert served[0] == 2


def test_what_nobody_checked_says_so():
    unverified = [one for row in catalogue().rows for one in (row.vat, row.rates, row.award) if one.unverified]
    assert len(unverified) < len(catalogue().claims) / 10
    assert all(one.standing == UNCHECKED for one in (*unverified, Claim("Said", "K")))
    cited = [one for one in catalogue().claims if one.verification in "VS"]
    assert all(one.sources for one in cited)


@pytest.mark.parametrize(("part", "value"), [("for", "moon"), ("aims", "glory"), ("sources", "hearsay")])
def test_a_row_that_names_what_is_not_there_is_refused_in_words(part, value):
    wrong = copy.deepcopy(content("vehicles"))
    wrong["rows"][0][part] = [value]
    with pytest.raises(CatalogueWrong, match=f"in-house names {value}"):
        catalogue_of(wrong)


@pytest.mark.parametrize(("said", "words"), [
    ({"verification": "yes"}, "in-house, vat does not say how far"),
    ({"verification": "S"}, "does not say where"), ({"verification": "V", "from": ["trowers"]}, "names none"),
    ({"verification": "S", "from": ["hearsay"]}, "no source called hearsay"),
])
def test_a_claim_that_does_not_bear_out_its_mark_is_refused_in_words(said, words):
    wrong = copy.deepcopy(content("vehicles"))
    wrong["rows"][0]["vat"] = {"says": "No VAT at all.", **said}
    with pytest.raises(CatalogueWrong, match=words):
        catalogue_of(wrong)


def test_keys_are_held():
    twice = copy.deepcopy(content("vehicles"))
    twice["rows"].append(twice["rows"][0])
    with pytest.raises(CatalogueWrong, match="same key"):
        catalogue_of(twice)


def test_the_gates_are_those_a_decision_needs():
    assert [one.key for one in gates()] == [
        "equality", "consultation", "libraries", "finance", "legal", "authority", "interests",
    ]
    assert {one.key for one in gates() if one.may_not_apply} == {"equality", "consultation", "libraries"}
    assert [one.key for one in gates_for("leisure")] == [one.key for one in gates() if one.key != "libraries"]
    assert len(next(one for one in gates() if one.key == "consultation").fields) == 4     # the Gunning principles


@pytest.mark.parametrize(("change", "words"), [
    ({"law": ""}, "lacks its law"), ({"verification": "?"}, "lacks its law"),
    ({"fields": [{"key": "a", "kind": "photo", "label": "A", "hint": ""}]}, "no known kind"),
])
def test_a_gate_that_does_not_fit_is_refused_in_words(change, words):
    wrong = content("gates")
    wrong["gates"][0] |= change
    with pytest.raises(GateWrong, match=words):
        gates_of(wrong)


def test_two_gates_of_one_key_are_refused():
    wrong = content("gates")
    wrong["gates"].append(wrong["gates"][0])
    with pytest.raises(GateWrong, match="same key"):
        gates_of(wrong)


@pytest.mark.promise("A2")
def test_anybody_finds_the_ways_to_run_a_library_and_what_each_needs_suits_and_risks(db):
    client = Client()
    page = client.get(reverse("options:vehicles"), {"service": "libraries", "aim": ["voice", "nonsense"]})
    shown = page.content.decode()
    for words in ("for libraries", "Community-run library", "Public service mutual", "Consortium of local groups",
                  "Shared service with other councils", "Go out to people", "Stop, close or sell",
                  "Serves: let local people decide"):
        assert words in shown
    assert "Commercial operator" not in shown
    shown = client.get(reverse("options:vehicle", args=["community-library"])).content.decode()
    for words in ("It suits", "It needs", "What may go wrong", "VAT", "Business rates", "How it is awarded",
                  "VATGPB8750", "comprehensive and efficient"):
        assert words in shown
    shown = client.get(reverse("options:vehicle", args=["agency"])).content.decode()
    assert "old by others" in shown
    assert client.get(reverse("options:vehicle", args=["moon-base"])).status_code == 404
    told = client.get("/api/delivery-vehicles?service=libraries").json()
    assert {"in-house", "stop"} <= {one["key"] for one in told}
