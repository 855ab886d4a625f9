"""What a person has confirmed of an unknown table: which columns go where; kept as JSON for the next edition."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from commonweal.lake.opening.matching import normal
from commonweal.lake.opening.model import Sheet
from commonweal.lake.schema import TABLES

FORMAT = 1


class MappingBroken(ValueError):
    """A mapping that cannot be used; the text says what is wrong and what to do."""


class Headers(StrEnum):
    """What the headers of the value columns say."""

    INDICATOR = "indicator"
    MEASURE = "measure"
    SITE = "site"
    PERIOD = "period"


class Target(StrEnum):
    """The tables of the lake an unknown table can go into."""

    OBSERVATIONS = "observations"
    FACILITIES = "facilities"
    USE = "use"


@dataclass(frozen=True, slots=True)
class ValueColumn:
    """A column of values: as published, what its header means here, and its unit."""

    column: str
    name: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Mapping:
    """How one table becomes rows of the lake.

    `columns` are pairs (column of the lake, column as published); `given` are pairs (column of the lake,
    what a person typed for every row); `values` are the columns of values, whose headers say `headers`.
    `left_out` are the columns that go nowhere, those about people among them.
    """

    fingerprint: str
    target: Target
    columns: tuple[tuple[str, str], ...] = ()
    values: tuple[ValueColumn, ...] = ()
    headers: Headers = Headers.INDICATOR
    given: tuple[tuple[str, str], ...] = ()
    left_out: tuple[str, ...] = ()
    title: str = ""

    def column_for(self, lake_column: str) -> str | None:
        """The published column that fills a column of the lake."""
        return dict(self.columns).get(lake_column)

    def given_for(self, lake_column: str) -> str:
        """What a person typed for a column of the lake."""
        return dict(self.given).get(lake_column, "")

    def used(self) -> tuple[str, ...]:
        """Every published column that goes in."""
        return (*(published for _, published in self.columns), *(value.column for value in self.values))


def fingerprint(sheet: Sheet) -> str:
    """What a source is known again by: its column names in order, however spelt."""
    return fingerprint_of(sheet.columns)


def fingerprint_of(columns: Iterable[str]) -> str:
    """As `fingerprint`, of column names."""
    joined = "\x1f".join(map(normal, columns))
    return hashlib.sha256(joined.encode("utf-8")).hexdigest()[:32]


def to_json(mapping: Mapping) -> str:
    """A mapping as JSON, stable from one writing to the next."""
    return json.dumps({"format": FORMAT, **asdict(mapping)}, ensure_ascii=False, indent=1, sort_keys=True)


def from_json(text: str) -> Mapping:
    """A mapping from JSON; raises MappingBroken."""
    try:
        held: dict[str, Any] = json.loads(text)
        if held.pop("format") != FORMAT:
            raise MappingBroken("The mapping was kept by another version. Confirm the columns again.")
        mapping = Mapping(
            fingerprint=str(held["fingerprint"]), target=Target(held["target"]),
            columns=_pairs(held["columns"]), values=tuple(ValueColumn(**one) for one in held["values"]),
            headers=Headers(held["headers"]), given=_pairs(held["given"]),
            left_out=tuple(map(str, held["left_out"])), title=str(held["title"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        if isinstance(error, MappingBroken):
            raise
        raise MappingBroken("The mapping kept for this source is damaged. Confirm the columns again.") from error
    check(mapping)
    return mapping


def _pairs(found: Iterable[Iterable[object]]) -> tuple[tuple[str, str], ...]:
    return tuple((str(first), str(second)) for first, second in found)


def check(mapping: Mapping) -> None:
    """Raise MappingBroken, with what to do, if a mapping cannot make rows of its table."""
    known = TABLES[mapping.target].columns
    for name, _ in (*mapping.columns, *mapping.given):
        if name not in known:
            raise MappingBroken(f"There is no “{name}” in {mapping.target}; it has {', '.join(known)}.")
    filled = {name for name, _ in mapping.columns} | {name for name, typed in mapping.given if typed.strip()}
    for needed, sentence in _NEEDED[mapping.target]:
        if not needed & filled:
            raise MappingBroken(sentence)
    if mapping.target is Target.FACILITIES:
        return
    if not mapping.values:
        raise MappingBroken("Say which column holds the values: a number for each area or site.")
    if mapping.headers is not Headers.PERIOD and "period" not in filled:
        raise MappingBroken("Say which period the figures are for, such as 2023/24: choose a column or type it.")


_NEEDED: dict[Target, tuple[tuple[frozenset[str], str], ...]] = {
    Target.OBSERVATIONS: (
        (frozenset(("area_code",)), "Say which column holds the area's code, such as E08000011."),
    ),
    Target.FACILITIES: (
        (frozenset(("name",)), "Say which column holds the name of each place."),
        (frozenset(("kind",)), "Say what kind of place these are, such as library or sports_hall."),
    ),
    Target.USE: (
        (frozenset(("service",)), "Say which service this is the use of, such as libraries."),
    ),
}
