"""Who might run a service and how it might change, as a dated, cited catalogue; what nobody checked says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

UNCHECKED = "unverified - confirm with your legal or finance officer"
FOLLOWS = "follows from the form itself"
MARKS = {"V": "read in an official text", "S": "told by others", "F": FOLLOWS, "K": UNCHECKED}
CITED = frozenset("VS")


class CatalogueWrong(ValueError):
    """A row that does not fit; the text says which and why."""


class Kind(StrEnum):
    """What a row changes: who runs the service, how it works, or whether there is one."""

    VEHICLE = "vehicle"
    REDESIGN = "redesign"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Named:
    """A service, or an aim."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where it is written, how far it was read, and on which day where that is kept."""

    title: str
    where: str
    read: str
    checked: date | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing said, how far it was checked, and where it is written."""

    says: str
    verification: str
    sources: tuple[Source, ...] = ()

    @property
    def standing(self) -> str:
        """How far, in words."""
        return MARKS[self.verification]

    @property
    def unverified(self) -> bool:
        """Whether nobody has checked it."""
        return self.verification == "K"

    @property
    def cited(self) -> str:
        """How far, and where, for a paper: 'told by others: A; B'."""
        where = "; ".join(one.title for one in self.sources)
        return f"{self.standing}: {where}" if where else self.standing


@dataclass(frozen=True, slots=True)
class Vehicle:
    """One row: what it is, needs, suits and risks; VAT, rates and award with how far each was checked."""

    key: str
    kind: Kind
    title: str
    says: str
    services: tuple[str, ...]
    aims: tuple[str, ...]
    needs: tuple[str, ...]
    suits: tuple[str, ...]
    risks: tuple[str, ...]
    vat: Claim
    rates: Claim
    award: Claim
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything held, as at a day."""

    as_at: date
    review_by: date
    services: tuple[Named, ...]
    aims: tuple[Named, ...]
    rows: tuple[Vehicle, ...]

    @property
    def claims(self) -> tuple[Claim, ...]:
        """All that is said of VAT, rates and award."""
        return tuple(one for row in self.rows for one in (row.vat, row.rates, row.award))

    def one(self, key: str) -> Vehicle | None:
        """The row of a key, or None."""
        return next((row for row in self.rows if row.key == key), None)

    def fitting(self, service: str, aims: tuple[str, ...] = ()) -> tuple[Vehicle, ...]:
        """Rows for a service (all where none is named), those that serve most of the aims first."""
        found = [row for row in self.rows if not service or service in row.services]
        return tuple(sorted(found, key=lambda row: -len(set(aims) & set(row.aims))))

    def service(self, key: str) -> str:
        """The words of a service; the key itself where it is no longer held."""
        return next((one.title for one in self.services if one.key == key), key)


@cache
def catalogue() -> Catalogue:
    """The catalogue as it is shipped."""
    text = (files("commonweal.policy") / "data" / "options" / "vehicles.yaml").read_text(encoding="utf-8")
    return catalogue_of(yaml.safe_load(text))


def catalogue_of(content: dict[str, Any]) -> Catalogue:
    """The catalogue of a file's content; CatalogueWrong where a row does not fit."""
    services, aims = (tuple(Named(**row) for row in content[name]) for name in ("services", "aims"))
    sources = {key: Source(**row) for key, row in content["sources"].items()}
    rows = tuple(_row(row, {one.key for one in services}, {one.key for one in aims}, sources)
                 for row in content["rows"])
    if len({row.key for row in rows}) != len(rows):
        raise CatalogueWrong("Two rows have the same key. Give each its own.")
    return Catalogue(content["as_at"], content["review_by"], services, aims, rows)


def _row(row: dict[str, Any], services: set[str], aims: set[str], sources: dict[str, Source]) -> Vehicle:
    name = row.get("key")
    for part, held in (("for", services), ("aims", aims), ("sources", set(sources))):
        if strange := set(row[part]) - held:
            raise CatalogueWrong(f"The row {name} names {', '.join(sorted(strange))} under {part}: there is none.")
    claims = {part: _claim(row[part], sources, f"{name}, {part}") for part in ("vat", "rates", "award")}
    return Vehicle(
        key=row["key"], kind=Kind(row["kind"]), title=row["title"], says=row["says"], services=tuple(row["for"]),
        aims=tuple(row["aims"]), needs=tuple(row["needs"]), suits=tuple(row["suits"]), risks=tuple(row["risks"]),
        sources=tuple(sources[one] for one in row["sources"]), **claims,
    )


def _claim(said: dict[str, Any], sources: dict[str, Source], name: str) -> Claim:
    keys = said.get("from", ())
    if strange := set(keys) - set(sources):
        raise CatalogueWrong(f"{name}: there is no source called {', '.join(sorted(strange))}.")
    claim = Claim(said["says"], said["verification"], tuple(sources[one] for one in keys))
    if claim.verification not in MARKS:
        raise CatalogueWrong(f"{name} does not say how far it was checked: V, S, F or K.")
    if claim.verification in CITED and not claim.sources:
        raise CatalogueWrong(f"{name} is said to be checked, and does not say where.")
    if claim.verification == "V" and not any(one.read == "V" for one in claim.sources):
        raise CatalogueWrong(f"{name} is said to be read in an official text, and names none.")
    return claim
