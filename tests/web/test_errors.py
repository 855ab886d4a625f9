"""What goes wrong is told honestly, in our dress, and never with a traceback."""

from __future__ import annotations

import pytest
from django.db import DatabaseError
from django.test import Client, RequestFactory
from django.urls import reverse
from tests.world import signed_in

from commonweal.core.errors import Refused
from commonweal.core.permissions import Role
from commonweal.lake.readers.base import RejectedRow
from commonweal.web.middleware.refusals import Refusals
from commonweal.web.views import errors


def test_not_found_is_dressed_and_offers_a_way_on(db):
    response = Client().get("/nowhere/at/all/")
    assert response.status_code == 404
    assert "Page not found" in response.content.decode()
    assert reverse("web:start") in response.content.decode()


@pytest.mark.parametrize(("view", "status", "words"), [
    (errors.bad_request, 400, "could not be read"), (errors.forbidden, 403, "may not see"),
    (errors.failed, 500, "It is ours, not yours"), (errors.csrf_failure, 403, "Nothing was sent"),
])
def test_each_error_has_its_page(db, rf: RequestFactory, view, status, words):
    from django.contrib.auth.models import AnonymousUser

    request = rf.get("/")
    request.user = AnonymousUser()
    response = view(request)
    assert response.status_code == status
    assert words in response.content.decode()


def test_a_fault_is_told_without_its_inside_even_with_no_database(world, monkeypatch):
    def broken(*_: object, **__: object) -> None:
        raise DatabaseError("secret table name")

    monkeypatch.setattr("commonweal.web.views.jobs.jobs_for", broken)
    client = signed_in(world.admin())
    client.raise_request_exception = False
    response = client.get(reverse("web:jobs"))
    assert response.status_code == 500
    assert "secret" not in response.content.decode()
    assert "What you had already saved is safe" in response.content.decode()


def test_the_watchdog_is_told_when_the_database_does_not_answer(db, monkeypatch):
    assert Client().get(reverse("web:health")).json() == {"status": "ok"}

    class Down:
        def cursor(self) -> None:
            raise DatabaseError

    monkeypatch.setattr("commonweal.web.views.health.connection", Down())
    response = Client().get(reverse("web:health"))
    assert response.status_code == 503


@pytest.mark.parametrize("which", ["published", "example"])
def test_the_watchdog_is_told_when_a_manifest_is_broken(db, settings, tmp_path, which):
    settings.VAR = tmp_path
    folder = tmp_path / "lake" / which
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text("{torn")
    response = Client().get(reverse("web:health"))
    assert response.status_code == 503
    assert response.json() == {"status": "the list of stored data cannot be read"}


def test_a_refusal_of_the_domain_is_a_page_and_a_fault_is_not(rf, db):
    from django.contrib.auth.models import AnonymousUser

    request = rf.get("/")
    request.user = AnonymousUser()
    caught = Refusals(lambda request: None)
    response = caught.process_exception(request, Refused("The sheet has no rows."))
    assert response is not None
    assert response.status_code == 400
    assert "The sheet has no rows." in response.content.decode()
    assert caught.process_exception(request, KeyError("x")) is None


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch", "options", "trace"])
def test_a_method_nobody_expects_is_refused(db, method):
    response = getattr(Client(), method)(reverse("web:help"))
    assert response.status_code == 405


def test_a_row_kept_out_runs_in_no_spreadsheet(db, monkeypatch):
    row = RejectedRow("＝S()", 4, " =HYPERLINK()", "no code")
    monkeypatch.setattr("commonweal.web.views.datasets.dataset_for", lambda *_: None)
    monkeypatch.setattr("commonweal.web.views.datasets.kept_out_rows", lambda *_: (row,))
    said = Client().get(reverse("web:kept-out", args=["published", "places"])).content.decode()
    assert said.splitlines()[1] == "'＝S(),4,' =HYPERLINK(),no code"


@pytest.mark.parametrize("name", ["needs:evidence-list", "web:organisation-add", "web:places"])
def test_a_null_in_an_address_is_read_as_if_it_were_not_there(world, name):
    address = reverse(name, kwargs={"partnership": world.partnership.pk})
    browser = signed_in(world.admin())
    assert browser.get(address + "?q=%00swim%00").status_code == 200
    assert "%00" not in browser.get(address + "?q=%00swim").wsgi_request.META["QUERY_STRING"]


def test_who_may_not_is_told_whom_to_ask_and_led_back(world):
    keys = [world.partnership.pk]
    said = signed_in(world.people[Role.ELECTED_MEMBER]).get(reverse("providers:profile", args=keys))
    assert said.status_code == 403
    text = said.content.decode()
    assert "Testshire District Council: Pat Member organisation administrator" in text
    assert f'href="{reverse("web:partnership", args=keys)}"' in text
    outside = signed_in(world.outsider).get(reverse("providers:profile", args=keys))
    assert "Pat Member" not in outside.content.decode()


@pytest.mark.parametrize(("route", "words"), [
    ("web:sharing", "may write and sign an agreement"), ("web:paid-time", "may write it down"),
    ("web:partnership", "may sign"),
])
def test_who_may_not_sign_is_told_who_does(world, route, words):
    sentence = f"Pat Member organisation administrator {words} for Testshire District Council."
    for role, told in ((Role.CONTRIBUTOR, True), (Role.ADMIN, False)):
        page = signed_in(world.people[role]).get(reverse(route, args=[world.partnership.pk])).content.decode()
        assert (sentence in page) is told
