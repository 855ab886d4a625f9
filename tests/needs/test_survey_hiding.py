"""What a survey says by group tells of nobody, whatever is taken from whatever."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from commonweal.lake.surveys.reading import Asked
from commonweal.lake.surveys.words import Use
from commonweal.needs.queries.survey_results import question_results


def asked_of(groups, answers):
    table = pa.table({"q": answers, "score": [float(len(one)) for one in answers]})
    asked = (Asked("q", "More?", Use.SINGLE), Asked("score", "How much?", Use.SCALE))
    return question_results(table, asked, np.ones(len(answers)), tuple(groups))


def test_what_few_answered_cannot_be_had_by_taking_away():
    """All less the groups that are known is what one person without a group said."""
    said = (["Yes"] * 15 + ["No"] * 15) * 2
    choice, scale = asked_of(["F"] * 30 + ["M"] * 29 + [None], said)
    assert [one.label for one in choice.groups] == ["F", "M", "Not said"]
    assert {reading for one in choice.groups for reading in one.readings} == {None}
    assert [one.answered for one in choice.groups] == [30, 29, None]
    assert scale.mean is not None
    assert sum(one.readings != (None,) for one in scale.groups) == 1  # two are hidden, so that neither is told


def test_a_group_and_all_together_do_not_tell_of_two():
    """18 answered and 16 said yes: shown beside one another they say that two said no."""
    groups = ["A"] * 18 + ["B"] * 60
    choice, _ = asked_of(groups, ["Yes"] * 16 + ["No"] * 2 + ["Yes"] * 30 + ["No"] * 30)
    assert choice.groups[0].readings == (None, None)
