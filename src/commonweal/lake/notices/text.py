"""Text of notices as it comes: codes, letters and line breaks mended where that is sure, people taken out."""

from __future__ import annotations

import html
import re

from commonweal.lake.notices.model import Defect

_BROKEN = re.compile(r"[ÂÃâ][\u0080-\u00bf\u0152-\u0178\u02c6\u02dc\u2013-\u203a\u20ac\u2122]")
_ENTITY = re.compile(r"&(?:[a-z]{2,8}|#\d{1,6}|#x[0-9a-f]{1,6});", re.IGNORECASE)
# "rn" where a backslash was lost: after the end of a sentence or doubled, never inside a word such as "modern".
_BREAKS = re.compile(r"(?:rn){2,}(?=[A-Z0-9\s•\-(]|$)|(?<=[.:;!?)])(?:rn)+(?=[A-Z0-9\s•\-(]|$)")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w£.,])(?:\+44\s?\(?0?\)?\s?|0)(?:\d[\s-]?){8,9}\d(?!\w)")
_NEVER = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
MOST = 6000


def mended(given: object, defects: list[Defect], *, most: int = MOST) -> str:
    """A text as it should read; what was wrong goes on the list."""
    text = plain(given, MOST * 2)
    if _ENTITY.search(text):
        defects.append(Defect.ENTITIES)
        text = html.unescape(text)
    if _BROKEN.search(text):
        defects.append(Defect.BROKEN_LETTERS)
        text = _BROKEN_RUN.sub(_right, text)
    if "\ufffd" in text:
        defects.append(Defect.LOST_LETTERS)
    if _BREAKS.search(text):
        defects.append(Defect.LOST_BREAKS)
        text = _BREAKS.sub("\n", text)
    if _EMAIL.search(text) or _PHONE.search(text):
        defects.append(Defect.PERSONAL_TEXT)
        text = _PHONE.sub("[number left out]", _EMAIL.sub("[address left out]", text))
    return re.sub(r"[^\S\n]+", " ", text).strip()[:most]


def plain(given: object, most: int) -> str:
    """Any value as text without what no database or file may hold."""
    text = given if isinstance(given, str) else "" if given is None else str(given)
    return _NEVER.sub("", text)[:most]


_BROKEN_RUN = re.compile(r"[ÂÃâ][\u0080-\u00ff\u0152-\u0178\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{1,2}")


def _right(match: re.Match[str]) -> str:
    """UTF-8 that was read as Windows-1252, back again; as it was where that cannot be."""
    run = match.group()
    for part in (run, run[:2]):
        try:
            return part.encode("cp1252").decode("utf-8") + run[len(part):]
        except (UnicodeEncodeError, UnicodeDecodeError):
            continue
    return run
