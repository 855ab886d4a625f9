"""Every hostile file gives one sentence or a clean reading, in a capped worker, and the caller lives on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.lake.hostile_files import CORPUS, Hostile

from commonweal.lake.opening import CannotOpen, open_file
from commonweal.lake.opening.limits import MIB
from commonweal.lake.sandbox import Caps, Sandbox


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


def test_a_link_on_disk_to_elsewhere_is_only_followed_to_a_file(tmp_path: Path) -> None:
    link = tmp_path / "link.csv"
    link.symlink_to("/dev/zero")
    with pytest.raises(CannotOpen, match="not a file"):
        open_file(link)
    with pytest.raises(CannotOpen, match="not a file"):
        open_file(tmp_path)
    with pytest.raises(CannotOpen, match="not a file"):
        open_file(tmp_path / "absent.csv")
