"""One door for every file: what it is, told from its bytes, and the part that reads such a file."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from commonweal.lake.opening import archives
from commonweal.lake.opening.columnar import PARQUET, read_parquet
from commonweal.lake.opening.decoding import Decoded, decode
from commonweal.lake.opening.delimited import (
    HEAD_CHARS,
    Separation,
    read_fast,
    read_slow,
    separation_of,
    with_plain_ends,
)
from commonweal.lake.opening.documents import looks_like_json, read_json
from commonweal.lake.opening.limits import MIB, PUBLISHED, Limits
from commonweal.lake.opening.model import CannotOpen, Form, Opened, Sheet, writable
from commonweal.lake.opening.prose import is_notes
from commonweal.lake.opening.refusals import refuse_by_content, refuse_markup
from commonweal.lake.opening.shapes import described, gathered, looks_like_shapes, read_shapes
from commonweal.lake.opening.workbooks import is_office, read_office


@dataclass(frozen=True, slots=True)
class Content:
    """What one file, or one member of an archive, turned out to hold."""

    form: Form
    sheets: tuple[Sheet, ...] = ()
    document: object = None
    inside: str = ""
    encoding: str = ""
    remarks: tuple[str, ...] = ()


def open_file(path: Path, *, limits: Limits = PUBLISHED) -> list[Opened]:
    """Open a file of any kind by its content; raises CannotOpen with what to do.

    An archive gives one Opened for each file in it that can be read. `sha256` and `size` are those
    of the file as it lies on disk, whatever it holds.
    """
    return _opened(writable(str(path)), writable(path.name), _bytes_of(path, limits), limits, path)


def open_bytes(name: str, data: bytes, *, limits: Limits = PUBLISHED) -> list[Opened]:
    """As `open_file`, for bytes that must not touch the disk; `name` is the file's name as the person knows it."""
    if len(data) > limits.file_bytes:
        raise _too_large(name, limits)
    return _opened(name, _plain(name), data, limits, None)


def _opened(path: str, name: str, data: bytes, limits: Limits, beside: Path | None) -> list[Opened]:
    digest = hashlib.sha256(data).hexdigest()
    return [
        Opened(path, digest, len(data), one.form, one.sheets, one.document, one.inside, one.encoding, one.remarks)
        for one in contents(name, data, limits=limits, beside=beside)
    ]


def _plain(name: str) -> str:
    return name.replace("\\", "/").rpartition("/")[2]


def _too_large(name: str, limits: Limits) -> CannotOpen:
    return CannotOpen(
        f"“{name}” is larger than {limits.file_bytes // MIB:,} MB, the most that is read. Split it and try again."
    )


def _bytes_of(path: Path, limits: Limits) -> bytes:
    name = writable(path.name)
    try:
        if not path.is_file():
            raise CannotOpen(f"“{name}” is not a file. Give the file itself and try again.")
        size = path.stat().st_size
        if size > limits.file_bytes:
            raise _too_large(name, limits)
        return path.read_bytes()
    except OSError as error:
        raise CannotOpen(
            f"“{name}” could not be read from disk ({error.strerror}). Copy it and try again."
        ) from error


def contents(name: str, data: bytes, *, limits: Limits, beside: Path | None = None) -> list[Content]:
    """What a file's bytes hold; `beside` is where the other parts of a shapefile may lie."""
    if not data:
        raise CannotOpen(f"“{name}” is empty. Download it, or save it, again and try again.")
    if data.startswith(archives.GZIP):
        inner = name[:-3] if name.lower().endswith(".gz") else name
        return contents(inner, archives.gunzip(name, data, limits), limits=_deeper(name, limits))
    if data.startswith((archives.ZIP, archives.EMPTY_ZIP)):
        return _zipped(name, data, limits)
    if data.startswith(PARQUET):
        return [Content(Form.TABLE, (replace(read_parquet(name, data, limits), name=_stem(name)),))]
    if looks_like_shapes(name, data):
        return [_shapes(name, data, beside)]
    refuse_by_content(name, data)
    return [_text(name, data, limits)]


def _deeper(name: str, limits: Limits) -> Limits:
    if limits.depth <= 0:
        raise CannotOpen(f"“{name}” holds archives within archives within archives. Unpack it and give the files.")
    return replace(limits, depth=limits.depth - 1)


def _stem(name: str) -> str:
    plain = _plain(name)
    return plain.rpartition(".")[0] or plain


def _shapes(name: str, data: bytes, beside: Path | None) -> Content:
    parts, remarks = read_shapes(name, data, beside)
    return Content(Form.SHAPES, document=parts, remarks=remarks)


def _zipped(name: str, data: bytes, limits: Limits) -> list[Content]:
    if is_office(name, data):
        sheets, remarks = read_office(name, data, limits)
        return [Content(Form.WORKBOOK, sheets, remarks=remarks)]
    inner = _deeper(name, limits)
    found: list[Content] = []
    refused: list[str] = []
    shapes: dict[str, bytes] = {}
    for member in archives.members_of(name, data, inner):
        if looks_like_shapes(member.name, member.data):
            shapes[member.name] = member.data
            continue
        try:
            opened = contents(member.name, member.data, limits=inner)
        except CannotOpen as error:
            refused.append(str(error))
            continue
        found += [replace(one, inside="/".join(filter(None, (member.name, one.inside)))) for one in opened]
    found += _gathered(shapes)
    if not found:
        raise CannotOpen(refused[0] if refused else f"“{name}” is an archive with nothing in it.")
    return [replace(found[0], remarks=(*found[0].remarks, *refused)), *found[1:]]


def _gathered(members: dict[str, bytes]) -> list[Content]:
    """The shapefiles of an archive, each with all its parts."""
    every = ((stem, described(parts)) for stem, parts in gathered(members).items())
    return [
        Content(Form.SHAPES, document=found, inside=f"{stem}.shp", remarks=remarks)
        for stem, (found, remarks) in every
    ]


def _text(name: str, data: bytes, limits: Limits) -> Content:
    head = decode(data[:HEAD_CHARS]).text
    refuse_markup(name, head)
    if looks_like_json(head):
        try:
            return _json(name, decode(data), limits)
        except CannotOpen:
            if not _is_table(separation_of(head)):
                raise
    separation = separation_of(head)
    if is_notes(name, head, separation):
        decoded = decode(data)
        return Content(Form.NOTES, document=decoded.text, encoding=decoded.encoding, remarks=decoded.remarks)
    return _table(name, data, separation, limits)


def _is_table(separation: Separation | None) -> bool:
    """Whether text that begins with a bracket is rows all the same."""
    return separation is not None and separation.share > 0.95 and separation.cells > 2


def _json(name: str, decoded: Decoded, limits: Limits) -> Content:
    form, document, remarks = read_json(name, decoded.text, limits)
    return Content(form, document=document, encoding=decoded.encoding, remarks=(*decoded.remarks, *remarks))


def _table(name: str, data: bytes, separation: Separation | None, limits: Limits) -> Content:
    separator = separation.separator if separation else ","
    body = data.removeprefix(b"\xef\xbb\xbf")
    if (sheet := read_fast(_stem(name), body, separator, limits=limits)) is not None:
        return Content(Form.TABLE, (sheet,), encoding="utf-8")
    decoded = decode(data)
    plain = with_plain_ends(decoded.text).encode("utf-8")
    if plain != body and (sheet := read_fast(_stem(name), plain, separator, limits=limits)) is not None:
        return Content(Form.TABLE, (sheet,), encoding=decoded.encoding, remarks=decoded.remarks)
    sheet, remarks = read_slow(_stem(name), decoded.text, separator, limits=limits)
    return Content(Form.TABLE, (sheet,), encoding=decoded.encoding, remarks=(*decoded.remarks, *remarks))

