"""Inviting somebody and accepting: by mail, once, and telling nobody whether an address has an account."""

from __future__ import annotations

import re
from datetime import timedelta
from smtplib import SMTPException

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from tests.world import World, signed_in

from commonweal.core import clock
from commonweal.core.access_log import access_log
from commonweal.core.models import Invitation, Person
from commonweal.core.permissions import Role
from commonweal.core.viewer import viewer_of

PASSWORD = "quiet marmalade lighthouse"
NEW = "ada@testshire.gov.uk"
JOIN = {"name": "Ada New", "password": PASSWORD, "again": PASSWORD}


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


def ask(world: World, address: str = NEW, role: str = "analyst", *, follow: bool = True):
    return signed_in(world.admin()).post(
        reverse("web:people-add", args=[world.partnership.pk]),
        {"email": address, "organisation": str(world.council.pk), "role": role}, follow=follow,
    )


def link() -> str:
    found = re.search(r"http://testserver(/invitation/\S+)", mail.outbox[-1].body)
    assert found
    return found[1]


def text_of(response, status: int = 200) -> str:
    assert response.status_code == status, response.headers
    return response.content.decode()


def test_from_the_letter_to_the_partnership(world):
    text = text_of(ask(world))
    assert f"An invitation is on its way to {NEW}" in text
    assert "Not accepted yet" in text
    letter = mail.outbox[0]
    assert letter.to == [NEW]
    assert "Pat Member organisation administrator asks you to take part in Testshire together" in letter.body
    client = Client()
    page = text_of(client.get(link()))
    for words in ("Take part in Testshire together", "Testshire District Council", "Analyst", "Your account"):
        assert words in page
    response = client.post(link(), JOIN)
    assert response.headers["Location"] == reverse("web:partnership", args=[world.partnership.pk])
    person = Person.objects.get(email=NEW)
    assert viewer_of(person).roles_in(world.partnership.pk) == (Role.ANALYST,)
    assert client.get(reverse("web:home")).headers["Location"] == reverse("web:second-factor")
    assert "has been accepted" in text_of(Client().get(link()), 410)
    assert NEW not in text_of(signed_in(world.admin()).get(reverse("web:people", args=[world.partnership.pk])))


def test_the_sender_is_told_the_same_of_every_address(world):
    said = [
        re.sub(re.escape(address), "ADDRESS", text_of(ask(world, address)).split("on its way")[1].split("</p>")[0])
        for address in (NEW, world.outsider.email, world.loner.email)
    ]
    assert len(set(said)) == 1
    people = text_of(signed_in(world.admin()).get(reverse("web:people", args=[world.partnership.pk])))
    for name in (world.outsider.name, world.loner.name):
        assert name not in people


@pytest.mark.parametrize("missing", ["email", "organisation", "role"])
def test_an_answer_left_out_is_an_error_and_no_letter(world, missing):
    said = {"email": NEW, "organisation": str(world.council.pk), "role": "analyst", missing: ""}
    address = reverse("web:people-add", args=[world.partnership.pk])
    assert "There is a problem" in text_of(signed_in(world.admin()).post(address, said))
    assert not mail.outbox


@pytest.mark.parametrize(("change", "words"), [
    ({"name": ""}, "Enter your full name|full name"), ({"password": "", "again": ""}, "Enter a password"),
    ({"again": "something else"}, "not the same"), ({"password": "short", "again": "short"}, "too short"),
    ({"password": "ada@testshire.gov.uk", "again": "ada@testshire.gov.uk"}, "too similar"),
])
def test_what_is_wrong_with_a_new_account_is_said(world, change, words):
    ask(world)
    text = text_of(Client().post(link(), {**JOIN, **change}))
    assert "There is a problem" in text
    assert re.search(words, text, re.IGNORECASE)
    assert not Person.objects.filter(email=NEW).exists()


def test_whoever_has_an_account_signs_in_and_accepts(world):
    ask(world, world.loner.email)
    page = text_of(Client().get(link()))
    assert f"{reverse('account_login')}?next={link()}" in page
    assert "Your account" not in page
    assert "signed in with another address" in text_of(signed_in(world.outsider).get(link()))
    assert "signed in with another address" in text_of(signed_in(world.outsider).post(link()))
    client = signed_in(world.loner)
    assert "Accept" in text_of(client.get(link()))
    assert "You take part in Testshire together now" in text_of(client.post(link(), follow=True))


def test_a_closed_account_is_told_so(world):
    ask(world, world.loner.email)
    Person.objects.filter(pk=world.loner.pk).update(is_active=False)
    assert "account for this address is closed" in text_of(Client().get(link()))
    Client().post(link(), JOIN)
    assert not world.loner.roles.exists()


def test_sent_again_withdrawn_and_too_old(world):
    ask(world)
    old, made = link(), Invitation.objects.get()
    client, keys = signed_in(world.admin()), [world.partnership.pk, made.pk]
    assert "on its way" in text_of(client.post(reverse("web:invitation-again", args=keys), follow=True))
    assert "no such invitation" in text_of(Client().get(old), 404)
    with clock.fixed(clock.now() + timedelta(days=15)):
        assert "too old" in text_of(Client().get(link()), 410)
        assert "stopped working" in text_of(signed_in(world.admin()).get(
            reverse("web:people", args=[world.partnership.pk])
        ))
    text = text_of(client.post(reverse("web:invitation-withdraw", args=keys), follow=True))
    assert "The invitation is withdrawn" in text
    assert "was withdrawn" in text_of(Client().get(link()), 410)
    assert "was withdrawn" in text_of(Client().post(link(), JOIN), 410)


def test_others_in_the_partnership_do_not_see_addresses(world):
    ask(world)
    address = reverse("web:people", args=[world.partnership.pk])
    assert NEW in text_of(signed_in(world.admin()).get(address))
    for role in (Role.ANALYST, Role.OBSERVER, Role.PROVIDER):
        assert NEW not in text_of(signed_in(world.people[role]).get(address))


def test_another_partnerships_administrator_cannot_settle_it(world):
    ask(world)
    made = Invitation.objects.get()
    for route in ("web:invitation-again", "web:invitation-withdraw"):
        for partnership in (world.partnership.pk, world.other_partnership.pk):
            response = signed_in(world.outsider).post(reverse(route, args=[partnership, made.pk]))
            assert response.status_code == 404
    made.refresh_from_db()
    assert made.pending


def test_a_mail_server_that_is_down_loses_nothing(world, monkeypatch):
    def down(*said, **more):
        raise SMTPException("down")

    monkeypatch.setattr("commonweal.web.invitation_mail.send_mail", down)
    assert "did not take it" in text_of(ask(world))
    assert Invitation.objects.get().pending


def test_invented_people_get_no_mail_and_a_link_to_try(world):
    client = signed_in(world.invented_person)
    council = world.invented_person.roles.get().organisation_id
    text = text_of(client.post(
        reverse("web:people-add", args=[world.invented.pk]),
        {"email": "bo@example.com", "organisation": str(council), "role": "observer"}, follow=True,
    ))
    found = re.search(r"http://testserver(/invitation/[^\"]+)", text)
    assert found
    assert not mail.outbox
    assert "Take part in Larkmere together" in text_of(Client().get(found[1]))


def test_only_organisations_one_may_invite_for_are_offered(world):
    client = signed_in(world.admin())
    text = text_of(client.get(reverse("web:people-add", args=[world.partnership.pk])))
    assert "Testshire District Council" in text
    wrong = client.post(reverse("web:people-add", args=[world.partnership.pk]), {
        "email": NEW, "organisation": str(world.other_council.pk), "role": "analyst",
    })
    assert "There is a problem" in text_of(wrong)
    assert not Invitation.objects.exists()


def test_the_token_stands_in_no_log(world, var):
    ask(world)
    Client().get(link())
    access_log().flush()
    written = "".join(path.read_text() for path in var.rglob("*") if path.suffix in {".jsonl", ".log"})
    assert "web:invitation" in written
    assert link().split("/")[2] not in written


def test_many_letters_are_slowed(world, settings):
    settings.ACCOUNT_RATE_LIMITS = {"invite": "2/h/user"}
    for number in range(3):
        text = text_of(ask(world, f"a{number}@testshire.gov.uk"))
    assert "Too many tries" in text
    assert len(mail.outbox) == 2


def test_a_person_of_single_sign_on_needs_no_password(world, settings):
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}
    ask(world)
    assert "own sign-in" in text_of(Client().get(link()))
    response = Client().post(link(), {"name": "Ada New", "own_sign_in": "on"})
    assert response.headers["Location"] == reverse("account_login")
    assert not Person.objects.get(email=NEW).has_usable_password()
