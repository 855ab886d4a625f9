"""The range of answers to a price: dated, cited, in order, and never one number."""

from copy import deepcopy
from importlib.resources import files

import pytest
import yaml

from commonweal.policy.price_answers import PriceAnswersWrong, answers_from, price_answers

DATA = yaml.safe_load((files("commonweal.policy") / "data" / "price_answers.yaml").read_text("utf-8"))


def test_the_file_is_a_range_with_a_middle_and_says_what_it_rests_on():
    found = price_answers()
    assert [one.key for one in found.answers] == ["weak", "middle", "strong"]
    assert found.middle.key == "middle"
    assert found.verification == "assumed"
    assert {one.verification for one in found.accounts} == {"second-hand"}
    whole = [one.people + one.visits for one in found.answers]
    assert min(whole) < -0.2 < max(whole)  # what is told of museums lies within


def changed(*path, value):
    data = deepcopy(DATA)
    *way, last = path
    at = data
    for key in way:
        at = at[key]
    at[last] = value
    return data


@pytest.mark.parametrize(("data", "said"), [
    (changed("answers", value=DATA["answers"][:1]), "odd number"),
    (changed("answers", 0, "people", value=0.5), "0 or below"),
    (changed("answers", value=DATA["answers"][::-1]), "weakest to the strongest"),
    (changed("basis", "verification", value="surely"), "verification is one of"),
    (changed("checked", value="today"), "which day"),
    (changed("accounts", 0, "source", value=" "), "names its source"),
    (changed("accounts", 0, "sourced", value="x"), "misspells"),
    ({}, "lacks"),
])
def test_a_file_that_does_not_fit_is_refused(data, said):
    with pytest.raises(PriceAnswersWrong, match=said):
        answers_from(data)
