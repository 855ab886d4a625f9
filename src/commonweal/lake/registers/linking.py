"""Entries of many registers linked: pairs compared in DuckDB, weighed, joined where that is clear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from commonweal.lake.registers.names import domain, tokens
from commonweal.methods.linkage import (
    Levels,
    frequencies,
    joined,
    learn_matches,
    match_probability,
    match_weights,
)

FIELDS = ("name", "place", "district", "number", "web")
# First guesses of how often each level is met among entries of the same body, lowest first; EM moves them.
START: Levels = tuple(np.array(one) for one in (
    [0.01, 0.03, 0.14, 0.12, 0.70], [0.12, 0.10, 0.08, 0.70], [0.10, 0.90], [0.02, 0.98], [0.15, 0.85],
))
SAME, UNDECIDED = 0.95, 0.20   # join from the first; between the two ask a person
EXACT, HALF, NUMBER = 4, 1, 3
GUESSED = 200
MANY = 20_000  # in no list, however short, does a name count as commoner than once in so many
FIRST_PRIOR = 0.2
# Neighbours share words, so no level counts as rarer between two bodies than this.
LEAST_U: Levels = tuple(np.array(one) for one in (
    [0.9, 2e-3, 2e-4, 2e-5, 1e-5], [0.9, 1e-3, 4e-4, 1e-4], [0.9, 3e-3], [0.9, 1e-6], [0.9, 1e-5],
))
DRAWN = 20_000  # these count as so many draws, so that a short list does not take its own repeats for chance
# With fewer counted pairs than this there is nothing to learn from: the first guesses stand.
ENOUGH = 100


@dataclass(frozen=True, slots=True)
class Linkable:
    """What linking looks at; two entries are compared only within one `scope` or where either has none."""

    name: str
    postcode: str = ""
    district: str = ""
    numbers: tuple[tuple[str, str], ...] = ()
    web: str = ""
    scope: str = ""
    world: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """Two entries and why they may be the same: each field's level and its weight in bits, and the chance."""

    first: int
    second: int
    levels: tuple[int, ...]
    weights: tuple[float, ...]
    chance: float


@dataclass(frozen=True, slots=True)
class Linked:
    """The group of each entry (n,), the pairs that were joined, and those for a person."""

    groups: NDArray[np.int64]
    joined: tuple[Compared, ...]
    undecided: tuple[Compared, ...]
    learned: dict[str, Any] = field(default_factory=dict)


@lru_cache(maxsize=1)
def _sql() -> dict[str, str]:
    text = files("commonweal.lake.registers").joinpath("linking.sql").read_text("utf-8")
    parts = text.split("-- name: ")[1:]
    return {part.split("\n", 1)[0].strip(): part.split("\n", 1)[1] for part in parts}


def link(
    entries: Sequence[Linkable], *, same: Sequence[tuple[int, int]] = (), apart: Sequence[tuple[int, int]] = ()
) -> Linked:
    """Which entries are the same body. What people said (`same`, `apart`) stands above the weights."""
    if not entries:
        return Linked(np.zeros(0, dtype=np.int64), (), ())
    with duckdb.connect(":memory:", config={"threads": 2, "memory_limit": "1GB"}) as con:
        con.register("given", _table(entries))
        for step in ("entries", "numbers", "words", "candidates", "compared"):
            con.execute(_sql()[step])
        levels, weights, chance, ends, learned = _weighed(con, len(entries))
    found = [
        Compared(int(a), int(b), tuple(map(int, met)), tuple(map(float, w)), float(p))
        for (a, b), met, w, p in zip(ends, levels, weights, chance, strict=True) if p >= UNDECIDED
    ]
    found.sort(key=lambda one: (-one.chance, -sum(one.weights), one.first, one.second))
    return _settled(entries, found, same, apart, learned)


def _settled(
    entries: Sequence[Linkable], found: list[Compared], same: Sequence[tuple[int, int]],
    apart: Sequence[tuple[int, int]], learned: dict[str, Any],
) -> Linked:
    """Join what is sure, the surest first; what is not sure is left to people."""
    sure = [one for one in found if one.chance >= SAME]
    numbers = [frozenset(one.numbers) | _scoped(one) for one in entries]
    never = frozenset((min(a, b), max(a, b)) for a, b in apart)
    groups, refused = joined(
        len(entries), [*same, *((one.first, one.second) for one in sure)], numbers, never)
    left = set(refused)  # what a number forbids is no question for a person
    merged = tuple(one for one in sure if (one.first, one.second) not in left)
    asked = tuple(
        one for one in found
        if groups[one.first] != groups[one.second] and one.levels[NUMBER] != 0
        and (one.first, one.second) not in never and one.chance < SAME
    )
    return Linked(groups, merged, _one_each(asked, groups), learned)


def _scoped(one: Linkable) -> frozenset[tuple[str, str]]:
    """The scope as a number: entries of two scopes must never meet, even through a third."""
    return frozenset({("scope", one.scope)}) if one.scope else frozenset()


def _one_each(asked: Sequence[Compared], groups: NDArray[np.int64]) -> tuple[Compared, ...]:
    """The likeliest pair between each two groups: one question, not six."""
    kept: dict[tuple[int, int], Compared] = {}
    for one in asked:
        a, b = sorted((int(groups[one.first]), int(groups[one.second])))
        kept.setdefault((a, b), one)
    return tuple(kept.values())


def _table(entries: Sequence[Linkable]) -> pa.Table:
    words = [tokens(one.name) for one in entries]
    return pa.table({
        "i": pa.array(range(len(entries)), pa.int32()),
        "words": pa.array([list(one) for one in words], pa.list_(pa.string())),
        "key": pa.array([" ".join(one) for one in words], pa.string()),
        "postcode": pa.array([one.postcode or None for one in entries], pa.string()),
        "district": pa.array([one.district or None for one in entries], pa.string()),
        "web": pa.array([domain(one.web) or None for one in entries], pa.string()),
        "numbers": pa.array([[f"{s}|{v}" for s, v in one.numbers] for one in entries], pa.list_(pa.string())),
        "scope": pa.array([one.scope for one in entries], pa.string()),
        "world": pa.array([one.world for one in entries], pa.string()),
    })


def _weighed(con: duckdb.DuckDBPyConnection, count: int) -> tuple[Any, Any, Any, Any, dict[str, Any]]:
    """Levels, weights and chance of every compared pair, with m and u learned from the pairs themselves."""
    pairs = con.execute("SELECT * FROM compared").to_arrow_table().to_pydict()
    levels = np.array([pairs[name] for name in FIELDS], dtype=np.int64).T.reshape(-1, len(FIELDS))
    ends = list(zip(pairs["a"], pairs["b"], strict=True))
    u = _by_chance(con)
    m, rounds = _learned(levels, u)
    weights = match_weights(levels, m, u)
    # Two clubs of one village share its name: half a name in common is never evidence that they are one.
    weights[:, 0] = np.where(levels[:, 0] == HALF, np.minimum(weights[:, 0], -2.0), weights[:, 0])
    weights[:, 0] += np.where(levels[:, 0] == EXACT, _rarity(pairs["often"], count, u[0][EXACT]), 0.0)
    prior = 1 / max(count, 50)
    chance = match_probability(weights.sum(axis=1), prior)
    learned_is = {"m": [one.tolist() for one in m], "u": [one.tolist() for one in u], "rounds": rounds}
    return levels, weights, chance, ends, learned_is


def _learned(levels: NDArray[np.int64], u: Levels) -> tuple[Levels, int]:
    """m from the pairs that share a registered number, the first guesses counting as `GUESSED` pairs."""
    known = levels[levels[:, NUMBER] == 1]
    if len(known) < ENOUGH:
        return START, 0
    patterns, counts = np.unique(known, axis=0, return_counts=True)
    found = learn_matches(patterns, counts, u, m=START, prior=FIRST_PRIOR, fixed=(NUMBER,))
    same = found.prior * counts.sum()
    return tuple(
        (guess * GUESSED + one * same) / (GUESSED + same) for guess, one in zip(START, found.m, strict=True)
    ), found.rounds


def _rarity(often: Sequence[int], count: int, exact: float) -> NDArray[np.float64]:
    """Bits to add where two names are the same: many for a name seen twice, few for a village hall."""
    share = (np.array(often, dtype=float) - 1).clip(1) / max(count, MANY)
    return np.asarray(np.clip(np.log2(exact / share), -8, 6))


def _by_chance(con: duckdb.DuckDBPyConnection) -> Levels:
    """u: how often each level is met between two entries drawn at random, with what is known of lists at large."""
    con.execute(_sql()["random"])
    rows = con.execute("SELECT name, place, district, number, web, count(*) FROM drawn GROUP BY ALL").fetchall()
    if not rows:
        return tuple(one / one.sum() for one in LEAST_U)
    patterns, counts = np.array([row[:-1] for row in rows]), np.array([row[-1] for row in rows], float)
    drawn = frequencies(patterns, counts, [len(one) for one in START])
    out = []
    for at, (found, least) in enumerate(zip(drawn, LEAST_U, strict=True)):
        seen = counts[patterns[:, at] >= 0].sum()
        made = np.maximum((found * seen + least * DRAWN) / (seen + DRAWN), least)
        out.append(made / made.sum())
    return tuple(out)


