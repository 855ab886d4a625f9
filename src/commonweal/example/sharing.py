"""Two agreements of Larkmere's partners: one in force and used, one that waits for a signature."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from commonweal.core import clock
from commonweal.core.actions.sharing import Described, Terms, describe_data, sign_agreement, write_agreement
from commonweal.core.actions.sharing_advice import Advised, record_advice
from commonweal.core.models import HeldDataset, SharingAgreement
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import viewer_of

if TYPE_CHECKING:
    from commonweal.example.world import World

TRUST, COUNTY = "secretary@larkmeretrust.example", "partnerships@greaterlark.example"
COUNCIL = "officer@larkmere.example"
LESSONS = ({"name": "month"}, {"name": "pool"}, {"name": "age band", "personal": True},
           {"name": "small area", "personal": True}, {"name": "swimmer", "personal": True})
FREE_MEALS = ({"name": "school"}, {"name": "year group"}, {"name": "pupils", "personal": True})


def build_sharing(world: World, _rng: np.random.Generator) -> None:
    """The trust shares lessons with the council; the county offers school counts to the trust."""
    now = clock.now()
    with clock.fixed(now - timedelta(days=140)):
        lessons = _described(world, TRUST, "Swimming lessons, by month", LESSONS, children=True)
        first = _written(world, TRUST, "council", "Who learns to swim", lessons, ("month", "pool", "age band"))
    for days, email in ((133, TRUST), (130, COUNCIL)):
        with clock.fixed(now - timedelta(days=days)):
            _signed(world, email, first)
    with clock.fixed(now - timedelta(days=12)):
        meals = _described(world, COUNTY, "Pupils with free meals, by school", FREE_MEALS, children=True)
        second = _written(world, COUNTY, "trust", "Where free lessons should go", meals, ("school", "pupils"))
    with clock.fixed(now - timedelta(days=9)):
        _signed(world, COUNTY, second)


def _signed(world: World, email: str, agreement: SharingAgreement) -> None:
    """The officer's advice first: both agreements share data about children."""
    by = viewer_of(world.people[email])
    advised = Advised(
        officer="The data protection officer", given=clock.today(), accepted=True,
        advice="Share age bands and pools or schools, and no month with fewer than five children behind it.",
    )
    record_advice(by=by, agreement=agreement, number=1, advised=advised)
    sign_agreement(by=by, agreement=agreement, number=1)


def _described(
    world: World, email: str, title: str, fields: tuple[Mapping[str, object], ...], *, children: bool
) -> HeldDataset:
    assert world.partnership is not None
    told = Described(title=title, fields=fields, personal=True, children=children)
    return describe_data(by=viewer_of(world.people[email]), partnership=world.partnership, described=told)


def _written(
    world: World, email: str, taker: str, title: str, held: HeldDataset, fields: tuple[str, ...]
) -> SharingAgreement:
    assert world.partnership is not None
    today = clock.today()
    terms = Terms(
        sets={held.pk: fields}, purposes=(Purpose.ASSESSMENT, Purpose.PLANNING),
        why="To see who is missed, before prices and lessons are planned for next year.", basis="public-task",
        giver_role="controller", taker_role="controller", start=today, end=today + timedelta(days=730),
        review=today + timedelta(days=365), retention="Until the plan is agreed, then deleted",
        contact="The data protection officer of either", survives="counts",
    )
    return write_agreement(
        by=viewer_of(world.people[email]), partnership=world.partnership, title=title, giver=held.organisation_id,
        taker=world.organisations[taker].pk, terms=terms,
    ).identity
