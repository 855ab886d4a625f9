"""Teams out of 10,000 organisations, beside the plain programme in the same time, and beside choice by hand."""

from __future__ import annotations

import sys
from time import perf_counter

import numpy as np

from commonweal.methods.consortium import Pool, Team, Wish, _Model, best_team, greedy_team, pool_of

ORGANISATIONS, CAPABILITIES, AREAS = 10_000, 60, 40
SIZES = ((12, 8, 5.0, 1e-4), (30, 20, 10.0, 0.01), (60, 40, 120.0, 0.01))   # and seconds, and gap to reach


def market(capabilities: int, areas: int, seed: int = 1) -> tuple[Pool, Wish]:
    """Eight in ten small charities, the rest larger; each does a few things in a few neighbouring areas."""
    rng = np.random.default_rng(seed)
    small = rng.random(ORGANISATIONS) < 0.8
    turnover = np.where(small, rng.lognormal(np.log(55_000), 1.2, ORGANISATIONS),
                        rng.lognormal(np.log(1_800_000), 0.8, ORGANISATIONS))
    does = rng.integers(1, 5, ORGANISATIONS) * np.where(small, 1, 2)
    where = rng.integers(1, 5, ORGANISATIONS) * np.where(small, 1, 3)
    who, what, units, price = [], [], [], []
    for one in range(ORGANISATIONS):
        able = rng.choice(CAPABILITIES, does[one], replace=False)
        start = rng.integers(AREAS)
        for area in (start + np.arange(where[one])) % AREAS:
            for capability in able:
                if capability < capabilities and area < areas:
                    who.append(one)
                    what.append(capability * areas + area)
    units = rng.uniform(5, 60, len(who))
    price = rng.lognormal(np.log(40), 0.25, len(who))
    ids, who_small = np.unique(np.array(who), return_inverse=True)
    pool = pool_of((who_small, np.array(what), units, price), limit=0.5 * turnover[ids],
                   whole=np.full(ids.size, 400.0), joining=rng.uniform(200, 900, ids.size),
                   leads=turnover[ids] >= 1_000_000)
    return pool, Wish(rng.uniform(20, 120, capabilities * areas))


def plain(pool: Pool, wish: Wish, seconds: float) -> Team | None:
    """The whole programme handed to the solver at once."""
    model = _Model(pool, wish)
    found = model.solved(np.ones(pool.size, dtype=bool), seconds)
    return None if found is None else model.team(found, found[2], seconds)


def main() -> None:
    chosen = [int(one) for one in sys.argv[1:]] or range(len(SIZES))
    for capabilities, areas, seconds, gap in (SIZES[one] for one in chosen):
        pool, wish = market(capabilities, areas)
        name = f"consortium_{capabilities}x{areas}"
        begun = perf_counter()
        team = best_team(pool, wish, seconds=seconds)
        mine = perf_counter() - begun
        begun = perf_counter()
        peer = plain(pool, wish, seconds) if capabilities < 60 else None
        theirs = perf_counter() - begun
        beside = f"{theirs:.1f}s" if peer else "none"
        print(f"{name} {mine:.1f}s {beside} {mine / theirs if peer else 0:.2f}")
        greedy = greedy_team(pool, wish) if capabilities < 30 else None  # by hand takes minutes beyond
        said = f"{greedy.cost / team.cost - 1:.1%} dearer" if greedy else "not run"
        reached = "within its aim" if team.gap <= gap else f"NOT within {gap:.1%}"
        print(f"{name}: {pool.size} could, {len(team.members)} chosen, gap {team.gap:.3%} ({reached}), plain "
              f"{f'{peer.gap:.2%}' if peer else 'not run'}, by hand {said}")


if __name__ == "__main__":
    main()
