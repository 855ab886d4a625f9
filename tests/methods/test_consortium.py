"""Teams: best by trying all, the limits kept, gaps named, others that differ, never dearer than by hand."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonweal.methods.arrays import MethodError
from commonweal.methods.consortium import Wish, best_team, greedy_team, other_teams, pool_of


def small(seed, organisations=5, packages=3):
    """A pool that can be gone through by hand."""
    rng = np.random.default_rng(seed)
    lines = [(one, package, rng.integers(1, 9), rng.integers(5, 20))
             for one in range(organisations) for package in range(packages) if rng.random() < 0.6]
    who, what, units, price = (np.array(part) for part in zip(*lines, strict=True)) if lines else ((),) * 4
    pool = pool_of((who, what, units, price), limit=rng.integers(20, 200, organisations),
                   whole=rng.integers(3, 15, organisations), joining=rng.integers(1, 40, organisations),
                   leads=np.ones(organisations))
    return pool, Wish(rng.integers(1, 9, packages).astype(float), one_leads=False)


def by_trying_all(pool, wish):
    """Each set of members forced in alone: the cheapest of them."""
    found = []
    for size in range(pool.size + 1):
        for members in combinations(range(pool.size), size):
            kept = np.isin(pool.organisation, members)
            part = pool_of((pool.organisation[kept], pool.package[kept], pool.units[kept], pool.price[kept]),
                           limit=pool.limit, whole=pool.whole, joining=np.zeros(pool.size), leads=pool.leads)
            plain = best_team(part, wish)
            joining = pool.joining[list(members)].sum()
            found.append(pool.price[kept] @ plain.does + joining + plain.unmet.sum() * 1e5)
    return min(found)


@pytest.mark.parametrize("seed", range(4))
def test_best_by_trying_all(seed):
    pool, wish = small(seed)
    team = best_team(pool, wish)
    mine = pool.price @ team.does + pool.joining[list(team.members)].sum() + team.unmet.sum() * 1e5
    assert mine == pytest.approx(by_trying_all(pool, wish), rel=1e-4)
    assert team.gap <= 1e-4


@settings(max_examples=40)
@given(st.integers(0, 10_000), st.integers(1, 5))
def test_every_limit_is_kept_and_nothing_is_dearer_than_by_hand(seed, partners):
    pool, wish = small(seed, organisations=9, packages=5)
    wish = replace(wish, partners=partners, one_leads=bool(seed % 2))
    team, hand = best_team(pool, wish), greedy_team(pool, wish)
    money = np.bincount(pool.organisation, pool.price * team.does, pool.size)
    hours = np.bincount(pool.organisation, team.does, pool.size)
    got = np.bincount(pool.package, team.does, wish.demand.size)
    assert len(team.members) <= partners
    assert (money <= pool.limit + 1e-4).all()
    assert (hours <= pool.whole + 1e-4).all()
    assert (team.does <= pool.units + 1e-4).all()
    assert np.allclose(got + team.unmet, wish.demand, atol=1e-4)
    assert set(np.flatnonzero(hours > 1e-4)) <= set(team.members)
    assert team.lead in team.members if wish.one_leads else team.lead is None
    if not wish.one_leads:
        assert team.cost <= hand.cost * (1 + 1e-4)


def test_what_nobody_covers_is_a_list_and_no_failure():
    pool = pool_of(([0], [0], [4], [10]), limit=[25], whole=[9], joining=[1], leads=[True])
    team = best_team(pool, Wish(np.array([6.0, 3.0])))
    assert team.members == (0,)
    assert team.lead == 0
    assert team.unmet == pytest.approx([3.5, 3.0])   # half its turnover ends at 2.5 units
    nobody = best_team(pool_of(((), (), (), ()), limit=(), whole=(), joining=(), leads=()), Wish(np.array([2.0])))
    assert (nobody.members, list(nobody.unmet)) == ((), [2.0])


def test_others_differ_by_two_and_whoever_must_be_in_is():
    same = [(one, package, 5, 10 + one) for one in range(6) for package in range(2)]
    who, what, units, price = zip(*same, strict=True)
    pool = pool_of((who, what, units, price), limit=[500] * 6, whole=[5] * 6, joining=[1] * 6, leads=[True] * 6)
    wish = Wish(np.array([5.0, 5.0]))
    first = best_team(pool, wish)
    others = other_teams(pool, wish, first, within=1.0)
    assert first.members == (0, 1)
    assert others
    assert all(len(set(first.members) - set(one.members)) >= 2 for one in others)
    assert 5 in best_team(pool, replace(wish, must=(5,))).members


def test_a_large_pool_is_proven_within_a_hundredth():
    rng = np.random.default_rng(3)
    who, what = rng.integers(0, 400, 3_000), rng.integers(0, 48, 3_000)
    pool = pool_of((who, what, rng.uniform(5, 60, 3_000), rng.lognormal(3.7, 0.25, 3_000)),
                   limit=rng.lognormal(10, 1, 400), whole=np.full(400, 200.0), joining=rng.uniform(200, 900, 400),
                   leads=rng.random(400) < 0.2)
    said = []
    wish = Wish(rng.uniform(20, 90, 48))
    team = best_team(pool, wish, seconds=2, tell=lambda share, words: said.append(share))
    assert team.gap <= 0.01
    assert said == sorted(said)
    assert said[-1] == 1.0
    assert team.cost <= greedy_team(pool, wish).cost


@pytest.mark.parametrize(("lines", "wish", "says"), [
    (([0], [0], [1], [-1]), Wish(np.array([1.0])), "nought or more"),
    (([3], [0], [1], [1]), Wish(np.array([1.0])), "not there"),
    (([0], [2], [1], [1]), Wish(np.array([1.0])), "not asked for"),
    (([0], [0], [1], [1]), Wish(np.array([1.0]), partners=0, must=(0,)), "More must be"),
])
def test_what_makes_no_sense_is_refused(lines, wish, says):
    with pytest.raises(MethodError, match=says):
        best_team(pool_of(lines, limit=[9], whole=[9], joining=[1], leads=[True]), wish)
