"""The joint statement: drawn from a closed round, frozen, signed or objected to, written anew."""

from __future__ import annotations

from datetime import timedelta
from html import unescape
from io import BytesIO

import docx
import pytest
from django.urls import reverse
from tests.needs.test_ranking import TITLES, given, newcomer, opened
from tests.world import signed_in

from commonweal.core import clock
from commonweal.core.errors import Immutable, NotAllowed, NotFound, Refused
from commonweal.core.models import Event
from commonweal.core.permissions import Role
from commonweal.core.viewer import viewer_of
from commonweal.needs.actions.need import hold_evidence, object_to_need, propose_need, sign_need
from commonweal.needs.actions.statement import answer_statement, write_statement
from commonweal.needs.models import EvidenceItem, EvidenceKind, Need, NeedState, Verdict
from commonweal.needs.models.joint_statement import JointAnswer
from commonweal.needs.queries.statement import statement_for, statement_version


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.VAR = tmp_path


@pytest.fixture
def health(world):
    return newcomer(world, "Testshire Health")


@pytest.fixture
def row(world, health):
    """A round of three needs, of which both sign the first, and one objects to the second; it closes in a week."""
    made = opened(world)
    admin = viewer_of(world.admin())
    item = EvidenceItem.objects.create(
        partnership=world.partnership, organisation=world.council, title="Survey", kind=EvidenceKind.SURVEY,
        perspective="users", summary="So they say.", placed=clock.now(),
    )
    for title in TITLES[:2]:
        need = Need.objects.get(title=title)
        hold_evidence(by=admin, need=need, item=item.pk, verdict=Verdict.SUPPORTS)
        number = propose_need(by=admin, need=need).number
        sign_need(by=admin, need=need, number=number)
        if title == TITLES[0]:
            sign_need(by=viewer_of(health), need=need, number=number)
        else:
            object_to_need(by=viewer_of(health), need=need, number=number, reason="We open on Sundays.")
    given(made, world.admin(), (2, 1, 3))
    given(made, health, (1, 2, 3))
    return made


@pytest.fixture
def closed(row):
    """The same round, eight days on."""
    with clock.fixed(clock.now() + timedelta(days=8)):
        yield row


def seen(world, person):
    return statement_for(viewer_of(person), world.partnership.pk)


def test_it_states_what_is_agreed_and_what_is_not(world, health, closed):
    write_statement(by=viewer_of(world.admin()), ranked=closed)
    said = seen(world, health)
    assert [(one.title, one.number, one.signed) for one in said.needs] == [
        (TITLES[0], 2, ("Testshire District Council", "Testshire Health"))
    ]
    assert [(one.title, one.objections) for one in said.not_agreed] == [
        (TITLES[1], ("Testshire Health: We open on Sundays.",)), (TITLES[2], ())
    ]
    assert "Kendall's W" in said.method
    assert said.disagreement.startswith("Orders part most on “Dance near home”")
    assert (said.whole, said.agreed, said.waits_for_me) == (True, False, True)


def test_it_is_agreed_when_every_seat_has_signed(world, health, closed):
    version = write_statement(by=viewer_of(world.admin()), ranked=closed)
    for person in (world.admin(), health):
        assert not seen(world, person).agreed
        answer_statement(by=viewer_of(person), version=version, signs=True)
    assert seen(world, health).agreed
    with pytest.raises(Refused, match="already answered"):
        answer_statement(by=viewer_of(health), version=version, signs=False, words="No.")
    with pytest.raises(Immutable):
        version.save()
    verbs = Event.objects.filter(verb__startswith="statement.").values_list("verb", flat=True)
    assert list(verbs) == ["statement.written", "statement.signed", "statement.signed"]


def test_a_change_is_signed_anew_and_the_old_version_stays(world, health, closed):
    admin = viewer_of(world.admin())
    first = write_statement(by=admin, ranked=closed)
    answer_statement(by=viewer_of(health), version=first, signs=False, words="Say who pays.")
    with pytest.raises(Refused, match="Nothing has changed"):
        write_statement(by=admin, ranked=closed, reason="Again.")
    Need.objects.filter(title=TITLES[2]).update(state=NeedState.AGREED)
    with pytest.raises(Refused, match="why it is written anew"):
        write_statement(by=admin, ranked=closed)
    second = write_statement(by=admin, ranked=closed, reason="The parks are agreed now.")
    with pytest.raises(Refused, match="Read version 2"):
        answer_statement(by=admin, version=first, signs=True)
    said = seen(world, health)
    assert (said.number, len(said.needs), [one[0] for one in said.earlier]) == (2, 2, [1])
    assert [seat.signs for seat in said.seats] == [None, None]
    assert JointAnswer.objects.filter(version=first).count() == 1
    assert statement_version(admin, world.partnership.pk, 2).pk == second.pk


@pytest.mark.parametrize(
    ("prepare", "said"),
    [
        (lambda world: Need.objects.update(state=NeedState.PROPOSED), "None of the needs"),
        (lambda world: newcomer(world, "Testshire Police"), "still open"),
    ],
)
def test_what_cannot_be_stated_is_said(world, row, prepare, said):
    prepare(world)
    days = 0 if "open" in said else 8
    with clock.fixed(clock.now() + timedelta(days=days)), pytest.raises(Refused, match=said):
        write_statement(by=viewer_of(world.admin()), ranked=row)


def test_it_need_not_wait_for_the_last_day_once_all_have_ranked(world, row):
    page = reverse("needs:ranking-round", args=[world.partnership.pk, row.pk])
    assert "Write the joint statement" in signed_in(world.admin()).get(page).content.decode()
    assert write_statement(by=viewer_of(world.admin()), ranked=row).number == 1


def test_who_may_not(world, health, closed):
    version = write_statement(by=viewer_of(world.admin()), ranked=closed)
    for person in (world.people[Role.OBSERVER], world.people[Role.ANALYST], world.outsider):
        with pytest.raises(NotAllowed):
            answer_statement(by=viewer_of(person), version=version, signs=True)
    with pytest.raises(NotAllowed):
        write_statement(by=viewer_of(world.outsider), ranked=closed)
    with pytest.raises(NotAllowed):
        seen(world, world.outsider)
    with pytest.raises(NotFound):
        statement_version(viewer_of(world.outsider), world.partnership.pk, 1)
    with pytest.raises(Refused, match="Say why"):
        answer_statement(by=viewer_of(health), version=version, signs=False)


def test_through_the_pages(world, health, closed):
    officer, board = signed_in(world.admin()), signed_in(health)
    keys = [world.partnership.pk]
    write = reverse("needs:statement-write", args=[*keys, closed.pk])
    assert write in officer.get(reverse("needs:ranking-round", args=[*keys, closed.pk])).content.decode()
    officer.post(write, {"reason": ""})
    assert "Sign: Joint statement" in board.get(reverse("web:partnership", args=keys)).content.decode()
    page = reverse("needs:statement-sign", args=keys)
    assert TITLES[0] in board.get(page).content.decode()
    assert "Say why" in board.post(page, {"answer": "object", "words": "", "number": 1}).content.decode()
    board.post(page, {"answer": "object", "words": "Say who pays.", "number": 1})
    text = unescape(officer.get(reverse("needs:statement", args=keys)).content.decode())
    assert "Say who pays." in text
    assert "We open on Sundays." in text
    body = board.get(reverse("needs:statement-file", args=[*keys, "docx"])).content
    words = " ".join(paragraph.text for paragraph in docx.Document(BytesIO(body)).paragraphs)
    assert "1. Dance near home" in words
    assert board.get(reverse("needs:statement-file", args=[*keys, "pdf"])).content.startswith(b"%PDF")
    assert board.get(reverse("needs:statement-file", args=[*keys, "odt"])).status_code == 404
