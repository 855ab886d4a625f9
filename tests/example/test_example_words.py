"""The example's words tell one story: eight agreed, one disputed, one retired, two that wait."""

from __future__ import annotations

import time

import pytest

from commonweal.core.models import Partnership, Person
from commonweal.core.viewer import viewer_of
from commonweal.core.waiting import waiting_for
from commonweal.knowledge.models import TermState
from commonweal.knowledge.queries.history import changes_between, history_of
from commonweal.knowledge.queries.terms import explain
from commonweal.knowledge.queries.words import own_words, term_record


@pytest.fixture
def larkmere(example_records) -> Partnership:
    return Partnership.objects.get(end=None)


def viewer(email: str):
    return viewer_of(Person.objects.get(email=email))


def test_a_dozen_words_have_come_as_far_as_the_story_says(larkmere):
    officer = viewer("officer@larkmere.example")
    words = own_words(officer, larkmere.pk)
    counted = {state: sum(one.state == state for one in words) for state in TermState}
    assert counted == {
        TermState.AGREED: 8, TermState.DISPUTED: 1, TermState.PROPOSED: 2, TermState.RETIRED: 1,
        TermState.BROUGHT: 0,
    }
    assert words[0].state == TermState.DISPUTED
    told = explain(officer, "The hard-to-reach are users too.", larkmere.pk)
    assert [one.label for one in told if one.agreed] == ["Seldom heard", "Person who uses a service"]


def test_the_history_shows_what_changed_and_who_signed(larkmere):
    officer = viewer("officer@larkmere.example")
    newest, first = history_of(officer, term_record(officer, larkmere.pk, "seldom-heard"))
    assert [change.what for change in newest.changes][:2] == ["Word", "In plain words"]
    assert newest.changes == changes_between(first.word, newest.word)
    assert len(newest.signatures) == 5
    assert first.agreed_at is None
    assert newest.agreed_at is not None
    customer, _ = history_of(officer, term_record(officer, larkmere.pk, "customer"))
    assert customer.retires
    assert customer.agreed_at is not None


def test_only_those_who_may_sign_are_asked_to(larkmere):
    def asked(email: str) -> list[str]:
        return [one.title for one in waiting_for(viewer(email), larkmere.pk) if "agree what" in one.title]

    assert len(asked("secretary@larkmeretrust.example")) == 3
    assert len(asked("chair@larkva.example")) == 1
    assert asked("member@larkmere.example") == []


def test_the_words_are_made_quickly(larkmere):
    began = time.perf_counter()
    own_words(viewer("officer@larkmere.example"), larkmere.pk)
    assert time.perf_counter() - began < 1
