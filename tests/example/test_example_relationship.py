"""The invented council and trust have scored how they work together twice, and kept no score."""

from __future__ import annotations

from commonweal.core.models import Person
from commonweal.core.viewer import viewer_of
from commonweal.knowledge.models import PrivateScore
from commonweal.knowledge.queries.relationship import pairings_for


def test_the_example_has_scored_twice_and_one_topic_stayed(example_records):
    officer = viewer_of(Person.objects.get(email="officer@larkmere.example"))
    (home,) = officer.partnerships()
    (pair,) = pairings_for(officer, home)
    assert [one.number for one in pair.drawn] == [2, 1]
    assert "What is asked of each other" in pair.drawn[0].gone
    assert "Money and its risks" in pair.drawn[0].stayed
    assert {one.done_on is None for one in pair.actions} == {True, False}
    assert PrivateScore.objects.count() == 0
