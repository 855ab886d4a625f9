"""Bytes to text as publishers really save it: UTF-8, UTF-16, CP1252, and mixtures of them."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from commonweal.lake.opening.model import CannotOpen

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 4096
_LETTER_OF_SEVERAL_BYTES = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding it was in, and what had to be mended."""

    text: str
    encoding: str
    remarks: tuple[str, ...] = ()


def decode(data: bytes) -> Decoded:
    """Decode by byte-order mark, then as UTF-8, then byte by byte as CP1252 where UTF-8 fails."""
    encoding = _announced(data) or _unannounced_utf16(data)
    if encoding and encoding != "utf-8-sig":
        return _without_nul(data.decode(encoding, errors="replace").removeprefix("\ufeff"), encoding)
    body = data.removeprefix(codecs.BOM_UTF8)
    try:
        return _without_nul(body.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _without_nul(*_legacy(body))


def _announced(data: bytes) -> str:
    return next((name for mark, name in _BOMS if data.startswith(mark)), "")


def _unannounced_utf16(data: bytes) -> str:
    """UTF-16 without its mark shows as a zero in every other byte."""
    sample = data[: _SAMPLE]
    half = len(sample) // 2
    if half < 8:
        return ""
    if sample[1::2].count(0) > 0.8 * half and sample[0::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if sample[0::2].count(0) > 0.8 * half and sample[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return ""


def _legacy(data: bytes) -> tuple[str, str]:
    """CP1252, or UTF-8 with bytes of CP1252 among it where some letters are in UTF-8."""
    if _LETTER_OF_SEVERAL_BYTES.search(data):
        return data.decode("utf-8", errors="commonweal-cp1252"), "utf-8 and cp1252"
    return data.decode("cp1252", errors="commonweal-cp1252"), "cp1252"


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """What bytes that cannot be decoded mean in CP1252, or in Latin-1 where CP1252 has no meaning for them."""
    assert isinstance(error, UnicodeDecodeError)
    return as_cp1252(error.object[error.start : error.end]), error.end


def as_cp1252(wrong: bytes) -> str:
    """What bytes that are no UTF-8 mean in CP1252, or in Latin-1 where CP1252 has no meaning for them."""
    try:
        return wrong.decode("cp1252")
    except UnicodeDecodeError:
        return wrong.decode("latin-1")


codecs.register_error("commonweal-cp1252", _as_cp1252)


def _without_nul(text: str, encoding: str) -> Decoded:
    """Drop stray NULs; text that is full of control characters is no text."""
    nuls = text.count("\0")
    if not nuls:
        _refuse_control(text)
        return Decoded(text, encoding)
    if nuls > max(16, len(text) // 100):
        raise _not_text()
    kept = text.replace("\0", "")
    _refuse_control(kept)
    return Decoded(kept, encoding, (f"{nuls} NUL characters were left out.",))


def _not_text() -> CannotOpen:
    return CannotOpen(
        "The file is not text: it holds bytes only a program can read. Save it as .csv or .xlsx and try again."
    )


def _refuse_control(text: str) -> None:
    sample = text[: _SAMPLE]
    odd = sum(1 for letter in sample if letter < " " and letter not in "\t\r\n\f")
    if odd > max(2, len(sample) // 20):
        raise _not_text()
