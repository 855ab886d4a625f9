"""Sessions end by themselves and from elsewhere; what happens to them is in the log with nobody's name in it."""

from __future__ import annotations

import logging
import re
import time

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from tests.web.test_sign_in import PASSWORD, code_for, link_app, sign_in
from tests.world import signed_in

from commonweal.web import sessions
from commonweal.web.security_events import network


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


@pytest.fixture
def admin(world):
    person = world.admin()
    person.set_password(PASSWORD)
    person.save()
    return person


def is_in(client: Client) -> bool:
    return client.get(reverse("web:account")).status_code == 200


def stays_in(client: Client, mark: str, back: int) -> bool:
    """Whether they are in still, were the mark so many seconds old."""
    kept = client.session
    kept[mark] = int(time.time()) - back
    kept.save()
    return is_in(client)


@pytest.mark.parametrize(("mark", "seconds"), [(sessions.SEEN, 2 * 3600), (sessions.BEGAN, 12 * 3600)])
def test_a_session_ends_when_unused_and_in_any_case_after_a_day_at_work(world, mark, seconds):
    client = signed_in(world.admin())
    for back, stays in ((60, True), (seconds - 60, True), (seconds + 60, False)):
        assert stays_in(client, mark, back) is stays


@pytest.mark.parametrize("mark", [sessions.SEEN, sessions.BEGAN])
def test_a_session_of_a_clock_that_was_set_back_ends_rather_than_last_longer(world, mark):
    client = signed_in(world.admin())
    for back, stays in ((-60, True), (-3600, False)):
        assert stays_in(client, mark, back) is stays


def test_a_new_session_key_at_sign_in_and_the_old_one_opens_nothing_after_signing_out(admin):
    client = Client()
    client.get(reverse("account_login"))
    sign_in(client, admin.email)
    link_app(client)
    first = client.session.session_key
    assert is_in(client)
    gone = client.post(reverse("account_logout"))
    assert gone.headers["Clear-Site-Data"] == '"cache"'
    old = Client()
    old.cookies["commonweal_session"] = first
    assert not is_in(old)


def test_the_list_shows_each_browser_and_ends_the_others_after_asking_who_it_is(admin):
    here, elsewhere, somebody = signed_in(admin), signed_in(admin), signed_in(admin)
    shown = here.get(reverse("web:sessions")).content.decode()
    assert (shown.count("This one"), shown.count("Another")) == (1, 2)
    assert "12 hours after signing in, or when it was not used for 2 hours" in shown
    asked = here.post(reverse("web:sessions"))
    assert asked.headers["Location"].startswith(reverse("account_reauthenticate"))
    here.post(asked.headers["Location"], {"password": PASSWORD})
    assert [is_in(one) for one in (here, elsewhere, somebody)] == [True, False, False]


def test_a_changed_password_and_a_closed_account_end_every_other_session(admin):
    here, elsewhere = signed_in(admin), signed_in(admin)
    admin.set_password("another three words")
    admin.save()
    assert not is_in(elsewhere)
    assert not is_in(here)
    again = signed_in(admin)
    admin.is_active = False
    admin.save()
    assert not is_in(again)


def test_the_keeper_signs_one_person_or_everybody_out(world, capsys):
    client, other = signed_in(world.admin()), signed_in(world.outsider)
    call_command("end_sessions", world.admin().email)
    assert (is_in(client), is_in(other)) == (False, True)
    call_command("end_sessions", everybody=True)
    assert not is_in(other)
    for wrong in ((), ("nobody@nowhere.example",)):
        with pytest.raises(CommandError):
            call_command("end_sessions", *wrong)


def test_a_code_of_the_app_opens_once(admin):
    client = Client()
    sign_in(client, admin.email)
    secret = link_app(client)
    cache.clear()
    answers = []
    for _ in range(2):
        again = Client()
        sign_in(again, admin.email)
        answers.append(again.post(reverse("mfa_authenticate"), {"code": code_for(secret)}).status_code)
    assert answers == [302, 200]


def test_the_log_says_who_by_id_from_which_network_and_nothing_else(
    admin, caplog, django_capture_on_commit_callbacks,
):
    with caplog.at_level(logging.INFO, "commonweal.security"):
        sign_in(Client(REMOTE_ADDR="203.0.113.77"), admin.email, "wrong words here")
        sign_in(Client(), "stranger@nowhere.example\n", "wrong")
        client = Client()
        sign_in(client, admin.email)
        with django_capture_on_commit_callbacks(execute=True):
            link_app(client)
        client.post(reverse("account_logout"))
    said = [record.getMessage() for record in caplog.records if record.name == "commonweal.security"]
    assert said[0] == f"sign-in refused person={admin.pk} from=203.0.113.0/24"
    assert said[1].startswith("sign-in refused person=unknown")
    told = [one.partition(" person=")[0] for one in said[2:]]
    assert (told[0], told[-1]) == ("signed in", "signed out")
    assert "second factor added" in told
    assert not re.search(r"@|wrong|words|\.77|\n", "|".join(said))


def test_a_network_is_told_and_no_address(rf):
    assert network(rf.get("/", REMOTE_ADDR="2001:db8:1:2::9")) == "2001:db8:1::/48"
    assert network(rf.get("/", REMOTE_ADDR="not one")) == "unknown"
    assert network(None) == "unknown"
