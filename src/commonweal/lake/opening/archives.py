"""Unpacking gz and zip in memory, under caps, so that a bomb, an escape or a link gives a sentence."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from commonweal.lake.opening.limits import MIB, Limits
from commonweal.lake.opening.model import CannotOpen

GZIP = b"\x1f\x8b"
ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
_CHUNK = 4 * MIB
_JUNK = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive."""

    name: str
    data: bytes


def gunzip(name: str, data: bytes, limits: Limits) -> bytes:
    """Unpack gzip, every member of it, never past the caps."""
    out: list[bytes] = []
    size = 0
    rest = data
    while rest[:2] == GZIP:
        unpacker = zlib.decompressobj(wbits=31)
        while not unpacker.eof:
            piece = _inflate(name, unpacker, rest)
            rest = unpacker.unconsumed_tail
            size += len(piece)
            refuse_bomb(name, packed=len(data), unpacked=size, limits=limits)
            out.append(piece)
            if not piece and not rest and not unpacker.eof:
                raise _cut_short(name)
        rest = unpacker.unused_data
    return b"".join(out)


def _inflate(name: str, unpacker: zlib._Decompress, data: bytes) -> bytes:
    try:
        return unpacker.decompress(data, _CHUNK)
    except zlib.error as error:
        raise CannotOpen(f"“{name}” is a damaged .gz archive. Download it again and try again.") from error


def _cut_short(name: str) -> CannotOpen:
    return CannotOpen(f"“{name}” ends before its archive does: it was cut short. Download it again and try again.")


def refuse_bomb(name: str, *, packed: int, unpacked: int, limits: Limits) -> None:
    """Refuse what unpacks to more than the caps, or out of all proportion to its size."""
    if unpacked > limits.inside_bytes:
        raise CannotOpen(
            f"“{name}” unpacks to more than {limits.inside_bytes // MIB:,} MB, the most that is read. "
            "Unpack it, split it and try again."
        )
    if unpacked > limits.small_bytes and unpacked > limits.ratio * max(packed, 1):
        raise CannotOpen(
            f"“{name}” unpacks to more than {limits.ratio} times its size, as files made to do harm do. "
            "If it is genuine, unpack it and give the files inside it."
        )


def open_zip(name: str, data: bytes) -> zipfile.ZipFile:
    """The archive's list of members; a damaged one gives a sentence."""
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as error:
        raise CannotOpen(
            f"“{name}” is a damaged archive or workbook: it was cut short or changed on the way. "
            "Download it, or save it, again and try again."
        ) from error


def refuse_hostile(name: str, archive: zipfile.ZipFile, *, packed: int, limits: Limits) -> None:
    """Refuse too many members, bombs, escapes from the folder, links and passwords before reading any."""
    members = archive.infolist()
    if len(members) > limits.members:
        raise CannotOpen(f"“{name}” holds {len(members):,} files; at most {limits.members:,} are read. Split it.")
    refuse_bomb(name, packed=packed, unpacked=sum(one.file_size for one in members), limits=limits)
    for one in members:
        _refuse_member(name, one)


def _refuse_member(name: str, member: zipfile.ZipInfo) -> None:
    parts = member.filename.replace("\\", "/").split("/")
    if member.filename.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]:
        raise CannotOpen(
            f"“{name}” holds a file that would be written outside its folder ({member.filename[:80]!r}), "
            "as archives made to do harm do. It was not opened."
        )
    if stat.S_ISLNK(member.external_attr >> 16):
        raise CannotOpen(f"“{name}” holds a link ({member.filename[:80]!r}), not a file. It was not opened.")
    if member.flag_bits & 0x1:
        raise CannotOpen(f"“{name}” is protected by a password. Unpack it and give the files inside it.")


def read_member(name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """The bytes of one member, never more than it declares."""
    try:
        with archive.open(member) as stream:
            return stream.read(member.file_size + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
        raise CannotOpen(
            f"“{name}” holds a damaged file ({member.filename[:80]}). Download it again and try again."
        ) from error


def members_of(name: str, data: bytes, limits: Limits) -> Iterator[Member]:
    """The files of a zip, in order, without folders and what operating systems leave behind."""
    archive = open_zip(name, data)
    refuse_hostile(name, archive, packed=len(data), limits=limits)
    for member in archive.infolist():
        if member.filename and not member.filename.endswith("/") and not _is_junk(member.filename):
            yield Member(member.filename, read_member(name, archive, member))


def _is_junk(filename: str) -> bool:
    lowered = filename.lower()
    return lowered.startswith(_JUNK[0]) or lowered.rpartition("/")[2] in _JUNK[1:] or "/._" in f"/{lowered}"
