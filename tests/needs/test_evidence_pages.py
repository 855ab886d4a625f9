"""Evidence through the pages: brought in four answers, its owner's until placed, corrected, withdrawn."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from tests.needs.conftest import words_of
from tests.needs.test_capacity import partner
from tests.world import signed_in

from commonweal.core import clock
from commonweal.core.cycle import cycle_for
from commonweal.core.permissions import Role
from commonweal.core.viewer import viewer_of
from commonweal.needs.actions.evidence import Told, place_evidence, record_evidence
from commonweal.needs.actions.need import Wording, hold_evidence, write_need
from commonweal.needs.models import EvidenceItem, Perspective, Side, Verdict

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
ANSWERS = {
    "title": "At the desk", "kind": "interviews", "perspective": "users",
    "summary": "They would come if it cost less.", "chosen": "open", "asked_by": "in_person", "covers": "whole",
}


@pytest.fixture
def world(world, settings, tmp_path):
    settings.VAR = tmp_path
    with clock.fixed(NOW):
        yield world


@pytest.fixture
def council(world):
    return signed_in(world.people[Role.CONTRIBUTOR])


@pytest.fixture
def trust(world):
    return signed_in(partner(world))


def at(world, name, **more):
    return reverse(f"needs:{name}", kwargs={"partnership": world.partnership.pk, **more})


def brought(world, browser, **changes):
    """Bring it through the form; the item it made."""
    answer = browser.post(at(world, "evidence-add"), {**ANSWERS, **changes})
    assert answer.status_code == 302, words_of(answer.content.decode())
    return EvidenceItem.objects.order_by("-id").first()


def read(browser, address):
    answer = browser.get(address)
    assert answer.status_code == 200
    return words_of(answer.content.decode())


def test_four_answers_are_enough_and_what_is_not_known_is_said(world, council):
    item = brought(world, council, chosen="unknown", asked_by="unknown", covers="unknown")
    said = read(council, at(world, "evidence-item", item=item.pk))
    assert "They would come if it cost less." in said
    assert "Nobody has said how people were chosen." in said
    assert "Not known" in said
    assert "Only your organisation." in said


@pytest.mark.parametrize(("wrong", "sentence"), [
    ({"title": ""}, "Enter a short name for it"),
    ({"kind": "rumour"}, "choose from the answers"),
    ({"perspective": ""}, "Answer the question: Whose view is it?"),
    ({"summary": "x" * 8001}, "What does it say must be 8,000 characters or fewer"),
    ({"answered": "many"}, "How many answered must be a whole number"),
    ({"answered": "9", "asked": "3"}, "More people answered than were asked"),
    ({"gathered_to_day": "31", "gathered_to_month": "2", "gathered_to_year": "2026"}, "must be a real date"),
    ({"gathered_to_day": "1", "gathered_to_month": "1", "gathered_to_year": "2030"}, "gathered after today"),
])
def test_a_wrong_answer_gets_a_sentence_and_nothing_is_kept(world, council, wrong, sentence):
    names = re.findall(r'name="(gathered_to[^"]*)"', council.get(at(world, "evidence-add")).content.decode())
    parts = dict(zip(("day", "month", "year"), names, strict=True))
    sent = {parts.get(key.removeprefix("gathered_to_"), key): value for key, value in wrong.items()}
    answer = council.post(at(world, "evidence-add"), {**ANSWERS, **sent})
    assert sentence in words_of(answer.content.decode())
    assert not EvidenceItem.objects.exists()


def test_what_points_at_a_person_waits_until_somebody_has_looked(world, council):
    told = {**ANSWERS, "summary": "Mrs Patel of 12 High Street wrote to say so."}
    answer = council.post(at(world, "evidence-add"), told)
    said = words_of(answer.content.decode())
    assert "The text seems to hold a name" in said
    assert "I have checked" in said
    assert not EvidenceItem.objects.exists()
    brought(world, council, summary=told["summary"], text_checked="on")
    assert "I have checked" not in read(council, at(world, "evidence-add"))


def test_it_is_its_owners_until_it_is_put_before_all(world, council, trust):
    item = brought(world, trust)
    assert "At the desk" not in read(council, at(world, "evidence-list"))
    assert council.get(at(world, "evidence-item", item=item.pk)).status_code == 404
    for name in ("evidence-correct", "evidence-withdraw"):
        assert council.get(at(world, name, item=item.pk)).status_code == 404
    assert council.post(at(world, "evidence-place", item=item.pk)).status_code == 404
    trust.post(at(world, "evidence-place", item=item.pk))
    assert "At the desk" in read(council, at(world, "evidence-list"))
    assert council.get(at(world, "evidence-correct", item=item.pk)).status_code == 404
    assert council.post(at(world, "evidence-withdraw", item=item.pk), {"why": "no"}).status_code == 404


def test_a_provider_sees_its_own_and_no_count_of_others(world, council, trust):
    brought(world, council)
    said = read(trust, at(world, "evidence-list"))
    assert "You see what your own organisation brought." in said
    assert "At the desk" not in said
    assert "Not asked" not in said


def test_another_partnerships_item_is_not_found_under_ours(world, council):
    theirs = record_evidence(
        by=viewer_of(world.outsider), partnership=world.other_partnership,
        told=Told(title="Theirs", kind="statement", perspective="partners", summary="Theirs alone."),
    )
    place_evidence(by=viewer_of(world.outsider), partnership=world.other_partnership, item=theirs.pk)
    for name in ("evidence-item", "evidence-correct", "evidence-withdraw"):
        assert council.get(at(world, name, item=theirs.pk)).status_code == 404


@pytest.mark.promise("N6")
def test_a_perspective_nobody_asked_is_missing_and_says_how_to_ask(world, council):
    item = brought(world, council)
    council.post(at(world, "evidence-place", item=item.pk))
    said = read(council, at(world, "evidence-list"))
    assert said.count("Not asked") == 3
    assert "Wider community: not asked." in said
    assert "ten clubs and groups" in said
    step = next(one for one in cycle_for(viewer_of(world.people[Role.CONTRIBUTOR]), world.partnership.pk)
                if one.key == "evidence")
    assert (step.status, step.tone) == ("1 of 4 heard", "yellow")
    begun = council.get(at(world, "evidence-add") + "?from=community").content.decode()
    assert re.search(r'value="community"[^>]*checked', begun)


def test_the_list_is_narrowed_by_view_and_words_and_goes_on(world, council):
    for number in range(30):
        with clock.fixed(NOW + timedelta(seconds=number)):
            brought(world, council, title=f"Talk {number}", perspective="partners" if number % 2 else "users")
    first = read(council, at(world, "evidence-list"))
    assert "Talk 29" in first
    assert "Talk 4 " not in first
    older = re.search(r'href="(\?[^"]*after=[^"]*)"', council.get(at(world, "evidence-list")).content.decode())[1]
    assert "Talk 4 " in read(council, at(world, "evidence-list") + older.replace("&amp;", "&"))
    partners = read(council, at(world, "evidence-list") + "?from=partners&q=talk 2")
    assert "Talk 29" in partners
    assert "Talk 28" not in partners
    assert "Nothing here matches" in read(council, at(world, "evidence-list") + "?q=zebra")


@pytest.mark.parametrize("nonsense", ["?from=everyone", "?after=zz", "?q=" + "%27" * 400, "?after=%00", "?q=%00"])
def test_nonsense_in_the_address_shows_the_list(world, council, nonsense):
    assert council.get(at(world, "evidence-list") + nonsense).status_code == 200


def test_the_file_holds_what_the_viewer_may_see_and_runs_nothing(world, council, trust):
    brought(world, council, title="=cmd()", answered="12")
    brought(world, trust, title="Trust's own")
    answer = council.get(at(world, "evidence-csv"))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert answer["Content-Disposition"] == 'attachment; filename="evidence.csv"'
    assert "'=cmd()" in text
    assert "Trust's own" not in text
    assert len(text.splitlines()) == 2


def test_a_correction_shows_and_a_name_is_taken_out_of_history_too(world, council):
    item = brought(world, council, summary="Mrs Patel says it costs too much.", text_checked="on")
    council.post(at(world, "evidence-correct", item=item.pk), {**ANSWERS, "summary": "It costs too much."})
    assert {one.summary for one in item.history.all()} == {"It costs too much."}
    council.post(at(world, "evidence-correct", item=item.pk), {**ANSWERS, "title": "At two desks",
                                                               "summary": "It costs too much."})
    said = read(council, at(world, "evidence-item", item=item.pk))
    assert "At the desk became At two desks" in said
    assert "Patel" not in said


def test_earlier_words_are_forgotten_when_asked(world, council):
    item = brought(world, council, summary="Jo from the corner shop says so.")
    council.post(at(world, "evidence-correct", item=item.pk),
                 {**ANSWERS, "summary": "A shopkeeper says so.", "forget": "on"})
    assert {one.summary for one in item.history.all()} == {"A shopkeeper says so."}


def test_withdrawn_it_says_why_and_speaks_for_nothing(world, council):
    item = brought(world, council)
    council.post(at(world, "evidence-place", item=item.pk))
    address = at(world, "evidence-withdraw", item=item.pk)
    refused = words_of(council.post(address, {"why": ""}).content.decode())
    assert "Answer the question: Why is it withdrawn?" in refused
    council.post(address, {"why": "It was asked of the wrong people."})
    said = read(council, at(world, "evidence-item", item=item.pk))
    assert "Withdrawn on 25 November 2026. It was asked of the wrong people." in said
    assert "Correct it" not in said
    assert read(council, at(world, "evidence-list")).count("Not asked") == 4


def test_a_need_shows_the_grade_of_what_it_rests_on(world, council):
    item = brought(world, council)
    council.post(at(world, "evidence-place", item=item.pk))
    by = viewer_of(world.people[Role.CONTRIBUTOR])
    need = write_need(
        by=by, partnership=world.partnership, title="Cheaper swims", side=Side.FOR_CULTURE, theme="culture",
        said=Wording("Families", "Testshire", "swims they can pay for", "At the desk."),
    ).identity
    hold_evidence(by=by, need=need, item=item.pk, verdict=Verdict.SUPPORTS)
    said = read(council, at(world, "need", need=need.pk))
    assert "E very weak" in said
    assert "Cheaper swims" in read(council, at(world, "evidence-item", item=item.pk))


@pytest.mark.parametrize("perspective", [*Perspective.values])
def test_every_perspective_can_be_chosen(world, council, perspective):
    item = brought(world, council, perspective=perspective)
    assert str(Perspective(perspective).label) in read(council, at(world, "evidence-item", item=item.pk))
