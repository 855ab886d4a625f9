"""Who asked to run a service of a council: written, decided with a reason, and the competition one set off."""

from __future__ import annotations

from datetime import timedelta
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import yaml

from commonweal.core import clock
from commonweal.core.viewer import viewer_of
from commonweal.example.commissions import said_of
from commonweal.procurement.actions.challenging import (
    ChallengeSaid,
    VerdictSaid,
    compete_for_challenged,
    decide_challenge,
    receive_challenge,
)

if TYPE_CHECKING:
    from commonweal.example.world import World

Line = dict[str, Any]


def build_challenges(world: World, _rng: np.random.Generator) -> None:
    """Every line of challenges.yaml."""
    content = yaml.safe_load(files("commonweal.example").joinpath("challenges.yaml").read_text("utf-8"))
    for line in content["challenges"]:
        _challenged(world, line)


def _challenged(world: World, line: Line) -> None:
    assert world.partnership is not None
    by, now = viewer_of(world.people[line["who"]]), clock.now()
    with clock.fixed(now - timedelta(days=line["days"])):
        row = receive_challenge(by=by, partnership=world.partnership, said=ChallengeSaid(
            authority=world.organisations[line["authority"]].pk,
            answer_by=clock.today() + timedelta(days=line["answers"]), staff=line.get("staff", ""),
            reach=line.get("reach", ""),
            **{name: line[name] for name in ("body", "kind", "service", "difference", "able")}))
    if "verdict" in line:
        told = line["verdict"]
        with clock.fixed(now - timedelta(days=told["days"])):
            first, last = ([clock.today() + timedelta(days=days) for days in told["begins"]]
                           if "begins" in told else (None, None))
            decide_challenge(by=by, challenge=row, said=VerdictSaid(
                verdict=told["verdict"], reasons=told["reasons"], decider=told["decider"],
                ground=told.get("ground", ""), begins_after=first, begins_by=last))
    if "compete" in line:
        with clock.fixed(now - timedelta(days=line["compete"]["days"])):
            compete_for_challenged(by=by, challenge=row, said=said_of(world, line["compete"]))
