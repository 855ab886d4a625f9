"""The teams of one question: solved at once or over minutes, and kept as plain numbers in between."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from commonweal.methods.arrays import MethodError
from commonweal.methods.consortium import Pool, Team, Told, Wish, best_team, other_teams

LARGE = 2_000       # lines offered: with more, a search takes longer than anybody waits for a page
QUICK = 4.0         # seconds each part of it may take while somebody waits
LONG = 120.0        # seconds it may take in the background, by the size that a realistic market has at most


@dataclass(frozen=True, slots=True)
class Teams:
    """The best, the best with one that asks (where the best is without it), others, or why there is none."""

    best: Team | None
    ours: Team | None = None
    others: tuple[Team, ...] = ()
    sentence: str = ""


def solve(
    pool: Pool, wish: Wish, ours: int | None, *, seconds: float = QUICK, tell: Told | None = None,
    show: Callable[[Teams], None] | None = None,
) -> Teams:
    """All of them; with `show`, each part as soon as it is there."""
    shown = show or (lambda teams: None)
    try:
        best = best_team(pool, wish, seconds=seconds, tell=tell,
                         show=(lambda team: shown(Teams(team))) if show else None)
    except MethodError as error:
        return Teams(None, sentence=str(error))
    shown(Teams(best))
    others = other_teams(pool, wish, best, seconds=seconds) if best.members else ()
    with_us = None
    if ours is not None and ours not in best.members:
        shown(Teams(best, others=others))
        try:
            with_us = best_team(pool, replace(wish, must=(ours,)), seconds=seconds)
        except MethodError:
            with_us = None
    return Teams(best, with_us, others)


def covered_by_all(pool: Pool, wish: Wish, *, seconds: float = QUICK, tell: Told | None = None) -> Team:
    """What everybody could cover together: no lead and no limit of partners."""
    return best_team(pool, replace(wish, one_leads=False, partners=None), seconds=seconds, tell=tell)


def question_of(pool: Pool, wish: Wish) -> str:
    """The same for the same numbers: an answer to another question is never shown."""
    parts = (pool.organisation, pool.package, pool.units, pool.price, pool.limit, pool.whole, pool.joining,
             pool.leads, wish.demand)
    made = hashlib.sha256(f"{wish.partners}".encode())
    for part in parts:
        made.update(np.ascontiguousarray(part).tobytes())
    return made.hexdigest()[:32]


def packed(teams: Teams) -> dict[str, Any]:
    """As plain numbers."""
    some = {"best": teams.best, "ours": teams.ours}
    return {**{key: _packed(team) for key, team in some.items() if team is not None},
            "others": [_packed(team) for team in teams.others], "sentence": teams.sentence}


def unpacked(held: dict[str, Any], pool: Pool, wish: Wish) -> Teams:
    """Back from plain numbers."""
    best, ours = (_unpacked(held[key], pool, wish) if key in held else None for key in ("best", "ours"))
    return Teams(best, ours, tuple(_unpacked(one, pool, wish) for one in held.get("others", ())),
                 held.get("sentence", ""))


def _packed(team: Team) -> dict[str, Any]:
    return {"members": list(team.members), "lead": team.lead, "does": _some(team.does), "unmet": _some(team.unmet),
            "cost": team.cost, "gap": team.gap, "seconds": team.seconds}


def _unpacked(held: dict[str, Any], pool: Pool, wish: Wish) -> Team:
    return Team(tuple(held["members"]), held["lead"], _all(held["does"], pool.units.size),
                _all(held["unmet"], wish.demand.size), held["cost"], held["gap"], held["seconds"])


def _some(values: NDArray[np.float64]) -> list[list[float]]:
    return [[int(at), float(values[at])] for at in np.flatnonzero(values)]


def _all(held: list[list[float]], size: int) -> NDArray[np.float64]:
    values = np.zeros(size)
    for at, value in held:
        values[int(at)] = value
    return values
