"""Research on what culture and sport do: every entry cited, graded by the rule, and both bearings held."""

from copy import deepcopy

import pytest

from commonweal.policy.contributions import ContributionWrong, contributions, contributions_of

ROW = {
    "key": "one", "theme": "older", "bearing": "for", "claim": "It may help.", "design": "chance",
    "weaknesses": [], "rests_on": "1 trial", "year": 2020, "source": "Somebody",
    "address": "", "verification": "abstract read",
}
CONTENT = {
    "designs": {"chance": {"title": "Trial", "start": "B", "reason": "By chance."}},
    "weaknesses": {"few": "Few people.", "bias": "Could mislead.", "late": "Old.", "odd": "Odd."},
    "bearings": {"for": {"title": "Speaks for it", "tone": "green"}},
}


def content(**changed):
    return {**deepcopy(CONTENT), "contributions": [{**ROW, **changed}]}


@pytest.mark.parametrize(("weaknesses", "grade"), [
    ([], "B"), (["few"], "C"), (["few", "bias"], "D"), (["few", "bias", "late"], "E"),
    (["few", "bias", "late", "odd"], "E"),
])
def test_each_weakness_costs_a_letter_and_gives_its_reason(weaknesses, grade):
    found, = contributions_of(content(weaknesses=weaknesses))
    assert found.grade == grade
    assert found.reasons == ("By chance.", *(CONTENT["weaknesses"][one] for one in weaknesses))


@pytest.mark.parametrize(("changed", "word"), [
    ({"design": "guess"}, "design guess"), ({"bearing": "hope"}, "bearing hope"),
    ({"weaknesses": ["few", "dull"]}, "weakness dull"),
])
def test_an_entry_that_names_nothing_known_is_refused(changed, word):
    with pytest.raises(ContributionWrong, match=word):
        contributions_of(content(**changed))


def test_an_entry_without_a_source_is_refused():
    row = {name: value for name, value in ROW.items() if name != "source"}
    with pytest.raises(ContributionWrong, match="lacks source"):
        contributions_of({**CONTENT, "contributions": [row]})


def test_two_entries_of_one_key_are_refused():
    with pytest.raises(ContributionWrong, match="same key"):
        contributions_of({**CONTENT, "contributions": [ROW, ROW]})


def test_what_is_held_is_cited_dated_and_of_every_bearing():
    found = contributions()
    assert {one.bearing for one in found} == {"for", "mixed", "against"}
    for one in found:
        assert all((one.source, one.rests_on, one.verification))
        assert 2000 <= one.year <= 2026
        assert not one.address or one.address.startswith("https://")
    grades = {one.key: one.grade for one in found if one.theme == "older"}
    assert grades == {"falls-exercise": "A", "falls-dance": "C"}
