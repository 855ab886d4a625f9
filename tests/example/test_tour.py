"""The tour: every stop leads to its page with the right eyes, says what stands there, and leads on."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from commonweal.core.models import Person
from commonweal.core.stores import stores
from commonweal.example.store import build_store
from commonweal.web.tour import Page, tour

pytestmark = pytest.mark.django_db


def test_a_newcomer_walks_it_to_the_end(example_records):
    build_store(stores().example)
    client = Client()
    listed = client.get(reverse("web:tour")).content.decode()
    assert listed.count("Go there") == len(tour().stops)
    for stop in tour().stops:
        answer = client.post(reverse("web:tour-go", args=[stop.key]), follow=True)
        page = html.unescape(re.sub(r"<[^>]+>", "", answer.content.decode()))
        assert answer.status_code == 200, stop.key
        assert f"Stop {stop.number} of {len(tour().stops)}: {stop.title}" in page
        main = page[page.index(stop.to_try) + len(stop.to_try):]
        assert all(words in main for words in stop.sees), stop.key
        if stop.who:
            assert answer.wsgi_request.user == Person.objects.get(email=stop.who)
        following = tour().after(stop)
        assert (f"Next: {following.title}" if following else "That was the tour.") in page
    left = client.post(reverse("web:tour-leave"), follow=True)
    assert "Stop " not in left.content.decode()


def test_elsewhere_than_on_this_computer_nobody_walks_it(example_records):
    client = Client(headers={"X-Forwarded-For": "203.0.113.9"})
    assert client.post(reverse("web:tour-go", args=["home"])).status_code == 404
    assert "Go there" not in client.get(reverse("web:tour")).content.decode()


@pytest.mark.parametrize("told", [{}, {"place": True, "route": "web:tour"}])
def test_a_stop_stands_on_one_page(told):
    with pytest.raises(ValueError, match="one page"):
        Page(**told)
