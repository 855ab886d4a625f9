"""Every route and who may open it, in one table: a route that is not in it fails, and so does a wrong line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.world import World, build_world, signed_in

from commonweal.core.models import Job, JobState, PartnershipRole, Upload, UploadState
from commonweal.core.permissions import Role

LOGIN = "login"          # sent to sign in
ANYBODY = "anybody"      # the same for all, signed in or not
PEOPLE = ("anonymous", *(role.value for role in Role), "other partnership", "staff", "no partnership")
MEMBERS = frozenset(role.value for role in Role)
WORKERS = frozenset({"admin", "analyst", "contributor"})
DATA = frozenset({"admin", "analyst"})
ADMIN = frozenset({"admin"})

Keys = Callable[[World], dict[str, object]]


@dataclass(frozen=True)
class Line:
    """One route, one method: who gets what. `works` is what those who may get."""

    route: str
    who: str | frozenset[str]
    works: int = 200
    keys: Keys = field(default=lambda world: {})
    method: str = "get"
    data: dict[str, str] = field(default_factory=dict)
    seen_by: frozenset[str] = MEMBERS    # others in the partnership get 403; those outside it 404

    def expected(self, person: str) -> int | str:
        if self.who == ANYBODY:
            return self.works
        if person == "anonymous":
            return LOGIN
        if self.who == LOGIN or person in self.who:
            return self.works
        return 403 if person in self.seen_by else 404


def partnership(world: World) -> dict[str, object]:
    return {"partnership": world.partnership.pk}


def upload(world: World) -> dict[str, object]:
    row = Upload.objects.get_or_create(
        partnership=world.partnership, name="figures.csv", size=1, sha256="0", state=UploadState.SET_ASIDE,
        expires=world.partnership.created,
    )[0]
    return {"partnership": world.partnership.pk, "upload": row.pk}


def job(world: World) -> dict[str, object]:
    owner = world.admin()
    row = Job.objects.get_or_create(key="k", defaults={
        "kind": "upload.read", "owner": owner, "partnership": world.partnership, "state": JobState.FAILED,
    })[0]
    return {"job": row.pk}


def observers_role(world: World) -> dict[str, object]:
    role = PartnershipRole.objects.get(person=world.people[Role.OBSERVER])
    return {"partnership": world.partnership.pk, "role": role.pk}


def store(world: World) -> dict[str, object]:
    return {"which": "published"}


def dataset(world: World) -> dict[str, object]:
    return {"which": "published", "dataset": "nowhere"}


def place(**more: str) -> Keys:
    return lambda world: {"code": "E99999999", **more}


def kept_version(world: World) -> dict[str, object]:
    return {**partnership(world), "identity": uuid4(), "number": 1}


TABLE = [
    # the shell, open to all
    Line("web:start", ANYBODY),
    Line("web:example", ANYBODY),
    Line("web:example-sign-in", ANYBODY, 405, lambda world: {"person": uuid4()}),
    Line("web:example-sign-in", ANYBODY, 404, lambda world: {"person": uuid4()}, "post"),
    Line("web:data", ANYBODY, 302),
    Line("web:datasets", ANYBODY, 200, store),
    Line("web:dataset", ANYBODY, 404, dataset),
    Line("web:kept-out", ANYBODY, 404, dataset),
    Line("web:help", ANYBODY),
    Line("web:feedback", ANYBODY),
    Line("web:accessibility", ANYBODY),
    Line("web:privacy", ANYBODY),
    Line("web:licences", ANYBODY),
    Line("web:api-guide", ANYBODY),
    Line("web:health", ANYBODY),
    # one's own
    Line("web:account", LOGIN),
    Line("web:second-factor", LOGIN, 302),
    Line("web:jobs", LOGIN),
    # a partnership
    Line("web:partnership", MEMBERS, 200, partnership),
    Line("web:places", MEMBERS, 200, partnership),
    Line("web:places", ADMIN, 200, partnership, "post", {"q": ""}),
    Line("web:people", MEMBERS, 200, partnership),
    Line("web:people-add", ADMIN, 200, partnership),
    Line("web:people-add", ADMIN, 200, partnership, "post", {"name": ""}),
    Line("web:role-end", LOGIN, 405, observers_role),
    Line("web:role-end", ADMIN, 302, observers_role, "post"),
    Line("web:files", WORKERS, 200, partnership),
    Line("web:files", DATA, 200, partnership, "post"),
    Line("web:upload", WORKERS, 200, upload, seen_by=frozenset()),
    Line("web:mapping", frozenset(), 404, upload, seen_by=MEMBERS - DATA),
    Line("web:own-dataset", MEMBERS - {"provider"}, 404, lambda world: {**partnership(world), "dataset": "own-x"}),
    Line("web:job", WORKERS, 200, job, seen_by=frozenset()),
    Line("web:job-progress", WORKERS, 286, job, seen_by=frozenset()),
    Line("web:job-cancel", LOGIN, 405, job),
    Line("web:job-cancel", ADMIN, 400, job, "post", seen_by=WORKERS - ADMIN),
    Line("web:job-again", LOGIN, 405, job),
    Line("web:job-again", ADMIN, 302, job, "post", seen_by=WORKERS - ADMIN),
    # the data interface
    Line("api:openapi-json", ANYBODY),
    Line("api:api-root", ANYBODY),
    Line("api:place", ANYBODY, 404, data={"q": "nowhere"}),
    Line("api:datasets", ANYBODY),
    Line("api:one_dataset", ANYBODY, 404, dataset),
    # signing in
    Line("account_inactive", ANYBODY),
    Line("account_reset_password_done", ANYBODY),
    Line("account_reset_password_from_key_done", ANYBODY),
    Line("account_reset_password_from_key", ANYBODY, 200, lambda world: {"uidb36": "0", "key": "none"}),
    Line("account_set_password", LOGIN),
    Line("account_change_password", LOGIN, 302),
    Line("account_reauthenticate", LOGIN, 302),
    Line("mfa_index", LOGIN),
    Line("mfa_reauthenticate", LOGIN),
    Line("mfa_activate_totp", LOGIN, 302),
    Line("mfa_deactivate_totp", LOGIN, 302),
    Line("mfa_view_recovery_codes", LOGIN, 404),
    Line("mfa_generate_recovery_codes", LOGIN, 302),
    Line("mfa_download_recovery_codes", LOGIN, 404),
]
# What the needs stage keeps and tells.
TABLE += [
    Line("needs:keep", WORKERS, 404, lambda world: {"code": "E99999999", **partnership(world)}),
    Line("needs:kept", MEMBERS - {"provider"}, 200, partnership),
    Line("needs:kept-version", frozenset(), 404, kept_version, seen_by=frozenset()),
    Line("needs:kept-file", frozenset(), 404, lambda world: {**kept_version(world), "ending": "json"},
         seen_by=frozenset()),
    Line("api:assessment", ANYBODY, 404, place()),
    Line("api:findings", ANYBODY, 404, place()),
    Line("api:indicators", ANYBODY),
]
# Pages for those who have not signed in: who has is led on to their own.
TURNED = {
    "web:home": (LOGIN, (200, 302)), "account_login": (200, (302,)), "account_signup": (200, (302,)),
    "account_reset_password": (200, (200,)), "account_logout": (302, (200,)),
    "mfa_authenticate": (LOGIN, (302,)),
}
# Pages of places, from published data alone: the same answer for everybody (no data is loaded here).
PLACES: dict[str, Keys] = {
    "needs:place": place(), "needs:people": place(), "needs:themes": place(), "needs:theme": place(theme="x"),
    "needs:measure": place(card="x"), "needs:areas": place(), "needs:chosen": place(),
    "needs:area": place(area="x"),
    "needs:weights": place(), "needs:missed": place(), "needs:provision": place(), "needs:limits": place(),
    "needs:sources": place(), "needs:take": place(), "needs:evidence": place(), "needs:file": place(ending="json"),
    "needs:evidence-file": place(ending="pdf"), "needs:table": place(table="x"),
}


@pytest.fixture(autouse=True)
def var(tmp_path, settings):
    settings.VAR = tmp_path


@pytest.fixture
def world(db) -> World:
    return build_world()


def client_of(world: World, person: str) -> Client:
    if person == "anonymous":
        return Client()
    others = {"other partnership": world.outsider, "staff": world.staff, "no partnership": world.loner}
    return signed_in(others[person] if person in others else world.people[Role(person)])


def routes(resolver: URLResolver | None = None, space: str = "") -> Iterator[str]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from routes(entry, f"{space}{entry.namespace}:" if entry.namespace else space)
        elif isinstance(entry, URLPattern):
            yield f"{space}{entry.name}"


def answer(client: Client, line: Line, world: World) -> int | str:
    address = reverse(line.route, kwargs=line.keys(world))
    response = getattr(client, line.method)(address, line.data)
    sent_to = response.headers.get("Location", "")
    return LOGIN if sent_to.startswith(reverse("account_login")) else response.status_code


def test_every_route_stands_in_the_table():
    told = {line.route for line in TABLE} | set(TURNED) | set(PLACES)
    there = set(routes())
    assert there - told == set(), "routes without a line in the access table"
    assert {name for name in told - there if not name.startswith("needs:")} == set(), "lines without a route"


@pytest.mark.parametrize("line", TABLE, ids=[f"{line.method} {line.route}" for line in TABLE])
def test_each_gets_what_the_table_says(line, world):
    line.keys(world)
    found = {person: answer(client_of(world, person), line, world) for person in PEOPLE if person != "admin"}
    found["admin"] = answer(client_of(world, "admin"), line, world)
    assert found == {person: line.expected(person) for person in found}


@pytest.mark.parametrize("route", list(TURNED))
def test_pages_for_those_who_have_not_signed_in(route, world):
    outside, inside = TURNED[route]
    line = Line(route, ANYBODY)
    assert answer(Client(), line, world) == outside
    for person in ("admin", "other partnership", "staff"):
        assert answer(client_of(world, person), line, world) in (*inside, LOGIN)


@pytest.mark.parametrize("route", list(PLACES))
def test_places_are_open_to_everybody(route, world):
    if route not in set(routes()):
        pytest.fail(f"{route} is in the table and not among the routes")
    line = Line(route, ANYBODY, keys=PLACES[route])
    found = {answer(client_of(world, person), line, world) for person in PEOPLE}
    assert found in ({200}, {404}, {302})


@pytest.mark.parametrize("line", [line for line in TABLE if line.method == "post"], ids=lambda line: line.route)
def test_no_deed_without_a_token_that_the_form_is_ours(line, world):
    person = world.admin()
    client = signed_in(person)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    response = strict.post(reverse(line.route, kwargs=line.keys(world)), line.data)
    assert response.status_code == 403
    assert b"Nothing was sent" in response.content


def test_whoever_lacks_a_second_factor_gets_no_further(world):
    client = signed_in(world.admin(), second_factor=False)
    for line in TABLE:
        open_to_all = line.route in {
            "web:help", "web:privacy", "web:accessibility", "web:health", "web:second-factor"
        } or line.route.startswith("mfa_")
        address = reverse(line.route, kwargs=line.keys(world))
        response = getattr(client, line.method)(address, line.data)
        sent = response.headers.get("Location") == reverse("web:second-factor")
        assert sent != (open_to_all or line.route == "account_reauthenticate"), line.route
