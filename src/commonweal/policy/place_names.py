"""Councils' names and codes with the dates they held, for files that give a council's name and no code.

Source: Office for National Statistics, Register of Geographic Codes and Code History Database (Open Government
Licence v3.0), councils of the United Kingdom since 2015 and English counties. `valid_from` and `valid_to` are the
reorganisation dates (half-open; empty: since before 2015, or still). An abolished council keeps its old code.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

_SUFFIX = re.compile(
    r" (?:(?:metropolitan borough|county|city|borough|district) council|council|county|district|ua|unitary|b)$"
)
_PREFIX = re.compile(r"^(?:city of|london borough of|royal borough of|borough of) ")


@dataclass(frozen=True, slots=True)
class CouncilName:
    """One council as named: `kind` is district (lower tier or unitary) or county."""

    kind: str
    code: str
    name: str
    valid_from: date | None
    valid_to: date | None

    def held_on(self, day: date) -> bool:
        """Whether the council existed under this code on a day."""
        return (self.valid_from or date.min) <= day < (self.valid_to or date.max)


def council_named(name: str, *, on: date | None = None, kinds: tuple[str, ...] = ("district", "county")) -> str:
    """The code of the council a name means, "" if none.

    Two councils of one name (Somerset the county, then the district) are told apart by `on`; without a day the one
    that still is, or was last, is meant. A name that no council held on that day gives the council that held it.
    """
    named = [one for one in _found(name) if one.kind in kinds]
    then = [one for one in named if on is not None and one.held_on(on)]
    chosen = then or sorted(named, key=lambda one: (one.valid_to or date.max, one.valid_from or date.min))
    return chosen[-1].code if chosen else ""


def plain(name: str) -> str:
    """A name without capitals, punctuation and ampersands: "St. Helens" and "St Helens" are one."""
    spaced = re.sub(r"[‐-―/(),-]", " ", name.casefold().replace("&", " and "))
    return " ".join(re.sub(r"[^\w ]|_", "", spaced).split())


def _found(name: str) -> tuple[CouncilName, ...]:
    """Councils of the name as written, else without what says it is a council, else without "City of"."""
    written = plain(name)
    short = _SUFFIX.sub("", _SUFFIX.sub("", written))
    known = _by_name()
    return known.get(written) or known.get(short) or known.get(_PREFIX.sub("", short)) or ()


@cache
def _by_name() -> dict[str, tuple[CouncilName, ...]]:
    found: dict[str, list[CouncilName]] = {}
    text = (files("commonweal.policy") / "data" / "place_names.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        council = CouncilName(
            row["kind"], row["code"], row["name"], _day(row["valid_from"]), _day(row["valid_to"])
        )
        for name in (row["name"], *filter(None, row["also"].split("|"))):
            found.setdefault(plain(name), []).append(council)
    return {name: tuple(councils) for name, councils in found.items()}


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
