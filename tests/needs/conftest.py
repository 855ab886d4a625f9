"""The invented district's store, built once, and a browser without an account to look at its pages."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest
from django.test import Client

from commonweal.core import clock
from commonweal.example.store import build_store
from commonweal.lake.store import Store

TAGS = re.compile(r"<(script|style|svg)\b.*?</\1>|<[^>]+>", re.DOTALL)


@pytest.fixture(scope="session")
def example_var(tmp_path_factory) -> Path:
    """A data folder that holds the example and no published data."""
    folder = tmp_path_factory.mktemp("example-var")
    build_store(Store(folder / "lake" / "example"))
    return folder


@pytest.fixture
def pages(example_var, settings, db) -> Client:
    """A browser without an account, on a day that stands still."""
    settings.VAR = example_var
    with clock.fixed(datetime(2026, 11, 22, 9, tzinfo=UTC)):
        yield Client()


def words_of(html: str) -> str:
    """What a reader sees, without tags and pictures."""
    return re.sub(r"\s+", " ", unescape(TAGS.sub(" ", html)))
