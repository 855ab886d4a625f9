"""The community right to challenge as data: who may, what follows, on which grounds alone it is turned down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from commonweal.policy.procurement_law import Cited, law_content


@dataclass(frozen=True, slots=True)
class Challenger(Cited):
    """A kind of body that may challenge."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Ground(Cited):
    """A ground on which it may be turned down."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class Consequence(Cited):
    """What follows from it."""

    words: str


@cache
def challengers() -> tuple[Challenger, ...]:
    """Every kind of body that may."""
    return tuple(Challenger(row["citation"], row["verification"], row["key"], row["name"])
                 for row in law_content("challenging")["bodies"])


@cache
def grounds() -> tuple[Ground, ...]:
    """Every ground there is."""
    return tuple(Ground(row["citation"], row["verification"], row["key"], row["words"])
                 for row in law_content("challenging")["grounds"])


def ground(key: str) -> Ground | None:
    """One ground."""
    return next((one for one in grounds() if one.key == key), None)


@cache
def consequences() -> tuple[Consequence, ...]:
    """What follows, for whoever thinks of challenging."""
    return tuple(Consequence(row["citation"], row["verification"], row["words"])
                 for row in law_content("challenging")["consequences"])


def may_be_challenged(kind: str) -> bool:
    """Whether an organisation of this kind is one that can be challenged."""
    return kind in law_content("challenging")["authorities"]


def stale(on: date) -> str:
    """The sentence for rows past their review; nothing while they may be used."""
    by: date = law_content("challenging")["review_by"]
    return f"These rules were to be read again by {by:%d.%m.%Y}: nobody has, so nothing is decided by them." \
        if on > by else ""
