"""The grade follows from how evidence was gathered, step by step, and says what may not be concluded."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from commonweal.core.figure import Grade
from commonweal.needs.content import read
from commonweal.needs.evidence_grade import LETTERS, Design, grade_of
from commonweal.needs.models import AskedBy, Chosen, Covers, EvidenceKind, Perspective
from commonweal.needs.personal_text import personal_in, warning_for

TODAY = date(2026, 11, 25)
SOUND = Design(
    kind="survey", perspective="community", chosen="random", asked_by="several", covers="whole",
    gathered=date(2026, 6, 30), answered=900, asked=1_500, effective=640.0,
)
MAYBE = st.none() | st.integers(0, 5_000)
DESIGN = st.builds(
    Design, kind=st.sampled_from(EvidenceKind.values), perspective=st.sampled_from(Perspective.values),
    chosen=st.sampled_from(Chosen.values), asked_by=st.sampled_from(AskedBy.values),
    covers=st.sampled_from(Covers.values), gathered=st.none() | st.dates(date(2000, 1, 1), TODAY),
    answered=MAYBE, asked=MAYBE, effective=st.none() | st.floats(0, 5_000),
)


def test_the_rule_is_whole() -> None:
    content = files("commonweal.needs.content")
    schema = json.loads(content.joinpath("evidence_quality.schema.json").read_text("utf-8"))
    rule = json.loads(json.dumps(read("evidence_quality"), default=str))
    problems = list(Draft202012Validator(schema, format_checker=FormatChecker()).iter_errors(rule))
    assert not problems, problems[0].message
    for part, choices in (
        ("kinds", EvidenceKind), ("perspectives", Perspective), ("chosen", Chosen), ("covers", Covers),
        ("asked_by", AskedBy),
    ):
        assert set(rule[part]) == set(choices.values), part


@pytest.mark.parametrize(
    ("changes", "grade", "reason"),
    [
        ({}, "A", "People were chosen at random."),
        ({"chosen": "quota"}, "B", "People were chosen to match the population."),
        ({"effective": 399.9}, "B", "Rests on 100 to 399 answers: shares may be out by up to 10 points."),
        ({"effective": None, "answered": 99, "asked": 150}, "C",
         "Rests on 30 to 99 answers: shares may be out by up to 18 points."),
        ({"effective": 29}, "D", "Rests on fewer than 30 answers: too few to give shares."),
        ({"effective": None, "answered": None}, "D", "Nobody has said how many answered."),
        ({"asked": 2_000}, "B", "Between a fifth and a half of those asked answered."),
        ({"asked": 9_000}, "C", "Fewer than a fifth of those asked answered, and they may differ from the rest."),
        ({"asked": None}, "B", "Nobody has said how many were asked."),
        ({"gathered": date(2023, 6, 30)}, "B", "Three or four years old."),
        ({"gathered": date(2019, 6, 30)}, "C", "Five years old or more."),
        ({"gathered": None}, "B", "Nobody has said when it was gathered."),
        ({"covers": "wider"}, "C", "It is of a wider area than the place."),
        ({"asked_by": "online"}, "B", "People could answer only online."),
        ({"chosen": "open", "asked": None}, "D",
         "Whoever wished could answer, so those who feel most strongly are heard most."),
        ({"kind": "workshop", "chosen": "everybody"}, "C",
         "Notes of a meeting: they show what is thought and why, not by how many."),
        ({"kind": "petition", "chosen": "open"}, "D",
         "A petition: signatures show strength of feeling for one wording."),
    ],
)
def test_each_fact_costs_what_the_rule_says(changes, grade, reason) -> None:
    found = grade_of(replace(SOUND, **changes), today=TODAY)
    assert found.grade == grade
    assert reason in found.quality.reasons


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"chosen": "open"}, "not representative, however it is weighted"),
        ({"kind": "petition"}, "How many people disagree."),
        ({"perspective": "users"}, "What people who do not come think."),
        ({"effective": 60.0}, "How groups differ"),
        ({"covers": "part"}, "the rest of the place"),
        ({"asked_by": "online"}, "people who are not online"),
    ],
)
def test_what_may_not_be_concluded(changes, words) -> None:
    assert not any(words in one for one in grade_of(SOUND, today=TODAY).not_conclude)
    assert any(words in one for one in grade_of(replace(SOUND, **changes), today=TODAY).not_conclude)


@given(DESIGN)
def test_any_design_has_a_grade_with_reasons(design) -> None:
    found = grade_of(design, today=TODAY)
    assert len(found.quality.reasons) >= 3
    best = Grade(read("evidence_quality")["kinds"][design.kind]["best"])
    assert LETTERS.index(found.grade) >= LETTERS.index(best)


@given(DESIGN)
def test_knowing_less_or_choosing_worse_never_lifts_a_grade(design) -> None:
    grade = grade_of(design, today=TODAY).grade
    for worse in ({"gathered": None}, {"covers": "unknown"}, {"asked_by": "unknown"}, {"chosen": "unknown"}):
        if worse == {"gathered": None} and design.gathered and design.gathered.year < 2024:
            continue    # old evidence loses at least as much as evidence of no date
        if worse == {"covers": "unknown"} and design.covers == "wider":
            continue
        if worse == {"chosen": "unknown"} and design.chosen in ("everybody", "random"):
            continue    # these are also held to their response rate
        assert grade_of(replace(design, **worse), today=TODAY).grade >= grade


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ring Mrs Okafor on 01632 960 123.", ["a name", "a telephone number"]),
        ("jo.bloggs+x@club.example said", ["an e-mail address"]),
        ("She lives at zz99 9zz, by the park", ["a postcode"]),
        ("Signed: Jo Bloggs", ["a name"]),
        ("+44 7700 900123", ["a telephone number"]),
        ("In 2024-25, 1,240 of 3,000 people said the price of £4.50 is too high.", []),
        ("The bus comes at 10.15 and there are 00412345 tickets", []),
        ("Year 6 pupils want a skate park. B12 vitamins are not mentioned.", []),
    ],
)
def test_what_may_point_at_a_person_is_found(text, found) -> None:
    assert [one.what for one in personal_in(text)] == found
    warning = warning_for(text)
    assert bool(warning) == bool(found)
    assert not any(text[one.start:one.end] in warning for one in personal_in(text))


@given(st.text())
def test_any_text_is_looked_through(text) -> None:
    for one in personal_in(text):
        assert 0 <= one.start < one.end <= len(text)
