"""What a score points to: chosen on the form without scripts, shown with its page, frozen with the decision."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse
from docx import Document
from tests.access import appraisal as made
from tests.access import theory
from tests.world import signed_in

from commonweal.core import clock
from commonweal.core.actions.recording import saved
from commonweal.core.errors import CommonwealError, NotFound, Refused
from commonweal.core.permissions import Role
from commonweal.core.viewer import viewer_of
from commonweal.knowledge.cases import library
from commonweal.needs.actions.evidence import Told, place_evidence, record_evidence, withdraw_evidence
from commonweal.needs.models import KeptAssessment, KeptAssessmentVersion
from commonweal.options.actions.choosing import Chosen, choose_option
from commonweal.options.actions.judging import ScoreSaid, score_option
from commonweal.options.grounds import Ref
from commonweal.options.models import ChoiceVersion, Ground, GroundKind
from commonweal.options.pages.appraisal import bare
from commonweal.options.queries.appraisal import appraisal_for
from commonweal.options.queries.choice import choice_for
from commonweal.options.queries.grounds import CLOSED, offered
from commonweal.priorities.actions.theory import remove_link

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
FINDING = "Inactive adults fell, but not in the north."


@pytest.fixture(autouse=True)
def then(settings, tmp_path):
    settings.VAR = tmp_path
    with clock.fixed(NOW):
        yield


@pytest.fixture
def by(world):
    return viewer_of(world.admin())


def evidence(world, by, title="At the desk", *, placed=True):
    told = Told(title=title, kind="interviews", perspective="users", summary="They want to dance.")
    item = record_evidence(by=by, partnership=world.partnership, told=told)
    return place_evidence(by=by, partnership=world.partnership, item=item.pk) if placed else item


def kept(world):
    whole = saved(KeptAssessment(partnership=world.partnership, place_code="E07000999", place_name="Testshire"))
    frozen = json.dumps({"assessment": {"findings": [{"headline": FINDING}]}})
    return saved(KeptAssessmentVersion(
        partnership=world.partnership, identity=whole, number=1, kept_by=world.admin(), reason="For March",
        headline="x", store_version="1", method_version="1", digest="d" * 64, frozen=frozen))


def pointed(by, row, *refs, note=""):
    option, reach = row.options.get(title="Trust"), row.criteria.get(title="Reach")
    ninety = Decimal(90)
    score_option(by=by, option=option, scores=(ScoreSaid(reach.pk, ninety, ninety, ninety, note, refs),))


def shown(by, row):
    view = appraisal_for(by, row.partnership_id, row.pk)
    return next(one for one in view.options if one.title == "Trust").scores[view.criteria[0].id].grounds


def every(world, by):
    """One of each kind."""
    return (Ref(GroundKind.EVIDENCE, str(evidence(world, by).pk)), Ref(GroundKind.FINDING, str(kept(world).pk), 0),
            Ref(GroundKind.CASE, library()[0].key), Ref(GroundKind.LINK, str(theory.linked(world).pk)))


def test_a_score_points_to_things_that_are_there_and_needs_no_note_then(world, by):
    row, refs = made.judged(world), every(world, by)
    pointed(by, row, *refs)
    assert [(one.ref, bool(one.href)) for one in shown(by, row)] == [(ref, True) for ref in refs]
    assert [one.title for one in shown(by, row)][:2] == ["At the desk", FINDING]
    assert bare(appraisal_for(by, row.partnership_id, row.pk)) == (
        "5 of 6 scores rest on a note alone and point to no evidence.")
    pointed(by, row, refs[3])                                   # what is left out is pointed to no more
    assert [one.ref for one in shown(by, row)] == [refs[3]]
    with pytest.raises(Refused, match="Trust, Reach: point to what the score rests on, or say it"):
        pointed(by, row)


def test_only_what_all_partners_can_read_is_pointed_to(world, by):
    row, own = made.judged(world), evidence(world, by, "Not placed", placed=False)
    removed, gone = theory.linked(world), evidence(world, by, "Taken back")
    remove_link(by=by, link=removed)
    withdraw_evidence(by=by, partnership=world.partnership, item=gone.pk, why="Counted twice")
    for ref in (Ref(GroundKind.EVIDENCE, str(own.pk)), Ref(GroundKind.EVIDENCE, str(gone.pk)),
                Ref(GroundKind.EVIDENCE, str(uuid4())), Ref(GroundKind.LINK, str(removed.pk)),
                Ref(GroundKind.CASE, "moon"), Ref(GroundKind.FINDING, str(kept(world).pk), 7)):
        with pytest.raises(NotFound, match="Choose again"):
            pointed(by, row, ref)
    for word in ("moon:1", "evidence:", "evidence:moon", "finding:x:y", ""):
        with pytest.raises(NotFound):
            Ref.read(word)
    titles = {one.title for one in offered(by, row, "taken not placed")} | {one.title for one in offered(by, row)}
    assert not titles & {"Not placed", "Taken back"}
    assert not Ground.objects.exists()


def test_what_is_withdrawn_or_closed_later_says_so_and_leaks_no_title(world, by):
    row, item = made.judged(world), evidence(world, by)
    pointed(by, row, Ref(GroundKind.EVIDENCE, str(item.pk)))
    withdraw_evidence(by=by, partnership=world.partnership, item=item.pk, why="Counted twice")
    assert shown(by, row)[0].detail.endswith("withdrawn since")
    type(item).objects.filter(pk=item.pk).update(placed=None, organisation=world.other_council)
    observer = viewer_of(world.people[Role.OBSERVER])
    assert [(one.title, one.href) for one in shown(observer, row)] == [(CLOSED, "")]
    with pytest.raises(CommonwealError):
        shown(viewer_of(world.outsider), row)
    pointed(by, row, Ref(GroundKind.EVIDENCE, str(item.pk)))    # what is pointed to already may stay


@pytest.mark.promise("A1")
def test_evidence_is_found_and_ticked_on_the_form_and_nothing_typed_is_lost(world, by):
    row, item = made.judged(world), evidence(world, by, "Doorstep talks in Marsh End")
    client, option = signed_in(world.admin()), row.options.get(title="Trust")
    address = reverse("options:score", args=[row.partnership_id, row.pk, option.pk])
    word = Ref(GroundKind.EVIDENCE, str(item.pk)).word
    typed = {"likely-0": "88", "evidence-0": "As I typed it"}
    found = client.post(address, {**typed, "words": "marsh", "find": "1"}).content.decode()
    assert all(part in found for part in (f'value="{word}"', 'value="88"', "As I typed it</textarea>"))
    again = client.post(address, {**typed, "grounds-0": word, "words": "moon", "find": "1"}).content.decode()
    assert f'value="{word}"' in again
    assert client.post(address, {"likely-0": "88", "grounds-0": ["evidence:moon"]}).status_code == 200
    assert client.post(address, {**typed, "grounds-0": [word]}).status_code == 302
    page = client.get(reverse("options:appraisal", args=[row.partnership_id, row.pk])).content.decode()
    read = reverse("needs:evidence-item", args=[row.partnership_id, item.pk])
    assert f'href="{read}">Doorstep talks in Marsh End</a>' in page
    paper = client.get(reverse("options:options-paper", args=[row.partnership_id, row.pk, "docx"]))
    links = {one.target_ref for one in Document(io.BytesIO(paper.content)).part.rels.values() if one.is_external}
    assert f"http://testserver{read}" in links


def test_a_decision_keeps_what_its_scores_pointed_to_as_it_was(world, by):
    row, refs = made.gated(world), every(world, by)
    pointed(by, row, *refs, note="Counted in spring")
    member = world.people[Role.ELECTED_MEMBER]
    choose_option(by=viewer_of(member), appraisal=row, said=Chosen(
        option=row.options.get(title="Trust").pk, body="Cabinet", reasons="It reaches most.",
        decided_on=date(2026, 11, 1), people=(member.pk,)))
    frozen = json.loads(ChoiceVersion.objects.get().frozen)
    trust = next(one for one in frozen["options"] if one["title"] == "Trust")
    assert [(one["kind"], one["key"]) for one in trust["grounds"]["Reach"]] == [
        (str(ref.kind), ref.key) for ref in refs]
    type(evidence(world, by, "Another")).objects.filter(pk=refs[0].id).update(summary="They want to sing.")
    stood = next(one for one in choice_for(by, row.partnership_id, row.pk, 1).scores if one.grounds)
    assert stood.grounds[0].title == "At the desk"
    assert stood.grounds[0].detail.endswith("written anew since")
    shown_page = signed_in(world.admin()).get(reverse("options:choice", args=[row.partnership_id, row.pk, 1]))
    assert "Scores as they stood" in shown_page.content.decode()
