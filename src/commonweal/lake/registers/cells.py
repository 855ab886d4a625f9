"""Cells of registers: numbers as their register writes them, postcodes wherever they stand, dates, amounts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from commonweal.lake.readers.facility_rows import postcode, said
from commonweal.lake.registers.model import Entry

_IN_TEXT = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?) ?(\d[A-Z]{2})\b")
_WHOLE = re.compile(r"^(GB-[A-Z]+|XI-[A-Z]+)-(.+)$")


def once(entries: Iterable[Entry]) -> Iterator[Entry]:
    """One entry an id, the latest dated: a body with ten grants is one body."""
    held: dict[str, Entry] = {}
    for one in entries:
        before = held.get(one.ref)
        if before is None or (one.as_at or date.min) >= (before.as_at or date.min):
            held[one.ref] = one
    yield from held.values()


def whole_number(text: str) -> tuple[str, str] | None:
    """A number with its scheme before it, as org-id writes it: GB-CHC-1126147; None for a local one."""
    found = _WHOLE.match(text.strip())
    return (found[1], number_of(found[1], found[2])) if found and number_of(found[1], found[2]) else None


def number_of(scheme: str, text: str) -> str:
    """A number as its register writes it: a company's has eight places, a charity's no letters before it."""
    plain = re.sub(r"[\s.]+", "", said(text).removesuffix(".0")).upper()
    if scheme == "GB-COH":
        plain = plain.zfill(8) if plain.isdigit() else plain
        return plain if re.fullmatch(r"[A-Z0-9]{8}", plain) and plain != "00000000" else ""
    if scheme == "GB-CHC":
        return plain if re.fullmatch(r"\d{5,8}(-\d+)?", plain) else ""
    return plain if re.fullmatch(r"[A-Z0-9/-]{2,40}", plain) else ""


def placed(code: str, town: str) -> tuple[str, str, str]:
    """The postcode and the town; a postcode written among the words of the town counts, and the note says so."""
    known = postcode(code)
    if known:
        return known, said(town), ""
    found = _IN_TEXT.search(town.upper())
    swapped = said(code) if not re.search(r"\d", code) else ""
    if not found:
        return "", said(town) or swapped, ""
    left = said((town[: found.start()] + town[found.end():]).strip(" ,"))
    return f"{found[1]} {found[2]}", left or swapped, "The postcode stood in the column of the town."


def amount(text: str) -> float | None:
    """Pounds, or nothing where no number is written."""
    plain = re.sub(r"[£,\s]", "", text)
    return float(plain) if re.fullmatch(r"-?\d{1,13}(\.\d+)?", plain) else None


def day(text: str) -> date | None:
    """A date, year first or day first, or nothing."""
    found = re.match(r"(\d{4})-(\d{2})-(\d{2})", text) or re.match(r"(\d{2})/(\d{2})/(\d{4})$", text.strip())
    if not found:
        return None
    parts = [int(part) for part in found.groups()]
    year, month, of_month = parts if len(found[1]) == 4 else parts[::-1]
    try:
        return date(year, month, of_month)
    except ValueError:
        return None
