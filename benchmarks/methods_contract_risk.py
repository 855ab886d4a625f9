"""100,000 draws of 15 years of a contract whose risk is shared, beside a loop in Python over some of them."""

from __future__ import annotations

import random
from statistics import median
from time import perf_counter

import numpy as np

from commonweal.methods.contract_risk import Uncertain, bearing, draw, settle
from commonweal.methods.sharing_rule import collar_and_cap

RUNS, YEARS, TIMES, LOOPED = 100_000, 15, 5, 2_000
LINES = (
    Uncertain(1_500_000, yearly=0.05, level=0.06, persists=0.6, off=-0.03),
    Uncertain(-900_000, yearly=0.02, level=0.03, persists=0.5), Uncertain(-300_000, yearly=0.2, persists=0.8),
    Uncertain(-150_000, yearly=0.3), Uncertain(-60_000, yearly=0.15, persists=0.9, every=3, passed=True),
)


def ours() -> None:
    together = np.eye(len(LINES))
    together[0, 1] = together[1, 0] = 0.2
    drawn = draw(LINES, years=YEARS, runs=RUNS, seed=3, together=together)
    out = settle(drawn, collar_and_cap(collar=20_000, cap=150_000, shared=0.5), margin=30_000)
    bearing(out.operator, reserves=400_000, least=100_000)


def looped() -> None:
    """The same a run, a year and a line at a time, without the correlation."""
    for _ in range(LOOPED):
        levels = [random.gauss(0, one.level) for one in LINES]
        drift = [random.gauss(0, one.yearly) for one in LINES]
        for year in range(YEARS):
            shared = 0.0
            for place, one in enumerate(LINES):
                fresh = (1 - one.persists**2) ** 0.5 * one.yearly
                if year % one.every == 0:
                    drift[place] = one.persists * drift[place] + random.gauss(0, fresh)
                if not one.passed:
                    shared += abs(one.pounds) * (levels[place] + drift[place]) + one.pounds * one.off
            abs(shared) - max(abs(shared) - 20_000, 0) * 0.5


def seconds(work) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def main() -> None:
    mine = median(seconds(ours) for _ in range(TIMES))
    peer = seconds(looped) * RUNS / LOOPED
    print(f"contract_risk_100000_runs {mine:.4f} {peer:.4f} {mine / peer:.4f}")


if __name__ == "__main__":
    main()
