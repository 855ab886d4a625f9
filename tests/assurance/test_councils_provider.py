"""Sign-in through a real OpenID Connect provider (node's oidc-provider), and tokens that must be refused."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
import requests
from allauth.socialaccount.providers import registry
from django.core.cache import cache
from django.test import Client
from tests.assurance.test_single_sign_on import LOGIN, with_single_sign_on
from tests.world import World

from commonweal.core.models import Person
from commonweal.core.permissions import Role
from commonweal.web.council_sign_in import CouncilProvider

HERE = Path(__file__).parent / "provider"
US, SECRET = "commonweal-at-testshire", "s" * 40
ADDRESS = "analyst@testshire.gov.uk"
NEEDED = [
    pytest.mark.skipif(not shutil.which("node"), reason="node is not here; `make install-dev` says why"),
    pytest.mark.skipif(
        not (HERE / "node_modules").exists(), reason="no npm registry answered `make install-dev`: oidc-provider",
    ),
]
pytestmark = NEEDED


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The provider's address, while it runs."""
    command = ["node", "provider.mjs", US, SECRET, f"http://testserver{LOGIN}callback/", ADDRESS]
    running = subprocess.Popen(command, cwd=HERE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert running.stdout
    try:
        yield next(line.strip() for line in running.stdout if line.startswith("http://"))
    finally:
        running.kill()
        running.communicate()


@pytest.fixture
def council(world: World, settings, provider) -> Iterator[Client]:
    """A browser at an installation whose council signs in there."""
    app = {"provider_id": "council", "name": "Testshire", "client_id": US, "secret": SECRET,
           "settings": {"server_url": provider, "openid_configuration_overrides": {"issuer": provider}}}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    settings.ROOT_URLCONF = with_single_sign_on()
    settings.SINGLE_SIGN_ON_HAS_SECOND_FACTOR = True
    cache.clear()
    registry.load()
    before = registry.provider_map["openid_connect"]
    registry.register(CouncilProvider)
    for back in ("fault", "joiner"):
        requests.post(f"{provider}/{back}", timeout=10)
    yield Client()
    registry.register(before)


def through(council: Client) -> tuple[int, str]:
    """To the council's page, through it, and back: what Commonweal answers."""
    onward, browser = council.post(LOGIN).headers["Location"], requests.Session()
    for _ in range(9):
        answer = browser.get(onward, allow_redirects=False, timeout=10)
        if answer.status_code not in (302, 303):
            return answer.status_code, answer.text
        onward = urljoin(onward, answer.headers["Location"])
        if onward.startswith("http://testserver/"):
            parts = urlsplit(onward)
            told = council.get(f"{parts.path}?{parts.query}", follow=True)
            return told.status_code, told.content.decode()
    raise AssertionError(onward)


def who(council: Client) -> str:
    return str(council.session.get("_auth_user_id", ""))


def test_whoever_the_council_vouches_for_is_in(council, world):
    assert "nonce=" in council.post(LOGIN).headers["Location"]
    status, told = through(council)
    assert status == 200
    assert who(council) == str(world.people[Role.ANALYST].pk), told[:2000]


@pytest.mark.parametrize(("domains", "in_it"), [
    ({"other.gov.uk", "gov.uk"}, False), ({ADDRESS.split("@")[1]}, True)])
def test_a_council_speaks_for_addresses_of_its_own_domains_alone(council, world, settings, domains, in_it):
    settings.SINGLE_SIGN_ON_DOMAINS = frozenset(domains)
    status, told = through(council)
    assert status < 500
    assert bool(who(council)) is in_it, told[:2000]


@pytest.mark.parametrize("fault", ["nonce", "audience", "expired", "signature", "algorithm"])
def test_a_token_that_is_not_right_opens_nothing(council, provider, fault):
    requests.post(f"{provider}/fault?of={fault}", timeout=10)
    status, told = through(council)
    assert status < 500
    assert who(council) == ""
    assert "Traceback" not in told


def test_who_has_left_is_refused_by_either_side(council, provider, world):
    """The council closed the account there; or it is closed here; or it never was here."""
    requests.post(f"{provider}/leaver", timeout=10)
    status, _ = through(council)
    assert (status, who(council)) == (403, "")
    requests.post(f"{provider}/joiner", timeout=10)
    person = world.people[Role.ANALYST]
    for closed in ({"email": "other@testshire.gov.uk"}, {"is_active": False}):
        Person.objects.filter(pk=person.pk).update(**{"email": ADDRESS, **closed})
        assert through(council)[0] < 500
        assert who(council) == "", closed
