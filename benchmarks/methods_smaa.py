"""A million weightings of 12 options on 10 criteria, beside going through them with one NumPy product each."""

from __future__ import annotations

from statistics import median
from time import perf_counter

import numpy as np

from commonweal.methods.additive import ratings
from commonweal.methods.smaa import acceptability, smaa

WEIGHTINGS, OPTIONS, CRITERIA, TIMES = 1_000_000, 12, 10, 5
BESIDE = 20_000    # weightings the peer goes through; its time is scaled to all


def spent(work) -> float:
    """The middle of several runs, in seconds."""
    times = []
    for _ in range(TIMES):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return median(times)


def one_by_one(weights, scores) -> np.ndarray:
    """What a loop in a notebook would do: weigh, order, count the places."""
    ranks = np.zeros((OPTIONS, OPTIONS))
    for one in weights:
        order = np.argsort(-(scores @ (one / one.sum())))
        ranks[order, np.arange(OPTIONS)] += 1
    return ranks / len(weights)


def main() -> None:
    rng = np.random.default_rng(1)
    scores = rng.uniform(0, 100, (OPTIONS, CRITERIA))
    weights = rng.exponential(size=(WEIGHTINGS, CRITERIA)).astype(np.float32)
    mine = spent(lambda: acceptability(weights, scores))
    start = perf_counter()
    peer = one_by_one(weights[:BESIDE], scores)
    beside = (perf_counter() - start) * WEIGHTINGS / BESIDE
    assert np.abs(acceptability(weights[:BESIDE], scores).ranks - peer).max() < 1e-3
    print(f"smaa_1000000_weightings {mine:.4f} {beside:.4f} {mine / beside:.4f}")
    sure = ratings(scores, scores, scores)
    unsure = ratings(np.clip(scores - 15, 0, 100), scores, np.clip(scores + 15, 0, 100))
    for name, table in (("smaa_65536_sobol_sure_scores", sure), ("smaa_65536_sobol_all_scores_unsure", unsure)):
        here = spent(lambda table=table: smaa(table))
        print(f"{name} {here:.4f} {beside * 65_536 / WEIGHTINGS:.4f} {here / (beside * 65_536 / WEIGHTINGS):.4f}")


if __name__ == "__main__":
    main()
