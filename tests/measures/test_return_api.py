"""A program sends a return's numbers with a token: the form's checks and sentences, and no more than it may."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from tests.access.returns import agreed
from tests.measures.test_returns import NUMBERS
from tests.world import signed_in

from commonweal.core import clock
from commonweal.core.actions.tokens import make_token
from commonweal.core.models import Event, ProgramToken
from commonweal.core.permissions import Role
from commonweal.core.viewer import viewer_of
from commonweal.measures.actions.opening import open_returns
from commonweal.measures.actions.plans import PlanSaid, plan_returns
from commonweal.measures.models import AnswerSave

NOW = datetime(2026, 1, 20, 10, 0, tzinfo=UTC)
WHOLE = [{"question": key, "value": int(value)} for key, value in NUMBERS.items()]


@pytest.fixture(autouse=True)
def at(settings, tmp_path):
    settings.VAR = tmp_path
    with clock.fixed(NOW):
        yield


@pytest.fixture
def row(world):
    by = viewer_of(world.admin())
    plan_returns(by=by, agreement=agreed(world), said=PlanSaid(
        tier=1, every=12, begins=date(2025, 1, 1), difference="they felt less alone", provider_name="Dance Club"))
    return open_returns(by=by, partnership=world.partnership)[-1]


@pytest.fixture
def secret(world) -> str:
    return made(world)


def made(world, *scopes: str, role: Role = Role.ANALYST) -> str:
    return make_token(by=viewer_of(world.people[role]), partnership=world.partnership, name="Bookings",
                      scopes=scopes or ("read", "returns"), days=30)[1]


def sent(row, secret: str, **said):
    return Client().post(reverse("api:return_answers", args=[row.partnership_id, row.pk]), json.dumps(said),
                         content_type="application/json",
                         headers={"Authorization": f"Bearer {secret}"} if secret else {})


def test_a_program_sends_a_return_and_corrects_it_in_its_persons_name(world, row, secret):
    told = sent(row, secret, answers=[*WHOLE, {"question": "story", "value": "A good year."}], send=True)
    assert told.status_code == 200
    row.refresh_from_db()
    assert told.json()["now"]["receipt"] == row.receipt != ""
    again = sent(row, secret, answers=[{"question": "people", "value": 33}]).json()["now"]
    assert {one["question"]: one["value"] for one in again["answers"]}["people"] == 33
    page = signed_in(world.admin()).get(reverse("measures:return-one", args=[row.partnership_id, row.pk]))
    assert "Different people: 31, then 33" in page.content.decode()
    saves = AnswerSave.objects.filter(of=row)
    assert {(one.channel, one.by_id) for one in saves} == {("program", world.people[Role.ANALYST].pk)}
    assert ProgramToken.objects.get().used_on == NOW.date()
    read = Client().get(reverse("api:return_one", args=[row.partnership_id, row.pk]),
                        headers={"Authorization": f"Bearer {secret}"})
    assert read.json() == again


@pytest.mark.parametrize(("said", "words"), [
    ({"answers": [{"question": "people", "value": "about thirty"}]}, "must be a whole number, such as 12, or 0"),
    ({"answers": [{"question": "people"}]}, "or say why you cannot"),
    ({"answers": [{"question": "people", "cannot": "tired"}]}, "Choose one of the reasons"),
    ({"answers": [{"question": "areas", "value": 3}]}, "This return asks: attendances, people"),
    ({"answers": [{"question": "people", "value": {"girls": 3}}]}, "takes one value"),
    ({"answers": [{"question": "people", "value": 3}] * 2}, "answered twice"),
    ({"answers": [{"question": "people", "value": 3.5}]}, "cannot be read"),
    ({"answers": [{"value": 3}]}, "Give “question” in what you send"),
    ({"answer": []}, "Nothing here is called “answer”"),
    ({"answers": WHOLE, "nothing": True}, "not both"),
    ({"answers": WHOLE[:-1], "send": True}, "or say why you cannot"),
    ({"answers": [{**one, "value": 300} if one["question"] == "people" else one for one in WHOLE], "send": True},
     "More different people came (300) than attendances (240)"),
])
def test_what_a_page_would_refuse_is_refused_in_its_words_and_nothing_is_kept(row, secret, said, words):
    told = sent(row, secret, **said)
    assert told.status_code == 400
    assert words in told.json()["detail"]
    assert not AnswerSave.objects.exists()


def test_nothing_happened_is_sent_too(row, secret):
    assert sent(row, secret, nothing=True).json()["now"]["nothing"] is True


def test_a_token_opens_what_it_says_and_no_more(world, row, secret):
    assert sent(row, "").status_code == 401
    assert sent(row, "cw-none").status_code == 401
    assert "lacks “Send returns”" in sent(row, made(world, "read"), answers=WHOLE).json()["detail"]
    address = reverse("api:returns_list", args=[row.partnership_id])
    unread = Client().get(address, headers={"Authorization": f"Bearer {made(world, 'returns')}"})
    assert unread.status_code == 403
    browser = signed_in(world.admin())   # being signed in is not enough to write: nobody is tricked into it
    assert browser.post(reverse("api:return_answers", args=[row.partnership_id, row.pk]), "{}",
                        content_type="application/json").status_code == 401
    elsewhere = Client().get(reverse("api:returns_list", args=[world.other_partnership.pk]),
                             headers={"Authorization": f"Bearer {secret}"})
    assert elsewhere.status_code == 404
    with clock.fixed(NOW + timedelta(days=31)):
        assert sent(row, secret, answers=WHOLE).status_code == 401
    assert not AnswerSave.objects.exists()


def test_a_token_is_made_shown_once_and_ended_on_its_page(world, row):
    browser, there = signed_in(world.people[Role.ANALYST]), [world.partnership.pk]
    address = reverse("web:tokens", args=there)
    assert "Choose what the program may do" not in browser.get(address).content.decode()
    page = browser.post(address, {"name": "Pool bookings", "scopes": ["returns"], "days": "30"}).content.decode()
    shown = page.split("Authorization: Bearer ")[1].split("<")[0]
    assert sent(row, shown, answers=WHOLE).status_code == 200
    assert shown not in browser.get(address).content.decode()
    held = ProgramToken.objects.get()
    assert shown not in str(vars(held))
    stranger = signed_in(world.people[Role.CONTRIBUTOR])
    assert stranger.post(reverse("web:token-end", args=[*there, held.pk])).status_code == 404
    told = browser.post(reverse("web:token-end", args=[*there, held.pk]), follow=True).content.decode()
    assert "Ended on 20 January 2026" in told
    assert sent(row, shown, answers=WHOLE).status_code == 401
    assert set(Event.objects.filter(subject_id=held.pk).values_list("verb", flat=True)) == {
        "partnership.program_let_in", "partnership.program_shut_out"}


def test_the_description_says_how_a_return_is_sent():
    described = Client().get("/api/openapi.json").json()
    said = described["paths"]["/api/partnerships/{partnership}/returns/{returned}/answers"]["post"]
    assert said["security"]
    assert "bearer" in json.dumps(described["components"]["securitySchemes"])
