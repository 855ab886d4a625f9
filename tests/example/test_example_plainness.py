"""What is written about the worked example is read by those it is for; its team is found and written to."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document
from tests.world import signed_in

from commonweal.core.models import Partnership, Person
from commonweal.core.viewer import viewer_of
from commonweal.methods.readability import reading
from commonweal.procurement.models import TeamBrief
from commonweal.procurement.queries.consortium import teams_for

PUBLIC, OFFICERS = 13, 15      # years of age: the limits that words are held to as well (policy/glossary)
ENOUGH = 90                    # words; the formula means nothing for fewer


def keys(*more):
    return [Partnership.objects.get(end=None).pk, *more, "docx"]


def commission():
    return TeamBrief.objects.get().commission_id


WRITTEN = [
    ("", "knowledge:case-file", lambda: ["knowsley-shared-definition-of-need", "docx"], PUBLIC),
    ("", "needs:toolkit", lambda: ["docx"], PUBLIC),
    ("", "knowledge:seeds-file", lambda: ["docx"], PUBLIC),
    ("director", "procurement:team-letter", lambda: keys(commission()), PUBLIC),
    ("officer", "procurement:rules-file", lambda: ["docx"], OFFICERS),
    ("officer", "needs:statement-file", keys, OFFICERS),
    ("officer", "needs:services-file", keys, OFFICERS),
    ("officer", "priorities:outcomes-file", keys, OFFICERS),
    ("officer", "procurement:commission-file", lambda: keys(commission()), OFFICERS),
    ("officer", "procurement:specification-file", lambda: keys(commission()), OFFICERS),
]


@pytest.mark.promise("P4")
@pytest.mark.parametrize(("who", "route", "args", "limit"), WRITTEN, ids=[one[1] for one in WRITTEN])
def test_documents_can_be_read_by_those_they_are_for(example_records, who, route, args, limit):
    browser = signed_in(Person.objects.get(email__startswith=f"{who}@")) if who else Client()
    answer = browser.get(reverse(route, args=args()))
    assert answer.status_code == 200
    lines = [one.text for one in Document(io.BytesIO(answer.content)).paragraphs]
    prose = "\n\n".join(one for one in lines if len(one.split()) > 5 and one.rstrip().endswith((".", "?", "!")))
    found = reading(prose)
    print(f"{route}: {found.age:.1f} years, {found.words} words")
    assert found.words >= ENOUGH
    assert found.age <= limit


@pytest.mark.promise("V4")
def test_the_team_for_the_commission_is_found_and_its_partners_are_written_to(example_records):
    """By one who is willing: the best team is proven, and a letter invites each of the others in it by name."""
    person = Person.objects.get(email="director@larkva.example")
    here = Partnership.objects.get(end=None).pk
    found = teams_for(viewer_of(person), here, commission())
    team = found.ours or found.best
    assert team is not None
    assert found.best.gap <= 1e-4
    assert len(team.partners) >= 2
    answer = signed_in(person).get(reverse("procurement:team-letter", args=keys(commission())))
    paper = Document(io.BytesIO(answer.content))
    text = "\n".join([one.text for one in paper.paragraphs] + [
        cell.text for table in paper.tables for cell in table._cells])
    for partner in team.partners:
        assert partner.ours or partner.name in text
