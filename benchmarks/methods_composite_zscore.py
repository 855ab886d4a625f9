"""Composite index by z-scores, 33,755 areas x 100 indicators: ours, with ranks and parts, against plain NumPy."""

from __future__ import annotations

from statistics import median
from time import perf_counter

import numpy as np
from scipy.stats import rankdata

from commonweal.methods.composite import DomainStep, IndicatorStep, Recipe, composite

AREAS, INDICATORS, TIMES = 33_755, 100, 9
WEIGHTS = np.array([0.225, 0.225, 0.135, 0.135, 0.093, 0.093, 0.093])
DOMAIN = np.arange(INDICATORS) % len(WEIGHTS)
RECIPE = Recipe(
    (1,) * INDICATORS, tuple(DOMAIN.tolist()), (1.0,) * INDICATORS, tuple(WEIGHTS.tolist()),
    IndicatorStep.Z_SCORE, DomainStep.Z_SCORE,
)


def plain(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The same score and rank as somebody would write it."""
    scores = (values - values.mean(axis=0)) / values.std(axis=0)
    domains = np.stack([scores[:, one == DOMAIN].mean(axis=1) for one in range(len(WEIGHTS))], axis=1)
    domains = (domains - domains.mean(axis=0)) / domains.std(axis=0)
    score = domains @ (WEIGHTS / WEIGHTS.sum())
    return score, rankdata(-score)


def seconds(work, values: np.ndarray) -> float:
    start = perf_counter()
    work(values)
    return perf_counter() - start


def main() -> None:
    values = np.random.default_rng(1).normal(size=(AREAS, INDICATORS))
    assert np.allclose(composite(values, RECIPE).score, plain(values)[0])
    pairs = [
        (seconds(lambda table: composite(table, RECIPE), values), seconds(plain, values)) for _ in range(TIMES)
    ]
    ours, peer = (median(side) for side in zip(*pairs, strict=True))
    print(f"composite_zscore_vs_numpy {ours:.4f} {peer:.4f} {ours / peer:.3f}")


if __name__ == "__main__":
    main()
