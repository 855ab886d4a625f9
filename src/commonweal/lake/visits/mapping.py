"""Which column of an export means what: proposed from its cells and headers, confirmed once, remembered."""

from __future__ import annotations

import contextlib
import hashlib
import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from commonweal.lake.assistant.guessing import guess_columns
from commonweal.lake.assistant.meanings import Meaning
from commonweal.lake.opening.model import Sheet
from commonweal.lake.visits.words import MEANINGS, words
from commonweal.lake.whole_file import write_whole


class Shape(StrEnum):
    """What one row of an export is."""

    VISITS = "one row a visit"
    COUNTS = "a member and a month, with a count"
    TOTALS = "totals of a site"


class CannotMap(ValueError):
    """The columns do not tell who came when; the text says what is missing and what to do."""


@dataclass(frozen=True, slots=True)
class VisitMapping:
    """The header of the column for each meaning, empty where there is none; every other column is never read."""

    when: str
    member: str = ""
    site: str = ""
    activity: str = ""
    group: str = ""
    postcode: str = ""
    area: str = ""
    price: str = ""
    count: str = ""
    birth: str = ""
    age: str = ""

    @property
    def shape(self) -> Shape:
        """What a row is."""
        if not self.member and self.count:
            return Shape.TOTALS
        return Shape.COUNTS if self.count else Shape.VISITS

    @property
    def columns(self) -> tuple[str, ...]:
        """The headers that are read."""
        return tuple(column for name in MEANINGS if (column := getattr(self, name)))


def propose(sheet: Sheet) -> VisitMapping:
    """The likeliest mapping of an export, from a sample of it; raises CannotMap where no column is a date."""
    guesses = {guess.column: guess.meaning for guess in guess_columns(sheet)}
    found: dict[str, str] = {}
    for meaning in _IN_TURN:
        column = _best(meaning, {name: kind for name, kind in guesses.items() if name not in found.values()})
        if column:
            found[meaning] = column
    if "when" not in found:
        raise CannotMap(
            "No column is the date or the month of the visits. Say which one is, or ask for the export with dates."
        )
    return VisitMapping(**found)


# Those most surely told first, so that a home postcode is not taken for a site.
_IN_TURN = ("birth", "postcode", "area", "when", "age", "price", "count", "group", "member", "site", "activity")
_TELLING = {"postcode": Meaning.POSTCODE, "when": Meaning.DAY, "birth": Meaning.BIRTH}


def _best(meaning: str, guesses: dict[str, Meaning]) -> str:
    """The column whose header says so and whose cells allow it; else one whose cells alone tell it."""
    said = words()
    for pattern in said.headers[meaning]:
        for column, kind in guesses.items():
            if pattern.fullmatch(column.strip().lower()) and kind in said.content[meaning]:
                return column
    telling = [column for column, kind in guesses.items() if kind is _TELLING.get(meaning)]
    return telling[0] if len(telling) == 1 else ""


def fingerprint(columns: tuple[str, ...]) -> str:
    """What an export is known by: its headers, in any order."""
    return hashlib.sha256("\n".join(sorted(columns)).encode()).hexdigest()[:32]


class Remembered:
    """The mappings confirmed in one folder, one file a set of headers."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "mappings"

    def keep(self, columns: tuple[str, ...], mapping: VisitMapping) -> None:
        """Keep what was confirmed for exports with these headers, whole or not at all."""
        missing = [column for column in mapping.columns if column not in columns]
        if missing:
            raise CannotMap(f"The export has no column {', '.join(f'“{one}”' for one in missing)}.")
        write_whole(self._folder / f"{fingerprint(columns)}.json", json.dumps(asdict(mapping)))

    def recall(self, columns: tuple[str, ...]) -> VisitMapping | None:
        """What was confirmed for these headers; a damaged file counts as none."""
        with contextlib.suppress(OSError, ValueError, TypeError):
            text = (self._folder / f"{fingerprint(columns)}.json").read_text("utf-8")
            return VisitMapping(**json.loads(text))
        return None
