"""What people write of a service, read as they mean it: pounds, financial years, wards by name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches

from commonweal.core.errors import Refused

WHOLE_PLACE = {"", "all", "everywhere", "whole place", "the whole place", "whole district"}
NOTHING = {"", "notknown", "unknown", "n/a", "-", "?"}
MOST = Decimal(9999999999)
_POUNDS = re.compile(r"^(\d{1,15}|\d{1,3}(,\d{3})+)(\.\d+)?$")
_YEAR = re.compile(r"^(\d{4})(?:\s*[/–-]\s*(\d{2}|\d{4}))?$")


@dataclass(frozen=True, slots=True)
class Named:
    """A ward or a place, by its code and its name."""

    code: str
    name: str


def pounds_in(text: str) -> Decimal | None:
    """Pounds as people write them, £18,000 or 18000.50; None for nothing. Refused with a sentence otherwise."""
    plain = re.sub(r"[£\s]", "", text)
    if plain.casefold() in NOTHING:
        return None
    amount = Decimal(plain.replace(",", "")) if _POUNDS.match(plain) else MOST + 1
    if amount > MOST:
        raise Refused(f"“{text.strip()[:40]}” is not an amount in pounds of 0 or more, such as 18,000.")
    return amount.quantize(Decimal("0.01"))


def year_in(text: str) -> int | None:
    """The year in which a financial year begins, from 2025/26, 2025-26 or 2025; None for nothing."""
    if not text.strip():
        return None
    match = _YEAR.match(text.strip())
    if not match or (match[2] and int(match[2][-2:]) != (int(match[1]) + 1) % 100):
        raise Refused(f"“{text.strip()[:40]}” is not a financial year. Write it as 2025/26.")
    return int(match[1])


def areas_in(text: str, known: Iterable[Named]) -> tuple[Named, ...]:
    """The wards or places named, none for the whole place. Refused where one is unknown."""
    if text.strip().casefold() in WHOLE_PLACE:
        return ()
    held = tuple(known)
    known_as = {word: one for one in held for word in (one.code, one.name.casefold())}
    found, left = [], text.casefold()
    for one in held:  # a ward may have a comma in its name
        if "," in one.name and one.name.casefold() in left:
            found.append(one)
            left = left.replace(one.name.casefold(), "")
    for name in (part.strip() for part in re.split(r"[,;]", left)):
        if not name:
            continue
        named = known_as.get(name.upper()) or known_as.get(name)
        if named is None:
            raise Refused(_unknown(_as_written(name, text), [each.name for each in held]))
        found.append(named)
    return tuple(dict.fromkeys(found))


def _as_written(name: str, text: str) -> str:
    at = text.casefold().find(name)
    return text[at : at + len(name)]


def _unknown(name: str, known: list[str]) -> str:
    if not known:
        return f"“{name[:60]}” is not known, for no wards of this place are held. Leave the areas empty."
    near = get_close_matches(name.casefold(), [one.casefold() for one in known], 1, 0.6)
    meant = next((one for one in known if near and one.casefold() == near[0]), "")
    return f"“{name[:60]}” is not a ward or place here." + (f" Did you mean {meant}?" if meant else "")
