"""Every file of the law's data keeps its schema, and every condition speaks of facts that there are."""

import json
import re
from datetime import date
from importlib.resources import files
from itertools import pairwise

import jsonschema
import pytest

from commonweal.policy.myths import myths, myths_about, myths_at, myths_numbered
from commonweal.policy.procurement_facts import Facts, questions
from commonweal.policy.procurement_law import (
    LawIsMalformed,
    _marked,
    _rule,
    address_of,
    in_force,
    law_content,
    notices,
    regimes,
    rules,
    thresholds,
    ways_lighter,
)

FOLDER = files("commonweal.policy") / "data" / "procurement"
SCHEMA = json.loads((FOLDER / "procurement.schema.json").read_text("utf-8"))
NAMES = sorted(entry.name.removesuffix(".yaml") for entry in FOLDER.iterdir() if entry.name.endswith(".yaml"))


def checked(name, content):
    whole = {**SCHEMA["files"][name], "$defs": SCHEMA["$defs"]}
    jsonschema.Draft202012Validator(whole).validate(json.loads(json.dumps(content, default=str)))


@pytest.mark.parametrize("name", NAMES)
def test_every_file_keeps_its_schema(name):
    checked(name, law_content(name))


@pytest.mark.parametrize("spoilt", [
    {"when": {"regime": ["pa2022"]}}, {"when": {"colour": ["red"]}}, {"when": {"gross": {"about": 5}}},
    {"when": {}},
    {"when": {"above": [True, False]}}, {"when": {"begun": {"under": "soon"}}}, {"verification": "?"},
    {"sort": "hint"},
])  # fmt: skip
def test_a_slip_in_a_rule_is_caught(spoilt):
    row = law_content("rules")["rules"][0] | spoilt
    with pytest.raises(jsonschema.ValidationError):
        checked("rules", law_content("rules") | {"rules": [row] * 60})


def test_conditions_speak_of_facts_that_there_are():
    known = set(Facts.__dataclass_fields__) | {"regime", "above", "gross", "lower_2015", "under_services"}
    asked = [rule.when for rule in rules()] + [row.when for row in ways_lighter()]
    asked += [row.when for one in notices() for row in (*one.cases, *one.exempt)]
    assert {name for when in asked for name in when} <= known
    assert {one.key for one in questions()} == set(Facts.__dataclass_fields__)


def test_every_row_says_since_when():
    assert all(isinstance(rule.since, date) for rule in rules())
    assert next(rule for rule in rules() if rule.key == "kpis").since == date(2025, 2, 24)


@pytest.mark.parametrize(("spoilt", "said"), [
    ({"sort": "hint"}, "unknown sort"), ({"when": {"buyer": ["charity"]}, "since": None}, "since when"),
])
def test_a_malformed_row_is_refused(spoilt, said):
    with pytest.raises(LawIsMalformed, match=said):
        _rule(law_content("rules")["rules"][0] | spoilt)


@pytest.mark.parametrize("spoilt", [{"citation": ""}, {"verification": "maybe"}])
def test_a_row_without_citation_or_mark_is_refused(spoilt):
    with pytest.raises(LawIsMalformed, match="citation"):
        _marked(law_content("rules")["rules"][0] | spoilt)


def test_all_seventeen_notices_are_there_with_who_when_and_exemptions():
    assert [one.code for one in notices()] == [f"UK{n}" for n in range(1, 18)]
    assert all(one.who and one.cases and one.exempt for one in notices())


def test_no_key_is_twice():
    keys = [rule.key for rule in rules()] + [case.key for one in notices() for case in one.cases]
    assert len(keys) == len(set(keys))


def test_the_thresholds_leave_no_day_out():
    edges = [(one.ends.toordinal() + 1, later.begins.toordinal()) for rows in (regimes(), thresholds())
             for one, later in pairwise(rows)]
    assert all(end == begin for end, begin in edges)
    assert in_force(thresholds(), date(2005, 1, 1)) is None


@pytest.mark.parametrize(("citation", "end"), [
    ("Procurement Act 2023 s53", "/ukpga/2023/54/section/53"),
    ("Procurement Act 2023 ss12 and 13", "/ukpga/2023/54/section/12"),
    ("Procurement Act 2023 part 6", "/ukpga/2023/54/part/6"), ("SI 2024/692 sch 1", "/uksi/2024/692/schedule/1"),
    ("PCR 2015 regs 74-76", "/uksi/2015/102/regulation/74"), ("PCR 2015 part 4 ch 8", "/uksi/2015/102/part/4"),
    ("PCR 2006 reg 31", "/uksi/2006/5/regulation/31"), ("Procurement Act 2023; SI 2024/692", "/ukpga/2023/54"),
    ("SI 2025/1200; PPN 023", "/uksi/2025/1200"),
])  # fmt: skip
def test_a_citation_leads_to_its_text(citation, end):
    assert address_of(citation) == f"https://www.legislation.gov.uk{end}"


def test_what_is_no_statute_leads_nowhere():
    assert address_of("PPN 005") == ""


def test_forty_myths_are_found_by_words_and_by_number():
    assert [one.number for one in myths()] == list(range(1, 41))
    assert {one.number for one in myths_about("local")} >= {14, 15}
    assert myths_about("LOCAL competition") == tuple(one for one in myths_about("local") if one.number in (14, 15))
    assert myths_about("zebra") == ()
    assert len(myths_about("  ")) == 40
    assert [one.number for one in myths_numbered((9, 4))] == [9, 4]
    assert not myths_numbered((18,))[0].checked


def test_every_myth_is_shown_where_the_mistake_would_be_made():
    places = law_content("myths")["places"]
    source = files("commonweal")
    used = {name for page in source.rglob("*.html")
            for name in re.findall(r'{% believed "([a-z-]+)" %}', page.read_text("utf-8"))}
    assert used | {"decide"} == set(places)      # the form of a decision is shared, and is told its step
    shown = {number for one in questions() for number in one.myths}
    shown |= {one for row in places.values() for one in row}
    assert shown == {one.number for one in myths()}
    assert all(myths_at(place) for place in places)


def test_every_question_shows_myths_that_there_are():
    assert all(myths_numbered(one.myths) or not one.myths for one in questions())
