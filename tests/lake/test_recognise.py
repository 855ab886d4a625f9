"""A file is known by exactly one reader, or by none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from commonweal.lake.opening import Opened, Sheet, matching, open_bytes, open_file
from commonweal.lake.opening.model import CannotOpen
from commonweal.lake.readers.base import Reader
from commonweal.lake.recognise import TwoReaders, claimants, load_readers, recognise


def reader(dataset: str, recognises: Callable[[Opened], bool]) -> Reader:
    return Reader(dataset, 1, recognises, lambda _: ())


def of(*readers: Reader) -> dict[str, Reader]:
    return {one.dataset: one for one in readers}


@pytest.fixture
def opened() -> Opened:
    return open_bytes("x.csv", b"code,value\nE06000001,1\nE06000002,2\n")[0]


def by_columns(*names: str) -> Callable[[Opened], bool]:
    return lambda opened: matching.has_columns(opened, names)


def test_the_one_reader_that_knows_the_file_wins(opened: Opened) -> None:
    known = of(reader("a", by_columns("code", "other")), reader("b", by_columns("code", "value")))
    assert recognise(opened, known) is known["b"]


def test_a_file_nobody_knows_has_no_reader(opened: Opened) -> None:
    assert recognise(opened, of(reader("a", by_columns("other")))) is None


def test_two_that_claim_one_file_are_a_fault(opened: Opened) -> None:
    known = of(reader("a", by_columns("code")), reader("b", by_columns("value")))
    with pytest.raises(TwoReaders, match="claimed by a and b"):
        recognise(opened, known)
    assert [one.dataset for one in claimants(opened, known)] == ["a", "b"]


def test_every_reader_registers_when_loaded() -> None:
    known = load_readers()
    assert len(known) >= 10
    assert all(dataset == one.dataset and one.version >= 1 for dataset, one in known.items())


def test_no_reader_stumbles_over_a_file_that_is_not_its_own(opened: Opened) -> None:
    strange = [
        opened,
        *open_bytes("x.json", b"[]"), *open_bytes("x.json", b"{}"), *open_bytes("x.json", b"[1, null]"),
        *open_bytes("x.geojson", b'{"type": "FeatureCollection", "features": []}'),
        *open_bytes("x.geojson", b'{"type": "FeatureCollection", "features": [null, {"properties": null}]}'),
        *open_bytes("x.md", b"# Notes\n\nSome words.\n"),
        *open_bytes("x.csv", b"code,value\n"),
        *open_bytes("x.csv", b"1,2\n3,4\n"),
        Opened("x", "0", 1, opened.form, (Sheet("empty", opened.sheets[0].table.select([]), 1),)),
        Opened("x", "0", 1, opened.form),
    ]
    for one in strange:
        assert claimants(one) == ()


@pytest.mark.real_data
@pytest.mark.parametrize(
    "folder",
    ["01_geography", "02_deprivation", "03_population_census", "04_facilities", "05_participation_health",
     "06_third_sector_funding", "07_procurement_spend", "08_usage_monitoring", "derived/from_rda"],
)
def test_no_two_readers_claim_a_published_file(published: Path, folder: str) -> None:
    for path in sorted((published / folder).rglob("*")):
        if not path.is_file() or path.stat().st_size > 4_000_000:
            continue
        try:
            found = open_file(path)
        except CannotOpen:
            continue
        for one in found:
            assert len(claimants(one)) <= 1, (path.name, [reader.dataset for reader in claimants(one)])
