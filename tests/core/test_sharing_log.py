"""The log of an agreement is read a page at a time from its end, however long it is, and only its own."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from commonweal.core import clock, sharing_log
from commonweal.core.sharing_log import SHOWN, uses_page, write_use

ONE, OTHER = UUID(int=1), UUID(int=2)
START = datetime(2026, 10, 31, 9, tzinfo=UTC)


@pytest.fixture
def log(settings, tmp_path):
    settings.VAR = tmp_path
    return tmp_path / "log" / "sharing" / str(ONE)


def used(count, agreement=ONE):
    for number in range(count):
        with clock.fixed(START + timedelta(hours=number)):
            write_use(agreement, {"held": str(number)}, None)


def walk(before=""):
    """Every page's numbers, newest first."""
    page = uses_page(ONE, before)
    yield [int(json.loads(line)["held"]) for line in page.lines]
    if page.earlier:
        yield from walk(page.earlier)


@pytest.mark.parametrize("count", [0, 1, SHOWN, SHOWN + 1, 2 * SHOWN + 7])
def test_every_use_is_on_one_page_newest_first_across_months(log, monkeypatch, count):
    monkeypatch.setattr(sharing_log, "BLOCK", 100)  # smaller than two lines, so that lines straddle blocks
    used(count)
    used(3, OTHER)
    pages = list(walk())
    assert [number for page in pages for number in page] == list(reversed(range(count)))
    assert all(len(page) == SHOWN for page in pages[:-1])


def test_a_long_log_is_read_no_further_than_its_page(log, monkeypatch):
    used(1)
    path = next(log.glob("*.jsonl"))
    path.write_bytes(path.read_bytes() * 20_000)
    read = []
    real = sharing_log._backwards
    monkeypatch.setattr(sharing_log, "_backwards", lambda *asked: (read.append(1) or one for one in real(*asked)))
    assert len(uses_page(ONE).lines) == SHOWN
    assert len(read) == SHOWN + 1


@pytest.mark.parametrize("mark", ["x", "2026-10.x", "2026-10.3", "9999-99.1", "2026-10.999999999999999", "../x.1"])
def test_a_mark_that_was_altered_is_no_error(log, mark):
    used(3)
    assert len(uses_page(ONE, mark).lines) <= 3
