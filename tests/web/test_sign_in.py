"""Signing in: password, second factor, invented people on this computer alone, and nothing told to strangers."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from tests.world import signed_in

from commonweal.core.permissions import Role
from commonweal.web.environment import Profile

PASSWORD = "three words unrelated"


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


@pytest.fixture
def admin(world):
    person = world.admin()
    person.set_password(PASSWORD)
    person.save()
    return person


def sign_in(client: Client, email: str, password: str = PASSWORD):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def code_for(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def link_app(client: Client) -> str:
    """Set the second factor up as a person would; the secret."""
    shown = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r"Secret: <code[^>]*>([A-Z2-7]+)<", shown)
    assert secret
    response = client.post(reverse("mfa_activate_totp"), {"code": code_for(secret[1])})
    assert response.status_code == 302, response.content.decode()
    return secret[1]


def test_first_sign_in_leads_through_the_second_factor_and_the_next_asks_for_it(admin):
    client = Client()
    assert sign_in(client, admin.email).status_code == 302
    assert client.get(reverse("web:home")).headers["Location"] == reverse("web:second-factor")
    assert "authenticator app" in client.get(reverse("web:second-factor")).content.decode()
    secret = link_app(client)
    assert client.get(reverse("web:home")).status_code == 302
    kept = Authenticator.objects.get(user=admin, type=Authenticator.Type.TOTP)
    assert secret not in str(kept.data)
    again = Client()
    assert sign_in(again, admin.email).headers["Location"] == reverse("mfa_authenticate")
    assert again.get(reverse("web:account")).status_code == 302
    wrong = again.post(reverse("mfa_authenticate"), {"code": "000000"}).content.decode()
    assert "This code is not right" in wrong


def test_recovery_codes_open_the_account_once(admin):
    client = Client()
    sign_in(client, admin.email)
    link_app(client)
    shown = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    code = re.search(r"<code>([0-9a-zA-Z-]+)</code>", shown)
    assert code
    for answer in (302, 200):
        other = Client()
        sign_in(other, admin.email)
        assert other.post(reverse("mfa_authenticate"), {"code": code[1]}).status_code == answer


@pytest.mark.parametrize(("email", "password"), [
    ("admin@testshire.gov.uk", "wrong"), ("nobody@testshire.gov.uk", PASSWORD),
])
def test_a_stranger_learns_nothing_from_a_refusal(admin, email, password):
    text = sign_in(Client(), email, password).content.decode()
    assert "The e-mail address or the password is not right." in text
    assert "There is a problem" in text


def test_reset_says_the_same_to_all_and_writes_only_to_accounts(admin):
    for email in (admin.email, "nobody@nowhere.example"):
        response = Client().post(reverse("account_reset_password"), {"email": email})
        assert response.headers["Location"] == reverse("account_reset_password_done")
    assert [letter.to for letter in mail.outbox] == [[admin.email]]


def test_the_link_sets_a_password_once_and_weak_ones_are_refused(admin):
    Client().post(reverse("account_reset_password"), {"email": admin.email})
    link = re.search(r"http://\S+", mail.outbox[0].body)
    assert link
    client = Client()
    address = client.get(link[0]).headers["Location"]
    weak = client.post(address, {"password1": "password", "password2": "password"}).content.decode()
    assert "There is a problem" in weak
    strong = {"password1": "quiet marmalade lighthouse", "password2": "quiet marmalade lighthouse"}
    assert client.post(address, strong).status_code == 302
    assert sign_in(Client(), admin.email, strong["password1"]).status_code == 302
    used = Client()
    assert "no longer works" in used.get(link[0], follow=True).content.decode()


def test_nobody_makes_an_account_for_themselves(world):
    client = Client()
    assert "Accounts are made for you" in client.get(reverse("account_signup")).content.decode()
    client.post(reverse("account_signup"), {
        "email": "me@example.com", "password1": PASSWORD, "password2": PASSWORD
    })
    assert type(world.admin()).objects.filter(email="me@example.com").count() == 0


def test_many_wrong_passwords_are_slowed(admin):
    client = Client()
    for _ in range(12):
        last = sign_in(client, admin.email, "wrong")
    assert last.status_code == 429 or "Too many tries" in last.content.decode()


def test_one_persons_wrong_passwords_lock_nobody_else_out(world, admin):
    officer = world.people[Role.CONTRIBUTOR]
    officer.set_password(PASSWORD)
    officer.save()
    for _ in range(150):
        last = sign_in(Client(), admin.email, "wrong")
    assert "Too many tries" in last.content.decode()
    assert sign_in(Client(), officer.email).status_code == 302


def test_strangers_wrong_passwords_do_not_lock_an_account_at_its_own_address(admin):
    for _ in range(12):
        last = sign_in(Client(REMOTE_ADDR="203.0.113.5"), admin.email, "wrong")
    assert "Too many tries" in last.content.decode()
    assert sign_in(Client(REMOTE_ADDR="198.51.100.7"), admin.email).status_code == 302


def test_one_address_that_tries_many_accounts_is_stopped(db):
    for at in range(101):
        last = sign_in(Client(), f"person{at}@nowhere.example", "wrong")
    assert "Too many tries" in last.content.decode()


def test_signing_out_needs_a_deed_and_ends_the_session(world):
    client = signed_in(world.admin())
    assert client.get(reverse("account_logout")).status_code == 200
    assert client.get(reverse("web:account")).status_code == 200
    client.post(reverse("account_logout"))
    assert client.get(reverse("web:account")).status_code == 302


def test_the_invented_sign_in_with_one_button_on_this_computer(world):
    client = Client()
    assert "Look round as Jo Invented" in client.get(reverse("web:example")).content.decode()
    response = client.post(reverse("web:example-sign-in", args=[world.invented_person.pk]))
    assert response.headers["Location"] == reverse("web:home")
    assert client.get(reverse("web:partnership", args=[world.invented.pk])).status_code == 200


@pytest.mark.parametrize("away", [
    {"REMOTE_ADDR": "10.0.0.9"}, {"REMOTE_ADDR": "not an address"}, {"HTTP_X_FORWARDED_FOR": "10.0.0.9"},
    {"HTTP_FORWARDED": "for=10.0.0.9;proto=https"}, {"HTTP_X_REAL_IP": "10.0.0.9"}, {"HTTP_VIA": "1.1 proxy"},
    {"HTTP_X_REAL_IP": ""}, {"HTTP_CF_CONNECTING_IP": "127.0.0.1"}, {"HTTP_X_FORWARDED_PROTO": "https"},
])
def test_the_invented_open_nothing_from_elsewhere(world, away):
    client = Client(**away)
    assert "only on the computer" in client.get(reverse("web:example")).content.decode()
    assert client.post(reverse("web:example-sign-in", args=[world.invented_person.pk])).status_code == 404
    inside = signed_in(world.invented_person)
    response = inside.get(reverse("web:partnership", args=[world.invented.pk]), **away)
    assert response.status_code in (302, 403)
    assert inside.get(reverse("web:account")).status_code == 302


def test_the_invented_open_nothing_on_a_server(world, settings):
    settings.PROFILE = Profile.SERVER
    client = signed_in(world.invented_person)
    response = client.get(reverse("web:partnership", args=[world.invented.pk]))
    assert response.status_code in (302, 403)
    assert client.post(reverse("web:example-sign-in", args=[world.invented_person.pk])).status_code == 404


def test_real_people_cannot_be_looked_through(world):
    response = Client().post(reverse("web:example-sign-in", args=[world.admin().pk]))
    assert response.status_code == 404


def test_a_councils_sign_in_with_its_own_second_factor_is_enough(world, settings):
    settings.SINGLE_SIGN_ON_HAS_SECOND_FACTOR = True
    client = signed_in(world.admin(), second_factor=False)
    assert client.get(reverse("web:home")).headers["Location"] == reverse("web:second-factor")
    session = client.session
    session["account_authentication_methods"] = [{"method": "socialaccount", "provider": "council"}]
    session["account_authentication_methods_user"] = str(world.admin().pk)
    session.save()
    assert client.get(reverse("web:home")).headers["Location"] != reverse("web:second-factor")
