"""The index of words finds what Python's own reading of the same terms finds, and follows every change."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.apps import apps
from django.db import connection
from tests.needs.test_ambition import BOILER, CLUBS, DANCE

from commonweal.core.viewer import viewer_of
from commonweal.needs.actions.evidence import record_evidence
from commonweal.needs.ambition_words import hit
from commonweal.needs.models import EvidenceItem
from commonweal.needs.word_index import evidence_with, index_evidence

TERMS = (("danc*",), ("boiler",), ("school gate",), ("gate",), ("ask",), ("old*", "club"), ("ance*",), ("two of",),
         ("zebra*",), ("o'clock",), ())


@pytest.fixture
def told(world):
    by = viewer_of(world.admin())
    return [record_evidence(by=by, partnership=world.partnership, told=one)
            for one in (DANCE, CLUBS, replace(BOILER, how_asked="At ten o'clock"))]


def found(terms, most=25):
    return {row.title for row in evidence_with(terms, within=EvidenceItem.objects.all(), most=most)}


@pytest.mark.parametrize("terms", TERMS)
def test_as_python_reads_the_same_terms(told, terms):
    read = {row.title for row in told if hit(terms, f"{row.title} {row.summary} {row.how_asked}")}
    assert found(terms) == read


def test_it_follows_what_is_corrected_and_deleted(told):
    row = told[0]
    row.summary = "They want to swim."
    row.save()
    assert found(("three",)) == set()
    assert found(("swim*",)) == {row.title}
    EvidenceItem.objects.filter(pk=row.pk).delete()
    assert found(("swim*",)) == set()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only on SQLite")
def test_it_is_filled_where_it_lacks_anything(told):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM needs_evidence_words")
    assert found(("danc*",)) == set()
    index_evidence(app_config=apps.get_app_config("needs"), using="default")
    assert found(("danc*",)) == {DANCE.title}


def test_the_newest_come_first_and_no_more_than_asked(told):
    rows = evidence_with(("gate", "old*", "room"), within=EvidenceItem.objects.all(), most=2)
    assert [row.pk for row in rows] == sorted((row.pk for row in told), reverse=True)[:2]
