"""Shapefiles: which parts are there, and which are missing."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from tests.lake.hostile_files import zipped

from commonweal.lake.opening import Form, open_bytes, open_file
from commonweal.lake.opening.shapes import ShapeParts

POINTS = 3


def frame(length: int) -> bytes:
    return struct.pack(">i20xi", 9994, length // 2) + struct.pack("<ii", 1000, 1) + b"\0" * 64


def parts() -> dict[str, bytes]:
    shp = frame(100 + POINTS * 28) + (struct.pack(">ii", 1, 10) + struct.pack("<idd", 1, 0.0, 0.0)) * POINTS
    shx = frame(100 + POINTS * 8) + struct.pack(">ii", 50, 10) * POINTS
    dbf = bytes([3, 124, 6, 5]) + struct.pack("<IHH", POINTS, 65, 11) + b"\0" * 20 + b"CODE".ljust(11, b"\0")
    dbf = dbf + b"C" + b"\0" * 4 + b"\x0a" + b"\0" * 15 + b"\r" + b" E06000001 " * POINTS
    return {".shp": shp, ".shx": shx, ".dbf": dbf, ".prj": b'PROJCS["British_National_Grid"]'}


def lay_out(folder: Path, *endings: str) -> Path:
    for ending in endings:
        (folder / f"points{ending}").write_bytes(parts()[ending])
    return folder / f"points{endings[0]}"


def test_all_parts_are_found_beside_the_one_given(tmp_path: Path) -> None:
    (opened,) = open_file(lay_out(tmp_path, ".shp", ".shx", ".dbf", ".prj"))
    assert opened.form is Form.SHAPES
    assert opened.remarks == ()
    found = opened.document
    assert isinstance(found, ShapeParts)
    assert (found.kind, found.count, found.missing) == ("points", POINTS, ())
    assert found.system.startswith("PROJCS")


@pytest.mark.parametrize("given", [".shp", ".shx", ".prj"])
def test_the_missing_part_is_named_from_any_part(tmp_path: Path, given: str) -> None:
    others = [ending for ending in (".shp", ".shx", ".prj") if ending != given]
    (opened,) = open_file(lay_out(tmp_path, given, *others))
    assert opened.remarks == ("A part of this shapefile is missing: the names and codes of the shapes (.dbf).",)


@pytest.mark.parametrize("ending", [".shp", ".shx", ".dbf", ".prj"])
def test_a_part_is_known_by_its_bytes(ending: str) -> None:
    (opened,) = open_bytes("renamed.csv", parts()[ending])
    assert isinstance(opened.document, ShapeParts)
    assert list(opened.document.parts) == [ending]
    assert len(opened.remarks) == 3


def test_the_parts_in_an_archive_are_one_map() -> None:
    members = [(f"maps/points{ending}", data) for ending, data in parts().items()]
    opened = open_bytes("maps.zip", zipped(*members, ("maps/readme.md", b"# Maps\n\nSome words.\n")))
    assert [(one.form, one.inside) for one in opened] == [
        (Form.NOTES, "maps/readme.md"), (Form.SHAPES, "maps/points.shp")
    ]
    assert isinstance(opened[1].document, ShapeParts)
    assert opened[1].document.missing == ()


def test_a_damaged_part_does_no_harm() -> None:
    (opened,) = open_bytes("points.shp", parts()[".shp"][:30])
    assert isinstance(opened.document, ShapeParts)
    assert opened.document.count == 0
