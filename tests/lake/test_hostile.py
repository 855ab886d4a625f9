"""Every hostile file gives one sentence or a clean reading, in a capped worker, and the caller lives on."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.lake.hostile_files import (
    CORPUS,
    GOOD_CELLS,
    TABLE,
    Hostile,
    ods_row,
    ods_table,
    opendocument,
    real_workbook,
    workbook,
    zipped,
)

from commonweal.lake.assistant import assist
from commonweal.lake.opening import CannotOpen, Limits, open_bytes, open_file
from commonweal.lake.opening.limits import MIB
from commonweal.lake.sandbox import Caps, Sandbox

POINT = b'{"type": "Feature", "properties": {"a": 1}, "geometry": {"type": "Point", "coordinates": [1, 2]}}'
SOUND = (
    ("a.xlsx", real_workbook()), ("b.xlsx", workbook(GOOD_CELLS)),
    ("c.ods", opendocument(ods_table(ods_row("code", "value"), ods_row("E06000001", "1")))),
    ("d.csv", b"A title,\n\n" + TABLE * 3), ("e.zip", zipped(("a.csv", TABLE), ("b.json", b"[1, 2]"))),
    ("f.csv.gz", gzip.compress(TABLE)), ("g.json", b'[{"code": "E06000001", "v": 1}, {"code": "E06000002"}]'),
    ("h.geojson", POINT), ("i.md", b"# Notes\n\nSome words, and more.\n"),
)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(caps=Caps(memory_bytes=2048 * MIB, cpu_seconds=30, wall_seconds=60)) as one:
        yield one


@pytest.mark.promise("N2")
@pytest.mark.parametrize("hostile", CORPUS, ids=lambda one: one.name)
def test_a_hostile_file_gives_a_sentence_or_reads_cleanly(
    hostile: Hostile, sandbox: Sandbox, tmp_path: Path
) -> None:
    path = tmp_path / hostile.name
    path.write_bytes(hostile.make())
    if not hostile.words:
        assert sandbox.open(path)
        return
    with pytest.raises(CannotOpen, match=re.escape(hostile.words)) as caught:
        sandbox.open(path)
    assert str(caught.value).startswith("“") or str(caught.value).startswith(("The", "A "))
    assert str(caught.value).endswith(".")
    assert "Traceback" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_last_cell_of_a_sheet_is_read_alone(tmp_path: Path) -> None:
    path = tmp_path / "corner.xlsx"
    path.write_bytes(next(one for one in CORPUS if one.name == "corner.xlsx").make())
    (sheet,) = open_file(path)[0].sheets
    assert sheet.table.num_rows <= 1
    assert len(sheet.columns) == 1


@pytest.mark.parametrize("name", ["lying-small.xlsx", "lying-large.xlsx"])
def test_what_a_sheet_claims_of_its_size_is_not_believed(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(next(one for one in CORPUS if one.name == name).make())
    (sheet,) = open_file(path)[0].sheets
    assert sheet.table.to_pydict() == {"code": ["E06000001", "E06000002"], "value": ["1", "2"]}


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_damage_gives_a_sentence_or_a_reading(data: st.DataObject) -> None:
    """Bytes changed, cut or put in anywhere in a sound file of each kind."""
    name, sound = data.draw(st.sampled_from(SOUND))
    changed = bytearray(sound)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, max(len(changed) - 1, 0)))
        how = data.draw(st.sampled_from(("change", "cut", "put in")))
        if how == "change":
            changed[place : place + 1] = data.draw(st.binary(min_size=1, max_size=2))
        elif how == "put in":
            changed[place:place] = data.draw(st.sampled_from(b'" \r \0 \xff { < ,,'.split(b" ")))
        else:
            del changed[place : place + data.draw(st.integers(1, 30))]
    with suppress(CannotOpen):
        for opened in open_bytes(name, bytes(changed), limits=Limits(inside_bytes=50 * MIB, small_bytes=MIB)):
            assert assist(opened).sentence


def test_a_link_on_disk_to_elsewhere_is_only_followed_to_a_file(tmp_path: Path) -> None:
    link = tmp_path / "link.csv"
    link.symlink_to("/dev/zero")
    with pytest.raises(CannotOpen, match="not a file"):
        open_file(link)
    with pytest.raises(CannotOpen, match="not a file"):
        open_file(tmp_path)
    with pytest.raises(CannotOpen, match="not a file"):
        open_file(tmp_path / "absent.csv")
