"""Groups with too few answers: joined under the name of what they became, or said not to be heard."""

from __future__ import annotations

from types import SimpleNamespace

import pyarrow as pa
import pytest

from commonweal.lake.surveys.words import Use
from commonweal.needs.content import read
from commonweal.needs.evidence_grade import n_words
from commonweal.needs.pages.survey import heard_table
from commonweal.needs.queries import survey_weights
from commonweal.needs.queries.survey_population import MakeUp
from commonweal.needs.queries.surveys import _covers

WARDS = {f"Ward {at}": 100.0 for at in range(1, 23)}
BANDS = {"16 to 24": 100.0, "25 to 34": 200.0, "35 to 64": 400.0, "65 and over": 300.0}


def weighed(monkeypatch, use: Use, people: dict[str, float], answers: dict[str, int]):
    made = MakeUp(use, people, "everybody", "2024", "Estimates")
    monkeypatch.setattr(survey_weights, "make_up", lambda land, use, groups: made)
    cells = [group for group, count in answers.items() for _ in range(count)]
    return survey_weights.weigh(pa.table({use.value: cells}), SimpleNamespace())


@pytest.mark.parametrize(("people", "answers", "shares"), [
    (BANDS, {"16 to 24": 4, "25 to 34": 20, "35 to 64": 60, "65 and over": 40},
     {"16 to 34": 0.3, "35 to 64": 0.4, "65 and over": 0.3}),
    (BANDS, {"16 to 24": 20, "25 to 34": 20, "35 to 64": 60, "65 and over": 4},
     {"16 to 24": 0.1, "25 to 34": 0.2, "35 and over": 0.7}),
    (BANDS, {"16 to 24": 1, "25 to 34": 2, "35 to 64": 60, "65 and over": 40},
     {"16 to 64": 0.7, "65 and over": 0.3}),
    ({"16 to 24": 100.0, "35 to 64": 600.0, "65 and over": 300.0},
     {"16 to 24": 20, "35 to 64": 60, "65 and over": 40}, {"16 to 24": 0.1, "25 to 64": 0.6, "65 and over": 0.3}),
])
def test_a_joined_band_is_called_by_all_its_ages(monkeypatch, people, answers, shares):
    found = weighed(monkeypatch, Use.AGE, people, answers)
    assert {one.group: one.share_people for one in found.heard} == pytest.approx(shares)
    assert [one.group for one in found.heard] == list(shares)
    assert sum(one.answered for one in found.heard) == sum(answers.values())


def test_wards_that_did_not_answer_are_counted_and_the_base_is_said(monkeypatch):
    found = weighed(monkeypatch, Use.AREA, WARDS, {f"Ward {at}": 30 for at in range(1, 9)})
    assert found.said[0].startswith("14 of 22 wards did not answer, or too few there did: 64% of the people")
    lines = heard_table(SimpleNamespace(weighted=found))
    assert lines.rows[0][0] == "Ward (8 of 22 heard): Ward 1"
    assert any("of the other 8 wards alone" in note for note in lines.notes)
    assert [_covers(one, found) for one in ("whole", "part", "wider")] == ["part", "part", "wider"]
    nearly = weighed(monkeypatch, Use.AREA, WARDS, {f"Ward {at}": 30 for at in range(1, 22)})
    assert _covers("whole", nearly) == "whole"


def test_a_small_miss_is_not_said_and_what_is_done_in_passing_is_folded(monkeypatch):
    miss = SimpleNamespace
    raked = SimpleNamespace(weights=[1.0], held=3, missed=tuple(
        miss(margin=read("survey")["titles"]["area"].lower(), group=group, reached=reached, target=0.06)
        for group, reached in (("Hollows", 0.055), ("Harbour", 0.09), ("Marsh", 0.01))))
    monkeypatch.setattr(survey_weights, "rake", lambda *_, **__: raked)
    made = MakeUp(Use.AREA, {"Harbour": 1.0, "Marsh": 1.0}, "everybody", "2024", "Estimates")
    fit = survey_weights._Fit(made, ["Harbour", None], dict(made.people))
    _, said, also = survey_weights._raked(2, [fit])
    assert [line.split("“")[1].split("”")[0] for line in said] == ["Marsh", "Harbour"]
    assert "2% of the weighted answers, 12% of the people" in said[0]  # of those whose ward is known
    assert len(also) == 1


@pytest.mark.parametrize(("kind", "asked", "words"), [
    ("survey", 900, "1,140 answered of 900 asked"), ("petition", None, "1,140 signed"),
    ("records", None, "1,140 records"),
])
def test_a_number_is_in_the_word_of_its_kind(kind, asked, words):
    assert n_words(kind, 1140, asked) == words
