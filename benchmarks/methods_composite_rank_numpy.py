"""Composite index by rank and exponential, 33,755 areas x 100 indicators: ours against plain NumPy and SciPy."""

from __future__ import annotations

from statistics import median
from time import perf_counter

import numpy as np
from scipy.stats import norm, rankdata

from commonweal.methods.composite import Recipe, composite

AREAS, INDICATORS, TIMES = 33_755, 100, 5
WEIGHTS = np.array([0.225, 0.225, 0.135, 0.135, 0.093, 0.093, 0.093])
DOMAIN = np.arange(INDICATORS) % len(WEIGHTS)
RECIPE = Recipe((1,) * INDICATORS, tuple(DOMAIN.tolist()), (1.0,) * INDICATORS, tuple(WEIGHTS.tolist()))


def plain(values: np.ndarray) -> np.ndarray:
    """The same index as somebody would write it: whole tables, SciPy's ranks and normal deviates."""
    scores = norm.ppf((rankdata(values, axis=0) - 0.5) / AREAS)
    domains = np.stack([scores[:, one == DOMAIN].mean(axis=1) for one in range(len(WEIGHTS))], axis=1)
    share = rankdata(domains, axis=0) / AREAS
    return -23 * np.log(1 - share * (1 - np.exp(-100 / 23))) @ (WEIGHTS / WEIGHTS.sum())


def seconds(work, values: np.ndarray) -> float:
    start = perf_counter()
    work(values)
    return perf_counter() - start


def main() -> None:
    values = np.random.default_rng(1).normal(size=(AREAS, INDICATORS))
    assert np.allclose(composite(values, RECIPE).score, plain(values))
    pairs = [
        (seconds(lambda table: composite(table, RECIPE), values), seconds(plain, values)) for _ in range(TIMES)
    ]
    ours, peer = (median(side) for side in zip(*pairs, strict=True))
    print(f"composite_rank_vs_numpy {ours:.4f} {peer:.4f} {ours / peer:.3f}")


if __name__ == "__main__":
    main()
