"""A page's questions are answered once while it is put together, and anew for the next one."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.world import signed_in

from commonweal.core.asked_once import asked_once, each_asked_once


def test_an_answer_is_kept_inside_one_page_alone():
    asked = []

    @asked_once
    def question(of, *, more=0):
        if of == "nothing":
            raise LookupError
        asked.append((of, more))
        return len(asked)

    assert [question("a"), question("a")] == [1, 2]
    for first in (3, 5):
        with each_asked_once():
            assert [question("a"), question("a"), question("a", more=1)] == [first, first, first + 1]
            with pytest.raises(LookupError):
                question("nothing")
    assert question("a") == 7


def test_the_home_asks_for_roles_and_seats_once(world):
    browser = signed_in(world.admin())
    home = reverse("web:partnership", args=[world.partnership.pk])
    with CaptureQueriesContext(connection) as seen:
        assert browser.get(home).status_code == 200
    people = [one["sql"] for one in seen if 'FROM "core_person"' in one["sql"]]
    assert len(people) <= 3
