"""Larkmere's partners put their needs in order, four of them, and all five sign the statement of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from commonweal.core import clock
from commonweal.core.viewer import viewer_of
from commonweal.needs.actions.ranking import Given, RoundPlan, give_ranking, open_round
from commonweal.needs.actions.statement import answer_statement, write_statement
from commonweal.needs.models import Need, PoolingRule, RankingRound
from commonweal.needs.models.ranking import Side

if TYPE_CHECKING:
    from commonweal.example.world import World

OPENED, CLOSED, WRITTEN = 35, 12, 10  # days ago
NEEDS = ("Dance near home", "Company on Sundays", "Evenings in the parks")
ORDERS: tuple[tuple[str, Side, int, tuple[int | None, ...], str], ...] = (
    ("officer@larkmere.example", Side.PARTNERS, 30, (1, 3, 2), "Girls leave in year 9 and do not come back."),
    ("partnerships@greaterlark.example", Side.PARTNERS, 27, (1, 2, 3), ""),
    ("strategy@larkhealth.example", Side.PARTNERS, 21, (2, 1, 3), "Repeat visits to surgeries are what we see."),
    ("secretary@larkmeretrust.example", Side.PROVIDERS, 16, (1, None, 2), "We open on Sundays already; few come."),
)
SIGNED = (
    ("officer@larkmere.example", 9), ("partnerships@greaterlark.example", 8),
    ("secretary@larkmeretrust.example", 6), ("strategy@larkhealth.example", 5), ("chair@larkva.example", 3),
)


def build_ranking(world: World, _rng: np.random.Generator) -> None:
    """One round by points, opened by the council, each order on its own day."""
    assert world.partnership is not None
    now = clock.now()
    found = {need.title: need.pk for need in Need.objects.filter(partnership=world.partnership, title__in=NEEDS)}
    with clock.fixed(now - timedelta(days=OPENED)):
        made = open_round(
            by=viewer_of(world.people["officer@larkmere.example"]), partnership=world.partnership,
            plan=RoundPlan(
                title="What comes first for Larkmere", needs=tuple(found[title] for title in NEEDS),
                closes=(now - timedelta(days=CLOSED)).date(), rule=PoolingRule.BORDA,
            ),
        )
    for email, side, days, places, note in ORDERS:
        said = {found[title]: place for title, place in zip(NEEDS, places, strict=True) if place is not None}
        with clock.fixed(now - timedelta(days=days)):
            give_ranking(by=viewer_of(world.people[email]), ranked=made,
                         given=Given(side=side, places=said, note=note))
    _stated(world, made)


def _stated(world: World, made: RankingRound) -> None:
    """The joint statement of that round: three needs, signed by all five."""
    now = clock.now()
    with clock.fixed(now - timedelta(days=WRITTEN)):
        version = write_statement(by=viewer_of(world.people["officer@larkmere.example"]), ranked=made)
    for email, days in SIGNED:
        with clock.fixed(now - timedelta(days=days)):
            answer_statement(by=viewer_of(world.people[email]), version=version, signs=True)
