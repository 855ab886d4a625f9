"""A server process is ready before its first visitor, and starts even where a store is damaged."""

from __future__ import annotations

import pytest

from commonweal.core.stores import stores
from commonweal.lake.manifest import Provenance
from commonweal.lake.readers.base import ReadTable
from commonweal.lake.readers.cells import rows_for
from commonweal.web import warming


@pytest.fixture
def example(var):
    rows = rows_for("areas", 1, kind="district", code="Z07000001", vintage=2024, name="Larkmere")
    stores().example.replace(
        "lad-names", provenance=Provenance("Districts", "A publisher", "OGL v3"),
        tables=[ReadTable("areas", rows)],
    )


def test_names_of_places_are_read_for_each_store_that_is_there(example, monkeypatch):
    read = []
    monkeypatch.setattr(warming, "gazetteer", read.append)
    warming.warm_up()
    assert [store.root for store in read] == [stores().example.root]


def test_a_damaged_store_keeps_no_server_from_starting(example, monkeypatch, caplog):
    def damaged(store):
        raise OSError("the disk is gone")

    monkeypatch.setattr(warming, "gazetteer", damaged)
    warming.warm_up()
    assert "could not be read" in caplog.text


def test_without_any_store_there_is_nothing_to_read(var):
    warming.warm_up()
    assert not stores().example.exists
