"""Two organisations score in private; topics come out, scores go, actions are followed up; nobody else knows."""

from __future__ import annotations

import io
from datetime import date, timedelta

import docx
import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.world import signed_in

from commonweal.core import clock
from commonweal.core.actions.organisations import create_organisation
from commonweal.core.actions.partnerships import add_organisation
from commonweal.core.actions.people import add_person, erase_person
from commonweal.core.actions.roles import give_role
from commonweal.core.errors import NotAllowed, NotFound, Refused
from commonweal.core.models import Event, OrganisationKind
from commonweal.core.permissions import Role
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import SYSTEM, viewer_of
from commonweal.core.waiting import waiting_for
from commonweal.knowledge.actions.relationship import (
    MOST_OPEN,
    agree_action,
    draw_topics,
    finish_action,
    give_score,
    open_scores,
)
from commonweal.knowledge.documents_relationship import agenda_document
from commonweal.knowledge.models import AgreedAction, PrivateScore, ScoreRound
from commonweal.knowledge.queries.relationship import pairing_for, pairings_for
from commonweal.knowledge.relationship_content import QuestionsWrong, questions, questions_from
from commonweal.present.word import render_docx

KEYS = [one.key for one in questions().questions]


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.VAR = tmp_path


@pytest.fixture
def sides(world):
    """Three people of the council, three of a trust, and one of a third partner."""
    trust, other = (
        create_organisation(by=SYSTEM, name=name, kind=OrganisationKind.TRUST) for name in ("Trust", "Other")
    )
    for one in (trust, other):
        add_organisation(by=SYSTEM, partnership=world.partnership, organisation=one)
    theirs = []
    for at in range(4):
        person = add_person(by=SYSTEM, email=f"t{at}@trust.org.uk", name=f"T{at}")
        give_role(by=SYSTEM, partnership=world.partnership, person=person,
                  organisation=trust if at < 3 else other, role=Role.PROVIDER)
        theirs.append(person)
    ours = [world.people[role] for role in (Role.ADMIN, Role.ANALYST, Role.ELECTED_MEMBER)]
    return world, trust, ours, theirs[:3], theirs[3]


def answers(**told: int) -> dict[str, int]:
    return {key: told.get(key, 4) for key in KEYS}


def opened(sides) -> ScoreRound:
    world, trust, ours, _, _ = sides
    return open_scores(by=viewer_of(ours[0]), partnership=world.partnership, client=world.council, provider=trust)


def drawn(sides, ours=None, theirs=None) -> ScoreRound:
    scoring = opened(sides)
    for people, said in ((sides[2], ours or {}), (sides[3], theirs or {})):
        for person in people:
            give_score(by=viewer_of(person), scoring=scoring, answers=answers(**said))
    return draw_topics(by=viewer_of(sides[3][0]), scoring=scoring)


@pytest.mark.parametrize(("ours", "theirs", "topics"), [
    ({}, {}, []),
    ({"burden": 5}, {"burden": 2}, ["burden"]),
    ({"burden": 2}, {"burden": 5}, ["burden"]),           # the same topic whichever way
    ({"money": 2}, {"money": 2}, ["money"]),               # both see it as poor
    ({"change": 1, "purpose": 3}, {}, ["purpose", "change"]),  # in the order asked, not by size
])
def test_topics_and_nothing_else_are_kept(sides, ours, theirs, topics):
    scoring = drawn(sides, ours, theirs)
    assert scoring.topics == topics
    assert PrivateScore.objects.count() == 0
    assert not {"client", "provider", "gap", "mean"} & {field.name for field in ScoreRound._meta.get_fields()}


@given(st.lists(st.lists(st.integers(1, 5), min_size=8, max_size=8), min_size=6, max_size=6))
@settings(max_examples=40)
def test_which_side_scored_what_cannot_be_told_from_the_topics(rows):
    told = [dict(zip(KEYS, row, strict=True)) for row in rows]
    assert questions().topics(told[:3], told[3:]) == questions().topics(told[3:], told[:3])


def test_two_a_side_are_too_few(sides):
    scoring = opened(sides)
    for person in (*sides[2], *sides[3][:2]):
        give_score(by=viewer_of(person), scoring=scoring, answers=answers())
    with pytest.raises(Refused, match="More are needed from the provider"):
        draw_topics(by=viewer_of(sides[2][0]), scoring=scoring)
    assert pairing_for(viewer_of(sides[2][0]), scoring.partnership_id, scoring.pairing_id).wanting == ("provider",)
    assert PrivateScore.objects.count() == 5


def test_one_may_change_ones_mind_until_the_topics_are_drawn(sides):
    scoring = opened(sides)
    for value in (1, 5):
        give_score(by=viewer_of(sides[2][0]), scoring=scoring, answers=answers(money=value))
    assert [one.answers["money"] for one in PrivateScore.objects.all()] == [5]
    scoring = ScoreRound.objects.get()
    for person in (*sides[2], *sides[3]):
        give_score(by=viewer_of(person), scoring=scoring, answers=answers())
    draw_topics(by=viewer_of(sides[2][0]), scoring=scoring)
    with pytest.raises(Refused, match="have been drawn"):
        give_score(by=viewer_of(sides[2][0]), scoring=scoring, answers=answers())
    with pytest.raises(Refused, match="drawn already"):
        draw_topics(by=viewer_of(sides[2][0]), scoring=scoring)


@pytest.mark.parametrize("wrong", [
    {}, {"money": 3}, {**dict.fromkeys(KEYS, 3), "more": 1}, dict.fromkeys(KEYS, 6),
])
def test_every_question_is_answered_on_the_scale(sides, wrong):
    with pytest.raises(Refused, match="every question"):
        give_score(by=viewer_of(sides[2][0]), scoring=opened(sides), answers=wrong)


def test_nobody_else_knows(sides):
    world, _, _, _, stranger = sides
    scoring = drawn(sides, {"burden": 5}, {"burden": 1})
    for person in (stranger, world.outsider, world.staff):
        viewer = viewer_of(person)
        assert pairings_for(viewer, world.partnership.pk) == ()
        with pytest.raises(NotFound):
            pairing_for(viewer, world.partnership.pk, scoring.pairing_id)
    with pytest.raises(NotAllowed):
        give_score(by=viewer_of(stranger), scoring=scoring, answers=answers())
    with pytest.raises(NotAllowed, match="your own organisation"):
        open_scores(by=viewer_of(stranger), partnership=world.partnership, client=world.council, provider=sides[1])


def test_opening_is_for_two_partners_and_once_at_a_time(sides):
    world, _, ours, _, _ = sides
    by = viewer_of(ours[0])
    opened(sides)
    with pytest.raises(Refused, match="scoring already"):
        opened(sides)
    with pytest.raises(Refused, match="must belong"):
        open_scores(by=by, partnership=world.partnership, client=world.council, provider=world.other_council)
    with pytest.raises(Refused, match="two different"):
        open_scores(by=by, partnership=world.partnership, client=world.council, provider=world.council)


def test_actions_are_owned_followed_up_and_said_done_by_their_owner(sides):
    world, trust, ours, theirs, _ = sides
    scoring = drawn(sides, {"burden": 5}, {"burden": 1})
    due = clock.today() + timedelta(days=14)
    action = agree_action(
        by=viewer_of(ours[0]), pairing=scoring.pairing, words="Ask for five numbers", owner=trust.pk, due=due,
        topic="burden",
    )
    with pytest.raises(NotAllowed, match="Whoever owns"):
        finish_action(by=viewer_of(ours[0]), action=action)
    with clock.fixed(clock.now() + timedelta(days=20)):
        waits = {one.title for one in waiting_for(viewer_of(theirs[0]), world.partnership.pk)}
        assert "Late: Ask for five numbers" in waits
        assert "Late: Ask for five numbers" not in {
            one.title for one in waiting_for(viewer_of(ours[0]), world.partnership.pk)
        }
        finish_action(by=viewer_of(theirs[0]), action=action)
        finish_action(by=viewer_of(theirs[1]), action=action)
    assert Event.objects.filter(verb="pairing.action_done").count() == 1
    assert AgreedAction.objects.get().done_on == due + timedelta(days=6)


@pytest.mark.parametrize(("change", "says"), [
    ({"due": date(2020, 1, 1)}, "still to come"), ({"topic": "weather"}, "from the list"),
    ({"owner": None}, "which of"),
])
def test_an_action_that_cannot_be_is_refused(sides, change, says):
    scoring = drawn(sides)
    told = {"words": "Meet", "owner": sides[1].pk, "due": clock.today(), "topic": "", **change}
    with pytest.raises(Refused, match=says):
        agree_action(by=viewer_of(sides[2][0]), pairing=scoring.pairing, **told)


def test_more_open_actions_than_anybody_does_are_refused(sides):
    scoring = drawn(sides)
    told = {"by": viewer_of(sides[2][0]), "pairing": scoring.pairing, "owner": sides[1].pk, "due": clock.today()}
    for at in range(MOST_OPEN):
        agree_action(words=f"Thing {at}", **told)
    with pytest.raises(Refused, match="Finish one first"):
        agree_action(words="One more", **told)


def test_a_second_score_says_which_topics_stayed_and_which_are_gone(sides):
    drawn(sides, {"burden": 5, "money": 2}, {"burden": 1, "money": 2})
    second = drawn(sides, {"money": 2}, {"money": 2, "respect": 1})
    pair = pairing_for(viewer_of(sides[3][0]), second.partnership_id, second.pairing_id)
    assert [one.number for one in pair.drawn] == [2, 1]
    assert pair.drawn[0].stayed == ("Money and its risks",)
    assert pair.drawn[0].gone == ("What is asked of each other",)
    assert [one.key for one in pair.drawn[0].topics] == ["money", "respect"]


def test_the_agenda_holds_topics_and_no_numbers_of_anybody(sides):
    scoring = drawn(sides, {"burden": 5}, {"burden": 1})
    viewer = viewer_of(sides[2][0])
    pair = pairing_for(viewer, scoring.partnership_id, scoring.pairing_id)
    agenda = agenda_document(pair, partnership_for(viewer, scoring.partnership_id))
    made = docx.Document(io.BytesIO(render_docx(agenda)))
    said = "\n".join(one.text for one in made.paragraphs)
    assert "What is asked of each other (15 minutes)." in said
    assert "by how much, is not kept" in said


def test_a_score_goes_with_whoever_is_forgotten(sides):
    scoring = opened(sides)
    give_score(by=viewer_of(sides[2][1]), scoring=scoring, answers=answers())
    erase_person(by=SYSTEM, person=sides[2][1], reason="asked")
    assert PrivateScore.objects.count() == 0


@pytest.mark.promise("P6")
def test_both_sides_go_from_private_scores_to_an_action_that_is_done_on_the_pages(sides):
    world, trust, ours, theirs, stranger = sides
    home = {"partnership": world.partnership.pk}
    officer, chief = signed_in(ours[0]), signed_in(theirs[0])
    answer = officer.post(reverse("knowledge:pairing-open", kwargs=home), {"other": trust.pk, "we": "client"})
    page = answer.headers["Location"]
    for people, burden in ((ours, 5), (theirs, 1)):
        for person in people:
            browser = signed_in(person)
            assert "Score in private" in browser.get(page).content.decode()
            assert browser.post(f"{page}score/", answers(burden=burden)).status_code == 302
    assert "Your private score" in officer.get(f"{page}score/").content.decode()
    assert "checked" in officer.get(f"{page}score/").content.decode()
    assert chief.post(f"{page}draw/").status_code == 302
    shown = chief.get(page).content.decode()
    assert "1 topic to talk about" in shown
    assert "What is asked of each other" in shown
    day = clock.today() + timedelta(days=30)
    told = {"words": "Five numbers a quarter", "owner": world.council.pk, "topic": "burden",
            "due_0": day.day, "due_1": day.month, "due_2": day.year}
    wrong = chief.post(f"{page}agree/", {**told, "words": ""})
    assert "There is a problem" in wrong.content.decode()
    names = {"due_day": day.day, "due_month": day.month, "due_year": day.year}
    assert chief.post(f"{page}agree/", {**told, **names}).status_code == 302
    action = AgreedAction.objects.get()
    assert officer.post(f"{page}done/{action.pk}/").status_code == 302
    assert "done on" in officer.get(page).content.decode()
    for ending in ("docx", "pdf"):
        assert officer.get(f"{page}agenda.{ending}").status_code == 200
    assert officer.get(f"{page}agenda.exe").status_code == 404
    assert officer.post(f"{page}again/").status_code == 302
    assert signed_in(stranger).get(page).status_code == 404


@pytest.mark.parametrize(("change", "says"), [
    ({"questions": []}, "eight questions"), ({"scale": []}, "from 5 to 1"), ({"scorers": 2}, "fewer than three"),
])
def test_a_wrong_set_of_questions_is_refused(change, says):
    known = questions()
    whole = {
        "version": "x", "scorers": 3, "gap": 1.0, "low": 2.5, "minutes": {},
        "opening": "", "closing": "", "none": "",
        "scale": [{"value": value, "words": words} for value, words in known.scale],
        "questions": [{"key": one.key, "topic": "t", "ask": "a", "prompt": "p"} for one in known.questions],
    }
    assert len(questions_from(whole).questions) == 8
    with pytest.raises(QuestionsWrong, match=says):
        questions_from({**whole, **change})
