"""The ways in which several may answer a commission, and for whom a competition may be kept."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from commonweal.policy.procurement_law import Cited, law_content


@dataclass(frozen=True, slots=True)
class Way(Cited):
    """One way: for which deals, how it goes, whether only those invited answer, and whether there are talks.

    `agrees`: once all is scored, terms are agreed with those who may be chosen.
    """

    key: str
    deals: tuple[str, ...]
    name: str
    words: str
    invited: bool
    talks: bool
    agrees: bool
    caution: str


@dataclass(frozen=True, slots=True)
class Reserved(Cited):
    """For whom a competition is kept, and what a bidder then says of itself."""

    key: str
    name: str
    tick: str
    caution: str


@cache
def ways() -> tuple[Way, ...]:
    """Every way, the plainest first."""
    return tuple(
        Way(row["citation"], row["verification"], row["key"], tuple(row["deals"]), row["name"], row["words"],
            row["invited"], row["talks"], row.get("agrees", False), row.get("caution", ""))
        for row in law_content("competing")["ways"])


@cache
def way(key: str) -> Way:
    """One way by its key; the plainest where there is no such one."""
    return next((one for one in ways() if one.key == key), ways()[0])


@cache
def reserved_for(key: str) -> Reserved | None:
    """For whom it is kept, if for anybody."""
    rows = law_content("competing")["reserved"]
    names = ("citation", "verification", "key", "name", "tick", "caution")
    return next((Reserved(*(row[name] for name in names)) for row in rows if row["key"] == key), None)


@cache
def prefill() -> dict[str, tuple[str, ...]]:
    """Which lines of a profile begin which answer, by the key of the question."""
    return {key: tuple(names) for key, names in law_content("competing")["prefill"].items()}
