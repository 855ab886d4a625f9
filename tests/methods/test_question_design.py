"""Slips of questions as textbooks show them; and how many people overlapping counts may be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.measures.question_rules import content, looked_at
from commonweal.methods.arrays import MethodError
from commonweal.methods.people_bounds import different_people
from commonweal.methods.question_design import slips_of

GOOD = ("Very satisfied", "Fairly satisfied", "Neither", "Fairly dissatisfied", "Very dissatisfied", "Do not know")


@pytest.mark.parametrize(("question", "answers", "keys"), [
    ("How satisfied are you with the hall?", GOOD, []),
    ("How satisfied are you with the price and the opening hours?", GOOD, ["double"]),
    ("Do you do sport and physical activity?", (), []),
    ("Don't you think that the festival was excellent?", (), ["leading", "negative"]),
    ("How much has dancing improved your mood?", (), ["assuming"]),
    ("Do you agree that it should not be unlawful to not open?", (), ["two-negatives"]),
    ("How many days did you walk?", (), ["no-period"]),
    ("How many days did you walk in the last week?", (), []),
    ("How was it?", ("Excellent", "Very good", "Good", "Poor", "Do not know"), ["unbalanced", "no-middle"]),
    ("It was good.", ("Agree", "Neither", "Disagree", "Not sure"), ["agree"]),
    ("How old are you?", ("0-16", "16-24", "30-40", "Prefer not to say"), ["gap", "overlap"]),
    ("Which?", ("Red", "Blue"), ["no-way-out"]),
])
def test_a_question_breaks_the_rules_it_breaks_and_no_other(question, answers, keys):
    found = {one.key for one in slips_of(question, answers, content()["words"])}
    assert sorted(found) == sorted(keys)


def test_every_slip_has_words_for_what_it_is_and_how_it_is_mended():
    assert [one.title for one in looked_at("Why do you like it and how often do you come?", ())][:2] == [
        "It may ask two things at once", "It takes for granted that something changed"]
    assert all({"title", "why", "mend"} <= set(rule) for rule in content()["rules"].values())


@given(st.text(max_size=200), st.lists(st.text(max_size=30), max_size=12))
def test_anything_can_be_looked_at(question, answers):
    known = content()["rules"]
    assert all(one.key in known for one in slips_of(question, tuple(answers), content()["words"]))


@pytest.mark.parametrize(("counts", "everybody", "bounds"), [
    ((), None, (0, 0)), ((31,), None, (31, 31)), ((31, 40, 12), None, (40, 83)), ((31, 40, 12), 60, (40, 60)),
])
def test_people_of_counts_that_may_overlap(counts, everybody, bounds):
    assert different_people(counts, everybody=everybody) == bounds
    with pytest.raises(MethodError):
        different_people((*counts, -1))
