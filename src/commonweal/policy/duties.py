"""What the law asks of each kind of organisation that culture and sport could help with, as dated, cited data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

TEXTS = ("key", "binds", "says", "citation", "address", "verification")
BINDS = ("duty", "power")
FIRST_YEAR = 1200


class DutyWrong(ValueError):
    """An entry that does not fit; the text says which and why."""


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty (must) or power (may), where it is written, and what was read when the entry was made."""

    key: str
    kinds: tuple[str, ...]
    binds: str
    says: str
    citation: str
    address: str
    verification: str
    year: int

    @property
    def unverified(self) -> bool:
        """Whether nobody had the text of the law open when this was written."""
        return self.verification == "unverified"


@cache
def duties() -> tuple[Duty, ...]:
    """Every duty and power held, in the order of the file."""
    text = (files("commonweal.policy") / "data" / "duties.yaml").read_text(encoding="utf-8")
    return duties_of(yaml.safe_load(text))


def duties_for(kind: str) -> tuple[Duty, ...]:
    """Those of one kind of organisation; empty where none is recorded."""
    return tuple(one for one in duties() if kind in one.kinds)


def duties_of(content: dict[str, Any]) -> tuple[Duty, ...]:
    """The duties of a file's content; DutyWrong where an entry does not fit."""
    found = tuple(_duty(row, set(content["kinds"])) for row in content["duties"])
    if len({one.key for one in found}) != len(found):
        raise DutyWrong("Two duties have the same key. Give each its own.")
    return found


def _duty(row: dict[str, Any], kinds: set[str]) -> Duty:
    name = row.get("key")
    lacking = [one for one in (*TEXTS, "year", "kinds") if not row.get(one)]
    if lacking:
        raise DutyWrong(f"The duty {name} lacks {', '.join(lacking)}. Add it.")
    if row["binds"] not in BINDS:
        raise DutyWrong(f"The duty {name} binds as {row['binds']}: say duty or power.")
    if strange := set(row["kinds"]) - kinds:
        raise DutyWrong(f"The duty {name} names the kind {', '.join(sorted(strange))}: there is none.")
    if not isinstance(row["year"], int) or row["year"] < FIRST_YEAR:
        raise DutyWrong(f"The duty {name} has the year {row['year']}: write it in four digits.")
    if not row["address"].startswith("https://"):
        raise DutyWrong(f"The duty {name} has no address that begins with https://.")
    return Duty(**{one: str(row[one]) for one in TEXTS}, year=row["year"], kinds=tuple(row["kinds"]))
