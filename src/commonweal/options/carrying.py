"""A contract drawn many times over: how each who might run it would stand, and what share it can carry."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from commonweal.methods.contract_risk import (
    Bearing,
    Drawn,
    Event,
    Falls,
    Uncertain,
    bearing,
    draw,
    largest_share,
    settle,
    worst_year,
)
from commonweal.methods.sharing_rule import Rule, capped, collar_and_cap, collared, fixed_price, open_book

RUNS = 20_000
FULL = 100_000  # in the background
TOGETHER = 0.2  # how far lines go wrong together


@dataclass(frozen=True, slots=True)
class Party:
    """Who might run it: its kind, what it has put by, and the least it must keep."""

    kind: str
    title: str
    reserves: float
    least: float


@dataclass(frozen=True, slots=True)
class Spec:
    """Everything that decides the draws; equal specs give equal answers."""

    lines: tuple[Uncertain, ...]
    events: tuple[Event, ...]
    years: int
    margin: float
    rule: str
    collar: float
    cap: float
    shared: float
    beyond: float
    limit: float
    seed: int
    parties: tuple[Party, ...]
    gains: float | None = None


@dataclass(frozen=True, slots=True)
class Stand:
    """How one party stands, and the largest share past the first part that it can carry (None: not even that)."""

    party: Party
    bears: Bearing
    largest: float | None


@dataclass(frozen=True, slots=True)
class Carried:
    """What the draws say: for each who might run it, and for the council, which pays the rest."""

    stands: tuple[Stand, ...]
    council: Bearing | None
    council_party: Party | None
    council_bad_year: float
    council_typical: float
    council_high: float
    operator_bad_year: float
    turnover: float


@lru_cache(maxsize=32)
def carried(spec: Spec, runs: int = RUNS) -> Carried:
    """Draw and settle. Errors are MethodErrors in sentences."""
    drawn = draw(spec.lines, years=spec.years, runs=runs, seed=spec.seed, together=together(len(spec.lines)),
                 events=spec.events)
    out = settle(drawn, rule_of(spec), margin=spec.margin)
    stands = tuple(
        Stand(one, bearing(out.operator, reserves=one.reserves, least=one.least), _largest(drawn, spec, one))
        for one in spec.parties if one.kind != "council"
    )
    council = next((one for one in spec.parties if one.kind == "council"), None)
    extra = out.council.sum(axis=1)
    own = bearing(-out.council, reserves=council.reserves, least=council.least) if council else None
    return Carried(
        stands, own, council,
        -worst_year(-out.council), float(np.median(extra)), float(np.quantile(extra, 0.95)),
        worst_year(out.operator), sum(abs(one.pounds) for one in spec.lines if one.pounds < 0),
    )


def as_data(found: Carried) -> dict[str, Any]:
    """Plain data, from which `from_data` gives the same back for the same contract."""
    return {
        "stands": [[asdict(one.bears), one.largest] for one in found.stands],
        "council": None if found.council is None else asdict(found.council),
        "sums": [found.council_bad_year, found.council_typical, found.council_high, found.operator_bad_year,
                 found.turnover],
    }


def from_data(spec: Spec, data: dict[str, Any]) -> Carried:
    """What was kept of a contract, told of its parties."""
    runs = [one for one in spec.parties if one.kind != "council"]
    told = zip(runs, data["stands"], strict=True)
    stands = tuple(Stand(party, Bearing(**bears), largest) for party, (bears, largest) in told)
    council = next((one for one in spec.parties if one.kind == "council"), None)
    return Carried(stands, Bearing(**data["council"]) if data["council"] else None, council, *data["sums"])


def rule_of(spec: Spec) -> Rule:
    """The rule in force."""
    if spec.rule == "fixed":
        return fixed_price()
    if spec.rule == "passed":
        return fixed_price()      # lines marked so are passed through before any rule is asked
    if spec.rule == "open":
        return open_book()
    if spec.rule == "cap":
        return capped(spec.cap)
    if spec.rule == "collar":
        return collared(spec.collar)
    return collar_and_cap(
        collar=spec.collar, cap=spec.cap, shared=spec.shared, beyond=spec.beyond, gains=spec.gains)


def uncertain(
    kind: tuple[float, float, float, int], *, pounds: float, yearly: float, off: float, passed: bool
) -> Uncertain:
    """A line with its kind's level, persistence and steps, and the spread that was said."""
    usual, level, persists, every = kind
    steady = level * yearly / usual if usual else 0.0
    return Uncertain(pounds, yearly, steady, persists, off, every, passed)


def event(*, chance: float, costs: tuple[float, float, float], bearer: str) -> Event:
    """A risk of the register as the draws take it."""
    falls = {"operator": Falls.OWN, "council": Falls.PASSED}.get(bearer, Falls.SHARED)
    return Event(chance, *costs, falls)


def _largest(drawn: Drawn, spec: Spec, party: Party) -> float | None:
    return largest_share(
        drawn, reserves=party.reserves, least=party.least, limit=spec.limit, margin=spec.margin,
        collar=spec.collar if spec.rule in ("bands", "collar") else 0.0,
    )


def together(count: int) -> np.ndarray:
    """Lines go wrong together a little: a bad year for one is a bad year for others."""
    matrix = np.full((count, count), TOGETHER)
    np.fill_diagonal(matrix, 1.0)
    return matrix
