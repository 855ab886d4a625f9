"""Days, sums, codes and names of suppliers as notices write them."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from commonweal.lake.notices.model import Defect, Supplier
from commonweal.lake.notices.text import mended
from commonweal.lake.registers.names import looks_like_a_person

TOKEN = Decimal(1)                  # £0 and £1 stand for "not said"
ANYBODY = "An individual"
_NOBODY = re.compile(
    r"^(?:n/?a\b.*|not? award(?:ed)?\b.*|none|tbc|nil|no bids?\b.*|.*\bno award\b.*)$", re.IGNORECASE)
_LOT = re.compile(r"^lot\s+\w+\s*[-:–]\s*(?:[^-–]{1,40}[-–]\s*)?(?=\S)", re.IGNORECASE)
_NEXT = re.compile(r",(?=\s*\S)")
_ENDS = re.compile(
    r"\b(?:ltd|limited|llp|plc|cic|trust|council|group|services|foundation|inc|co)\.?\)?$", re.IGNORECASE)


def day(given: object, defects: list[Defect]) -> date | None:
    """The day of a moment or a date; a slip goes on the list."""
    if given in (None, ""):
        return None
    try:
        found = date.fromisoformat(str(given)[:10])
    except ValueError:
        defects.append(Defect.BAD_DAY)
        return None
    if not 1990 <= found.year <= 2100:
        defects.append(Defect.BAD_DAY)
        return None
    return found


def pounds(given: Any, defects: list[Defect]) -> Decimal | None:
    """A value object, or a bare number, in pounds."""
    if isinstance(given, dict):
        if given.get("amount") is not None and given.get("currency", "GBP") != "GBP":
            defects.append(Defect.NOT_POUNDS)
            return None
        given = given.get("amount")
    if given is None or isinstance(given, bool):
        defects.append(Defect.NO_VALUE)
        return None
    try:
        found = Decimal(str(given).replace(",", "").replace("£", "").strip())
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or found < 0 or found >= Decimal(10) ** 12:
        defects.append(Defect.BAD_VALUE)
        return None
    if found <= TOKEN:
        defects.append(Defect.ZERO_VALUE)
        return None
    return found.quantize(Decimal("0.01"))


def code_of(given: object, defects: list[Defect]) -> str:
    """The first code of eight digits."""
    found = re.findall(r"(?<!\d)\d{8}(?!\d)", str(given or ""))
    if not found:
        defects.append(Defect.NO_CPV)
        return ""
    if len(set(found)) > 1:
        defects.append(Defect.MANY_CPV)
    return str(found[0])


def suppliers_in(given: object, defects: list[Defect]) -> tuple[Supplier, ...]:
    """Suppliers written in one text, taken apart where each part can stand alone."""
    text = mended(given, defects)
    parts = [text]
    if "," in text:
        split = [_LOT.sub("", part).strip() for part in _NEXT.split(text)]
        if all(_ENDS.search(part) or _NOBODY.match(part) or " " in part for part in split):
            defects.append(Defect.JOINED_SUPPLIERS)
            parts = split
    return tuple(one for part in dict.fromkeys(parts) if (one := supplier(part, "", "", defects)))


def supplier(name: str, scheme: str, number: str, defects: list[Defect]) -> Supplier | None:
    """One supplier; nobody where it says so."""
    name = _LOT.sub("", " ".join(name.split())).strip(" ,;")[:200]
    if not name:
        return None
    if _NOBODY.match(name):
        defects.append(Defect.NO_AWARD)
        return None
    if looks_like_a_person(name):
        defects.append(Defect.PERSON)
        return Supplier(ANYBODY)
    number = re.sub(r"\s+", "", number).upper()
    if scheme == "GB-COH" and number.isdigit() and len(number) < 8:
        defects.append(Defect.SHORT_NUMBER)
        number = number.zfill(8)
    if not (scheme and number):
        defects.append(Defect.NO_NUMBER)
        scheme = number = ""
    return Supplier(name, scheme[:20], number[:40])
