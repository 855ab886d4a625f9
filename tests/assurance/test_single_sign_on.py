"""What is asked of a token, a link and an old secret before they open anything."""

from __future__ import annotations

import time
from types import ModuleType
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.socialaccount.views import login_cancelled, login_error, signup
from django.core import signing
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.urls import include, path

from commonweal.web import urls
from commonweal.web.accounts import SecondFactor
from commonweal.web.single_sign_on import openid_providers

ISSUER, US = "https://login.testshire.example/tenant", "commonweal-at-testshire"
SET = {"COMMONWEAL_OIDC_NAME": "Testshire", "COMMONWEAL_OIDC_ISSUER": ISSUER, "COMMONWEAL_OIDC_CLIENT": US,
       "COMMONWEAL_OIDC_SECRET": "s" * 40}
SAID = {"authorization_endpoint": f"{ISSUER}/authorise", "token_endpoint": f"{ISSUER}/token", "issuer": ISSUER}
LOGIN = "/account/oidc/council/login/"


@pytest.fixture
def council(db, settings, monkeypatch) -> Client:
    """A browser at an installation with a council's sign-in, whose addresses are known."""
    for name, value in SET.items():
        monkeypatch.setenv(name, value)
    settings.SOCIALACCOUNT_PROVIDERS = openid_providers()
    settings.ROOT_URLCONF = with_single_sign_on()
    monkeypatch.setattr(OpenIDConnectOAuth2Adapter, "openid_config", SAID)
    return Client()


def with_single_sign_on() -> ModuleType:
    """The addresses as they are where settings name a provider; they are read once, when the program starts."""
    module = ModuleType("addresses_with_single_sign_on")
    module.urlpatterns = [
        *urls.urlpatterns,
        path("account/", include("commonweal.web.council_sign_in")),
        path("account/3rdparty/error/", login_error, name="socialaccount_login_error"),
        path("account/3rdparty/cancelled/", login_cancelled, name="socialaccount_login_cancelled"),
        path("account/3rdparty/signup/", signup, name="socialaccount_signup"),
    ]
    module.handler404, module.handler500 = urls.handler404, urls.handler500
    module.handler400, module.handler403 = urls.handler400, urls.handler403
    return module


def test_single_sign_on_begins_with_a_press(council):
    assert council.get(LOGIN).status_code == 200
    asked = urlsplit(council.post(LOGIN).headers["Location"])
    said = parse_qs(asked.query)
    assert f"{asked.scheme}://{asked.netloc}{asked.path}" == f"{ISSUER}/authorise"
    assert said["response_type"] == ["code"]
    assert said["code_challenge_method"] == ["S256"]
    assert len(said["code_challenge"][0]) >= 43
    assert len(said["state"][0]) >= 16


def test_an_answer_nobody_asked_for_opens_nothing(council):
    council.post(LOGIN)
    answer = council.get(f"{LOGIN}callback/", {"code": "x", "state": "forged"})
    assert answer.status_code in (200, 400, 401, 403)
    assert "_auth_user_id" not in council.session


def token(**other: object) -> str:
    said = {"iss": ISSUER, "aud": US, "sub": "one", "exp": time.time() + 60, "iat": time.time(), **other}
    return jwt.encode(said, "k" * 40, algorithm="HS256")


def taken(credential: str) -> dict[str, object]:
    return jwtkit.verify_and_decode(
        credential=credential, keys_url="", issuer=ISSUER, audience=US, lookup_kid=None, verify_signature=False,
    )


@pytest.mark.parametrize("other", [
    {"iss": "https://elsewhere.example"}, {"aud": "another service"}, {"exp": time.time() - 60},
])
def test_only_a_token_of_this_issuer_for_us_and_in_time_is_taken(db, other):
    cache.clear()
    assert taken(token(jti="first"))["sub"] == "one"
    with pytest.raises(OAuth2Error):
        taken(token(jti="first"))  # a token with an id is taken once
    with pytest.raises(OAuth2Error):
        taken(token(**other))


@pytest.mark.parametrize("given", [ISSUER, f"{ISSUER}/.well-known/openid-configuration"])
def test_the_issuer_is_the_one_that_was_set(monkeypatch, given):
    for name, value in {**SET, "COMMONWEAL_OIDC_ISSUER": given}.items():
        monkeypatch.setenv(name, value)
    (app,) = openid_providers()["openid_connect"]["APPS"]
    assert app["settings"]["openid_configuration_overrides"] == {"issuer": ISSUER}


def test_a_signed_link_that_was_altered_opens_nothing():
    good = signing.dumps("row", salt="one kind of link")
    assert signing.loads(good, salt="one kind of link") == "row"
    head, _, mac = good.rpartition(":")
    ours = "one kind of link"
    changed = mac[:-1] + ("B" if mac.endswith("A") else "A")
    for forged, salt in ((good, "another kind"), (f"{head}:{changed[::-1]}", ours), (head, ours)):
        with pytest.raises(signing.BadSignature):
            signing.loads(forged, salt=salt)


def test_an_old_secret_still_opens_what_it_closed(settings, rf: RequestFactory):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "a" * 60, []
    closed, link = SecondFactor().encrypt("seed"), signing.dumps("row")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "b" * 60, ["a" * 60]
    assert SecondFactor().decrypt(closed) == "seed"
    assert signing.loads(link) == "row"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(signing.BadSignature):
        signing.loads(link)
