"""What every answer is like, whoever asks: its kind is said, no other origin reads it, nothing leads astray."""

from __future__ import annotations

import json
import logging
from types import SimpleNamespace

import pytest
from allauth.core.internal.ratelimit import get_ip
from django.test import Client
from django.urls import reverse
from tests.world import signed_in

from commonweal.core.access_log import access_log
from commonweal.core.rewording import without
from commonweal.lake.download import CannotFetch, _check
from commonweal.web.logs import JsonLines

PUBLIC = ["web:start", "web:help", "account_login", "web:health", "api:openapi-json", "api:api-root",
          "web:api-guide"]


@pytest.mark.parametrize("route", PUBLIC)
def test_each_answer_says_what_it_is(db, route):
    answer = Client().get(reverse(route))
    assert answer.headers["Content-Type"].split(";")[0] in {"text/html", "application/json"}
    if answer.headers["Content-Type"].startswith("text/"):
        assert "charset=utf-8" in answer.headers["Content-Type"]


@pytest.mark.parametrize("route", PUBLIC)
def test_no_answer_lets_another_origin_read_it(db, route):
    answer = Client().get(reverse(route), headers={"Origin": "https://elsewhere.example"})
    assert not [name for name in answer.headers if name.lower().startswith("access-control-")]


@pytest.mark.parametrize("route", PUBLIC)
def test_trace_is_refused_everywhere(db, route):
    assert Client().trace(reverse(route)).status_code == 405


@pytest.mark.parametrize("address", ["/static/", "/static/commonweal/", "/var/", "/.git/config", "/log/"])
def test_folders_are_not_listed(db, address):
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize("onward", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_signing_in_leads_to_no_other_site(world, onward):
    person = world.admin()
    person.set_password("three words unrelated")
    person.save()
    answer = Client().post(reverse("account_login"), {
        "login": person.email, "password": "three words unrelated", "next": onward,
    })
    assert "elsewhere" not in answer.headers.get("Location", "")
    assert "javascript" not in answer.headers.get("Location", "")


def test_every_page_leads_to_signing_out(world):
    client = signed_in(world.admin())
    account = reverse("web:account")
    for address in (reverse("web:help"), reverse("web:partnership", args=[world.partnership.pk]), account):
        assert f'href="{account}"' in client.get(address).content.decode()
    assert reverse("account_logout") in client.get(account).content.decode()


@pytest.mark.parametrize(("proxies", "sent", "counted_by"), [
    (0, "1.2.3.4", "203.0.113.9"), (1, "1.2.3.4, 198.51.100.7", "198.51.100.7"),
    (1, "198.51.100.7", "198.51.100.7"),
])
def test_nobody_chooses_the_address_they_are_counted_by(rf, settings, proxies, sent, counted_by):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    request = rf.get("/", REMOTE_ADDR="203.0.113.9", HTTP_X_FORWARDED_FOR=sent)
    assert get_ip(request) == counted_by


def test_a_refusal_is_in_the_access_log(world, settings, tmp_path):
    settings.VAR = tmp_path
    address = reverse("web:people-add", args=[world.other_partnership.pk])
    status = signed_in(world.admin()).get(address).status_code
    assert status in (403, 404)
    access_log().flush()
    (path,) = (tmp_path / "log").iterdir()
    last = json.loads(path.read_text().splitlines()[-1])
    assert (last["person"], last["route"], last["status"]) == (str(world.admin().pk), "web:people-add", status)


def test_nothing_typed_begins_a_line_of_the_log():
    typed = "one\n{\"level\": 1}\r\x1b[2J"
    record = logging.makeLogRecord({"name": "commonweal.x", "msg": "kept %s", "args": (typed,)})
    (line,) = JsonLines().format(record).splitlines()
    assert json.loads(line)["message"].startswith("kept one\n")


@pytest.mark.parametrize("address", ["http://elsewhere.example/figures.csv", "ftp://elsewhere.example/figures.csv"])
def test_a_redirect_that_leaves_https_is_refused(address):
    with pytest.raises(CannotFetch, match="not safe"):
        _check(SimpleNamespace(status_code=200, url=address), "https://publisher.example/figures.csv")
    _check(SimpleNamespace(status_code=200, url="https://publisher.example/2026.csv"), "https://publisher.example/")


@pytest.mark.parametrize("name", ["Jo.Bloggs", "Jo (x", "a+b*", "J[o", "Jo\\"])
def test_a_name_is_looked_for_as_it_is_written(name):
    reword = without(name)
    assert reword(f"said {name} here") == "said somebody here"
    assert reword("JoXBloggs said aab and J o") == "JoXBloggs said aab and J o"
