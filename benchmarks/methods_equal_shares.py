"""Equal shares of 90,000 voters and 120 projects, beside going through the voters of each project in Python."""

from __future__ import annotations

from statistics import median
from time import perf_counter

import numpy as np

from commonweal.methods.equal_shares import Election, election_of, equal_shares

VOTERS, PROJECTS, TIMES = 90_000, 120, 5


def town() -> Election:
    """Ballots of one to seven projects, some projects liked far more, money for three tenths of them."""
    rng = np.random.default_rng(1)
    liked = rng.dirichlet(np.full(PROJECTS, 0.7))
    sizes = rng.integers(1, 8, VOTERS)
    cost = rng.lognormal(10.5, 0.8, PROJECTS)
    return election_of(
        cost, np.repeat(np.arange(VOTERS), sizes), rng.choice(PROJECTS, size=int(sizes.sum()), p=liked),
        budget=0.3 * float(cost.sum()), voters=np.ones(VOTERS),
    )


def plainly(given: Election) -> list[int]:
    """Every project priced anew each round, a voter at a time."""
    left = [given.budget / VOTERS] * VOTERS
    rest, bought = set(range(PROJECTS)), []
    while True:
        offers = [(price / given.cost[p], p, price) for p in rest if (price := priced(given, p, left)) is not None]
        if not offers:
            return bought
        _, place, price = min(offers)
        for voter in given.supporters[place]:
            left[voter] -= min(left[voter], price)
        rest.discard(place)
        bought.append(place)


def priced(given: Election, place: int, left: list[float]) -> float | None:
    held = sorted(left[voter] for voter in given.supporters[place])
    owed = float(given.cost[place])
    if sum(held) < owed:
        return None
    for done, one in enumerate(held):
        price = owed / (len(held) - done)
        if price <= one:
            return price
        owed -= one
    return held[-1]


def main() -> None:
    given, spent = town(), []
    for _ in range(TIMES):
        start = perf_counter()
        won = equal_shares(given)
        spent.append(perf_counter() - start)
    start = perf_counter()
    peer = plainly(given)
    beside = perf_counter() - start
    assert list(won.projects) == peer
    mine = median(spent)
    print(f"equal_shares_90000_voters {mine:.4f} {beside:.4f} {mine / beside:.4f}")


if __name__ == "__main__":
    main()
