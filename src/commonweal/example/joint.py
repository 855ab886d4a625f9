"""Two organisations of Larkmere buy leisure and propose to buy it in one purchase."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import yaml

from commonweal.agreements.actions.joint import join_proposal, propose_joint
from commonweal.agreements.queries.joint import opportunities_for
from commonweal.core import clock
from commonweal.core.money import financial_year
from commonweal.core.viewer import viewer_of
from commonweal.options.actions.agreements import AgreementSaid, record_agreement

if TYPE_CHECKING:
    from commonweal.example.world import World

Line = dict[str, Any]


def build_joint(world: World, _rng: np.random.Generator) -> None:
    """The second agreement, the proposal and who joined it."""
    content = yaml.safe_load(files("commonweal.example").joinpath("joint.yaml").read_text("utf-8"))
    there, now, told = world.partnership, clock.now(), content["proposal"]
    assert there is not None
    with clock.fixed(now - timedelta(days=content["agreement"]["days"])):
        _agreement(world, content["agreement"])
    by = viewer_of(world.people[told["who"]])
    if told["key"] not in {one.key for one in opportunities_for(by, there.pk)}:
        return  # the council's agreement is over by now: there is nothing to buy together
    with clock.fixed(now - timedelta(days=told["days"])):
        made = propose_joint(by=by, partnership=there, key=told["key"], about=told["about"])
    for one in content["joins"]:
        with clock.fixed(now - timedelta(days=one["days"])):
            join_proposal(by=viewer_of(world.people[one["who"]]), proposal=made, wants=one["wants"])


def _agreement(world: World, line: Line) -> None:
    assert world.partnership is not None
    today = clock.today()
    record_agreement(by=viewer_of(world.people[line["who"]]), partnership=world.partnership, said=AgreementSaid(
        **line["said"], begins=today + timedelta(days=line["begins"]), ends=today + timedelta(days=line["ends"]),
        parties=tuple(tuple(one) for one in line["parties"]),
        years=tuple((financial_year(today.replace(year=today.year + at, day=min(today.day, 28))), Decimal(pounds))
                    for at, pounds in line["years"])))
