"""A passkey is made, signs in alone, is renamed and removed; what pretends to be one is refused in a sentence."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, sync_playwright
from tests.world import World, signed_in

from commonweal.core.actions.people import add_person
from commonweal.core.models import Person
from commonweal.core.viewer import SYSTEM

CHROMIUM, PASSWORD = Path("/usr/bin/chromium"), "a long test password 9"

WRONG = [
    "", "{}", "[]", "null", "7", "x",
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}),
    json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": {
        "clientDataJSON": "AA", "attestationObject": "AA", "authenticatorData": "AA", "signature": "AA",
        "userHandle": "AA"}}),
    json.dumps({"response": []}), json.dumps({"response": {"userHandle": 7}}),
]


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_no_passkey_opens_nothing(world: World, wrong):
    stranger = Client()
    stranger.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"})
    answer = stranger.post(reverse("mfa_login_webauthn"), {"credential": wrong})
    assert answer.status_code == 302
    assert "_auth_user_id" not in stranger.session
    mine = signed_in(world.admin())
    session = mine.session
    session["account_authentication_methods"] = [{"method": "password", "at": 9e9}]
    session.save()
    for where in ("mfa_add_webauthn", "mfa_reauthenticate_webauthn"):
        answer = mine.post(reverse(where), {"credential": wrong, "name": "x"}, follow=True)
        assert answer.status_code == 200, where
    assert not Authenticator.objects.filter(type="webauthn").exists()


@pytest.fixture
def page(monkeypatch) -> Iterator[Page]:
    """A browser on a computer that knows its owner."""
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as playwright:
        page = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"]).new_page()
        device = page.context.new_cdp_session(page)
        device.send("WebAuthn.enable")
        device.send("WebAuthn.addVirtualAuthenticator", {"options": {
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
            "isUserVerified": True, "automaticPresenceSimulation": True}})
        yield page


@pytest.fixture
def pat(transactional_db) -> Person:
    """Somebody who has a password and no second factor yet."""
    return add_person(by=SYSTEM, email="pat@testshire.gov.uk", name="Pat", password=PASSWORD)


@pytest.mark.journey
@pytest.mark.skipif(not CHROMIUM.exists(), reason="no browser; `make install-dev` says why")
def test_a_passkey_is_made_and_signs_in_alone(pat, page, live_server, settings):
    """For somebody who had no second factor; then without a password; then it is removed."""
    settings.ALLOWED_HOSTS = ["localhost"]
    here = live_server.url.replace("127.0.0.1", "localhost")
    page.goto(f"{here}{reverse('account_login')}")
    assert not page.get_by_text("No passkey was used").is_visible()
    page.fill("[name=login]", pat.email)
    page.fill("[name=password]", PASSWORD)
    page.click("main button:text-is('Sign in')")
    page.click("text=add a passkey")
    assert page.input_value("[name=name]") == "This device"
    assert not page.get_by_text("No passkey was made").is_visible()
    page.fill("[name=name]", "My phone")
    page.click("text=Add it")
    page.wait_for_url("**/recovery-codes/")
    page.goto(f"{here}{reverse('mfa_list_webauthn')}")
    assert "My phone" in page.content()
    page.context.clear_cookies()
    page.goto(f"{here}{reverse('account_login')}")
    page.click("text=Sign in with a passkey")
    page.wait_for_url(lambda url: "login" not in url)
    page.goto(f"{here}{reverse('web:account')}")
    assert "Pat" in page.content()
    page.goto(f"{here}{reverse('mfa_list_webauthn')}")
    page.click("text=Remove")
    page.click("text=Remove it")
    assert "You have none yet" in page.content()
