"""Every route and who may open it, in one table: a route that is not in it fails, and so does a wrong line.

A group that chose to be only counted stands in the directory all the while, and no answer may name it.
"""

from __future__ import annotations

import importlib
import io
import pkgutil
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID
from zlib import crc32

import pytest
import tests.access
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.access.line import ANYBODY, LOGIN, PEOPLE, Line
from tests.access.needs import PLACES
from tests.access.shell import TURNED
from tests.world import World, signed_in

from commonweal.core.permissions import Role
from commonweal.providers.models import LineKind, Profile, ProfileLine, Provider, ProviderKind, RegisterEntry, Seen

TABLE: list[Line] = [
    line
    for part in pkgutil.iter_modules(tests.access.__path__) if part.name != "line"
    for line in importlib.import_module(f"tests.access.{part.name}").TABLE
]


@pytest.fixture(autouse=True)
def var(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "VAR", tmp_path)


@pytest.fixture(scope="module")
def sessions(world_once: World) -> dict[str, str]:
    """Everybody signs in once; each test has the session as it was then."""
    others = {
        "other partnership": world_once.outsider, "staff": world_once.staff, "no partnership": world_once.loner
    }
    everybody = others | {role.value: person for role, person in world_once.people.items()}
    name = settings.SESSION_COOKIE_NAME
    plant_hidden(world_once)
    SESSIONS.update({who: signed_in(person).cookies[name].value for who, person in everybody.items()})
    return SESSIONS


SESSIONS: dict[str, str] = {}
HIDDEN = "Hidden Hollow"
MADE_UP = (UUID(int=1), 1, "x", "E06000999")


def plant_hidden(world: World) -> None:
    """On a public register and on the partnership's own list, of its place, with all that a search goes by."""
    body = Provider.objects.create(
        name=f"{HIDDEN} Testshire Choir", kind=ProviderKind.CLUB, visibility=Seen.COUNTED, postcode="TS1 1AA",
        district="E07000999", classes=["music", "older", "sport"], search="hidden hollow testshire choir")
    for scope in (None, world.partnership):
        RegisterEntry.objects.create(
            provider=body, register="list", ref="hidden", scope=str(scope.pk) if scope else "", partnership=scope,
            title="List", name=body.name, postcode=body.postcode, district=body.district, digest="d",
            activities="Singing", read_on=date(2026, 1, 1), registered=date(2001, 1, 1))
    told = Profile.objects.create(provider=body, about=f"{HIDDEN} sings.", confirmed=date(2026, 1, 1))
    ProfileLine.objects.create(profile=told, kind=LineKind.GROUP, text="older people of Hidden Hollow")


def words_of(response: HttpResponse | StreamingHttpResponse) -> str:
    """All that an answer says; a Word file, a workbook or a package is opened."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as package:
            body = b"".join(package.read(name) for name in package.namelist())
    return body.decode("utf-8", "replace")


def client_of(person: str) -> Client:
    client = Client()
    if person != "anonymous":
        client.cookies[settings.SESSION_COOKIE_NAME] = SESSIONS[person]
    return client


def routes(resolver: URLResolver | None = None, space: str = "") -> Iterator[str]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from routes(entry, f"{space}{entry.namespace}:" if entry.namespace else space)
        elif isinstance(entry, URLPattern):
            yield f"{space}{entry.name}"


def made_up_keys(resolver: URLResolver | None = None, space: str = "") -> Iterator[tuple[str, dict[str, object]]]:
    """Keys for every route's address, of nothing there is."""
    for entry in (resolver or get_resolver()).url_patterns:
        own = {name: next(one for one in MADE_UP if re.fullmatch(form.regex, str(form.to_url(one))))
               for name, form in getattr(entry.pattern, "converters", {}).items()}
        if isinstance(entry, URLResolver):
            deeper = made_up_keys(entry, f"{space}{entry.namespace}:" if entry.namespace else space)
            yield from ((route, own | keys) for route, keys in deeper)
        elif entry.pattern.regex.groups == len(own):  # else its parts have no form that says what fits
            yield f"{space}{entry.name}", own


def answer(client: Client, line: Line, world: World) -> int | str:
    address = reverse(line.route, kwargs=line.keys(world))
    response = getattr(client, line.method)(address, line.data)
    assert HIDDEN.casefold() not in words_of(response).casefold(), f"{line.route} names who is only counted"
    sent_to = response.headers.get("Location", "")
    return LOGIN if sent_to.startswith(reverse("account_login")) else response.status_code


def test_every_route_stands_in_the_table():
    told = {line.route for line in TABLE} | set(TURNED) | set(PLACES)
    there = set(routes())
    assert there - told == set(), "routes without a line in the access table"
    assert {name for name in told - there if not name.startswith("needs:")} == set(), "lines without a route"


OUTSIDERS = ("anonymous", "other partnership", "staff", "no partnership")
EACH = pytest.mark.parametrize("line", TABLE, ids=[f"{line.method} {line.route}" for line in TABLE])


def some(line: Line) -> list[str]:
    """All outsiders; of the roles, by turns from line to line, one that may and one that may not."""
    # By the names of what is sent, never by values drawn anew each run.
    turn = crc32(f"{line.method} {line.route} {sorted(line.data)}".encode())
    roles = [role.value for role in Role]
    answers = sorted({line.expected(one) for one in roles}, key=str)
    groups = ([one for one in roles if line.expected(one) == answer] for answer in answers)
    chosen = [group[turn % len(group)] for group in groups]
    return [*OUTSIDERS, *(one for one in chosen if one != "admin"), *(one for one in chosen if one == "admin")]


def gets_what_the_table_says(line: Line, world: World, people: Sequence[str]) -> None:
    line.keys(world)
    found = {person: answer(client_of(person), line, world) for person in people}
    assert found == {person: line.expected(person) for person in found}


@EACH
def test_each_gets_what_the_table_says(line, world, sessions):
    gets_what_the_table_says(line, world, some(line))


@pytest.mark.soak
@EACH
def test_everybody_gets_what_the_table_says(line, world, sessions):
    gets_what_the_table_says(line, world, [*(one for one in PEOPLE if one != "admin"), "admin"])


def test_the_turns_come_to_every_role():
    assert {person for line in TABLE for person in some(line)} == set(PEOPLE)


@pytest.mark.parametrize("route", list(TURNED))
def test_pages_for_those_who_have_not_signed_in(route, world, sessions):
    outside, inside = TURNED[route]
    line = Line(route, ANYBODY)
    assert answer(Client(), line, world) == outside
    for person in ("admin", "other partnership", "staff"):
        assert answer(client_of(person), line, world) in (*inside, LOGIN)


@pytest.mark.parametrize("route", list(PLACES))
def test_places_are_open_to_everybody(route, world, sessions):
    if route not in set(routes()):
        pytest.fail(f"{route} is in the table and not among the routes")
    line = Line(route, ANYBODY, keys=PLACES[route])
    found = {answer(client_of(person), line, world) for person in PEOPLE}
    assert found in ({200}, {404}, {302})


@pytest.mark.parametrize("line", [line for line in TABLE if line.method == "post"], ids=lambda line: line.route)
def test_no_deed_without_a_token_that_the_form_is_ours(line, world):
    person = world.admin()
    client = signed_in(person)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    response = strict.post(reverse(line.route, kwargs=line.keys(world)), line.data)
    by_program = line.route.startswith("api:")  # these take a program's token, and no session at all
    assert response.status_code == (401 if by_program else 403)
    assert (b"This address is for programs" if by_program else b"Nothing was sent") in response.content


def test_whoever_lacks_a_second_factor_gets_no_further(world):
    """Sent away before anything is looked up, whatever the address names."""
    Authenticator.objects.filter(user=world.admin()).delete()
    client = signed_in(world.admin(), second_factor=False)
    made_up = dict(made_up_keys())
    for line in {(line.method, line.route): line for line in TABLE}.values():
        open_to_all = line.route in {
            "web:help", "web:privacy", "web:accessibility", "web:health", "web:second-factor"
        } or line.route.startswith("mfa_")
        keys = made_up[line.route] if line.route in made_up else line.keys(world)
        address = reverse(line.route, kwargs=keys)
        response = getattr(client, line.method)(address, line.data)
        sent = response.headers.get("Location") == reverse("web:second-factor")
        assert sent != (open_to_all or line.route == "account_reauthenticate"), line.route
