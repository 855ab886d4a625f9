"""A team for Larkmere's More evenings and Sundays: what it would have to do, and the two who are willing."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np
import yaml

from commonweal.core import clock
from commonweal.core.viewer import viewer_of
from commonweal.procurement.actions.consortium import BriefSaid, Cell, WillingSaid, say_willing, write_brief
from commonweal.procurement.models import Commission

if TYPE_CHECKING:
    from commonweal.example.world import World


def build_teams(world: World, _rng: np.random.Generator) -> None:
    """What is asked, then who answers."""
    content = yaml.safe_load(files("commonweal.example").joinpath("teams.yaml").read_text("utf-8"))
    told = content["brief"]
    commission = Commission.objects.get(partnership=world.partnership, title=told["commission"])
    with clock.fixed(clock.now() - timedelta(days=told["days"])):
        brief = write_brief(by=viewer_of(world.people[told["who"]]), commission=commission, said=BriefSaid(
            cells=tuple(Cell(capability=one["capability"], group=one["group"], area=area,
                             hours=Decimal(one["hours"]))
                        for one in told["cells"] for area in told["areas"]),
            standards=tuple(told["standards"]), partners=told["partners"]))
    for line in content["willing"]:
        chosen = brief.lines.filter(capability__in=line["what"], area__in=line["areas"])
        say_willing(by=viewer_of(world.people[line["who"]]), brief=brief, said=WillingSaid(
            lines=tuple(chosen.values_list("pk", flat=True)), hours=Decimal(line["hours"]), leads=line["leads"],
            price=Decimal(line["price"]), turnover=Decimal(line["turnover"])))
