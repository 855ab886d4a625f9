"""Plans that close gaps in Larkmere, what was given towards them, and who wishes to be told of what is coming."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import yaml

from commonweal.core import clock
from commonweal.core.viewer import viewer_of
from commonweal.procurement.actions.chances import wish_news
from commonweal.procurement.actions.support import GaveSaid, PlanSaid, end_plan, give_support, write_plan
from commonweal.procurement.models import SupportPlan, TeamBrief
from commonweal.procurement.models.chances import Often
from commonweal.procurement.models.support import GapKind
from commonweal.providers.models import Offer

if TYPE_CHECKING:
    from commonweal.example.world import World

Line = dict[str, Any]


def build_support(world: World, _rng: np.random.Generator) -> None:
    """Each plan on its day, then what was given, then how it ended."""
    content = yaml.safe_load(files("commonweal.example").joinpath("support.yaml").read_text("utf-8"))
    now = clock.now()
    for line in content["plans"]:
        with clock.fixed(now - timedelta(days=line["days"])):
            plan = _plan(world, line)
        for one in line["given"]:
            with clock.fixed(now - timedelta(days=one["days"])):
                give_support(by=viewer_of(world.people[one["who"]]), plan=plan, said=GaveSaid(
                    what=one["what"], on=clock.today(), hours=_amount(one, "hours"),
                    pounds=_amount(one, "pounds")))
        if ended := line.get("ended"):
            with clock.fixed(now - timedelta(days=ended["days"])):
                end_plan(by=viewer_of(world.people[line["who"]]), plan=plan, took=ended["took"],
                         closed=ended["closed"])
    assert world.partnership is not None
    for one in content["wishes"]:
        wish_news(by=viewer_of(world.people[one["who"]]), partnership=world.partnership, often=Often(one["often"]))


def _plan(world: World, line: Line) -> SupportPlan:
    there = world.partnership
    assert there is not None
    training = Offer.objects.filter(partnership=there, title=line.get("training", "")).first()
    brief = TeamBrief.objects.filter(partnership=there, commission__title=line.get("commission", "")).first()
    return write_plan(by=viewer_of(world.people[line["who"]]), partnership=there, brief=brief, said=PlanSaid(
        kind=GapKind(line["kind"]), gap=line["gap"], steps=line["steps"], ours=line["whose"] == "ours",
        owner=world.organisations[line["owner"]].pk, mentor=world.organisations[line["mentor"]].pk,
        due=clock.today() + timedelta(days=line["due"]), money=_amount(line, "money"),
        money_from=line.get("money_from", ""), training=training.pk if training else None,
    ))


def _amount(line: Line, name: str) -> Decimal | None:
    return Decimal(line[name]) if name in line else None
