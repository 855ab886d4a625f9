"""Nonsense sent to every form of needs, words, sharing, sign-off and the workspace gets an answer."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from zlib import crc32

import pytest
from django.db import transaction
from django.urls import reverse
from tests.access import (
    ambitions,
    briefings,
    capacity,
    contacts,
    departments,
    evidence,
    invitations,
    making_case,
    missed,
    need,
    neighbourhoods,
    people,
    priorities,
    ranking,
    services,
    sharing,
    skills,
    succession,
    surveys,
    visits,
    words,
    workspace,
)
from tests.access.line import Line
from tests.world import World, signed_in

PARTS = (
    ambitions, briefings, capacity, contacts, departments, evidence, invitations, making_case, missed, need,
    neighbourhoods, people, priorities, ranking, services, sharing, skills, succession, surveys, visits, words,
    workspace,
)
LINES = [line for part in PARTS for line in part.TABLE if line.method == "post"]
NONSENSE = (
    "\x00", "9" * 30, "-1", "NaN", "1e999", "\u0663", "[]", "00000000-0000-0000-0000-000000000000", "2026-02-31",
    "<b>\U0001f4a9</b>\r\n" * 900, "9999", "0", "=1+1", "\u00e9@\u00e9.\u00e9", "a" * 300,
)
NOT_TYPED = {"hidden", "radio", "checkbox", "submit", "button", "file"}


class Fields(HTMLParser):
    """What a browser would send with the forms of a page; `typed` are those a person writes in."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.chosen: dict[str, str] = {}
        self.typed: set[str] = set()
        self._select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        name = told.get("name", "")
        if tag == "select":
            self._select = name
        elif tag == "option" and told.get("value"):
            self.chosen.setdefault(self._select, told["value"])
        elif name and (tag == "textarea" or (tag == "input" and told.get("type", "text") not in NOT_TYPED)):
            self.typed.add(name)
        elif name and tag in {"input", "button"} and name != "csrfmiddlewaretoken":
            self.chosen.setdefault(name, told.get("value", "on"))


@pytest.fixture(autouse=True)
def var(tmp_path, settings):
    settings.VAR = tmp_path


def sendings(line: Line, page: str) -> Iterator[dict[str, object]]:
    """Nonsense where one types and the rest as offered; then in all there is, once or twice by turns."""
    fields = Fields(page)
    names = fields.typed | set(fields.chosen) | set(line.data)
    turn = crc32(f"{line.route} {line.data}".encode())
    typed, all_over = (NONSENSE[(turn + step) % len(NONSENSE)] for step in (0, 4))
    yield {**fields.chosen, **line.data, **dict.fromkeys(fields.typed, typed)}
    yield {name: all_over if turn % 2 else ["", all_over] for name in names}


def test_nonsense_gets_an_answer(world: World):
    client, failed, sent = signed_in(world.admin()), {}, 0
    client.raise_request_exception = False
    for line in LINES:
        before = transaction.savepoint()  # what one line needs is no hindrance to the next
        address = reverse(line.route, kwargs=line.keys(world))
        page = client.get(address).content.decode(errors="replace")
        for data in sendings(line, page):
            held, sent = transaction.savepoint(), sent + 1
            status = client.post(address, data).status_code
            if status >= 500:
                failed[line.route] = (status, repr(data)[:200])
            transaction.savepoint_rollback(held)
        transaction.savepoint_rollback(before)
    assert failed == {}
    assert sent > 150
