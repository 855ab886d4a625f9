"""Workbooks (.xlsx, .xlsm, .ods): checked as archives first, then read sheet by sheet under caps."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO

from commonweal.lake.opening import archives
from commonweal.lake.opening.limits import MIB, Limits
from commonweal.lake.opening.model import CannotOpen, Sheet
from commonweal.lake.opening.opendocument import read_opendocument

_SPREADSHEET = "xl/workbook.xml"
_BINARY = "xl/workbook.bin"
_OTHERS = {
    "word/document.xml": "a text document (.docx)",
    "ppt/presentation.xml": "a presentation (.pptx)",
    "Index/Document.iwa": "an Apple Numbers or Pages document",
    "AndroidManifest.xml": "a program",
    "META-INF/MANIFEST.MF": "a program",
}
_DECLARATION = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)


def is_office(name: str, data: bytes) -> bool:
    """Whether a zip is an office document rather than an archive of files."""
    names = set(archives.open_zip(name, data).namelist())
    return bool(names & {_SPREADSHEET, _BINARY, "mimetype", "EncryptedPackage", *_OTHERS})


def read_office(name: str, data: bytes, limits: Limits) -> tuple[tuple[Sheet, ...], tuple[str, ...]]:
    """The sheets of a workbook with remarks; every other office document is refused with what to do."""
    with closing(archives.open_zip(name, data)) as archive:
        if _SPREADSHEET in _sound(name, data, archive, limits):
            from commonweal.lake.opening.spreadsheet import read_spreadsheet  # openpyxl is slow to load

            return read_spreadsheet(name, data, archive, limits)
        return read_opendocument(name, archive, limits)


def read_cells(name: str, data: bytes, limits: Limits) -> dict[str, dict[int, tuple[str, ...]]]:
    """The cells of every sheet as they lie, each row by its number: of a form whose layout is known beforehand."""
    with closing(archives.open_zip(name, data)) as archive:
        if _SPREADSHEET not in _sound(name, data, archive, limits):
            raise CannotOpen(f"“{name}” is no Excel workbook. Save it as .xlsx and try again.")
        from commonweal.lake.opening.spreadsheet import read_grids

        return read_grids(name, data, archive, limits)


def _sound(name: str, data: bytes, archive: zipfile.ZipFile, limits: Limits) -> set[str]:
    """What is in the archive, once nothing in it is hostile, too large or of another kind."""
    archives.refuse_hostile(name, archive, packed=len(data), limits=limits)
    names = set(archive.namelist())
    _refuse_others(name, names)
    _refuse_large(name, archive, limits)
    for member in archive.infolist():
        if member.filename.endswith((".xml", ".rels")):
            _refuse_entities(name, archive, member)
    return names


def _refuse_others(name: str, names: set[str]) -> None:
    if _BINARY in names:
        raise CannotOpen(f"“{name}” is a binary workbook (.xlsb). Open it, save it as .xlsx and try again.")
    for marker, what in _OTHERS.items():
        if marker in names and _SPREADSHEET not in names:
            raise CannotOpen(f"“{name}” is {what}. Copy its table into a spreadsheet and save it as .xlsx.")


def _refuse_large(name: str, archive: zipfile.ZipFile, limits: Limits) -> None:
    unpacked = sum(one.file_size for one in archive.infolist())
    if unpacked > limits.workbook_bytes:
        raise CannotOpen(
            f"“{name}” unpacks to {unpacked // MIB:,} MB; at most {limits.workbook_bytes // MIB:,} MB of workbook "
            "is read. Save the sheet you need as .csv and try again."
        )


def _refuse_entities(name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """No genuine workbook declares entities; one that does is made to do harm."""
    if any(_DECLARATION.search(piece) for piece in _pieces(name, archive, member)):
        raise CannotOpen(f"“{name}” holds declarations no spreadsheet program writes. It was not opened.")


def _pieces(name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    data = BytesIO(archives.read_member(name, archive, member))
    while piece := data.read(MIB):
        yield piece
