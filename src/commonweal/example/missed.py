"""What Larkmere's partners say of those who may be missed: answered, set aside, and one still open."""

from __future__ import annotations

from datetime import timedelta
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np
import yaml

from commonweal.core import clock
from commonweal.core.viewer import viewer_of
from commonweal.needs.actions.missed import Answer, answer_group, name_group
from commonweal.needs.models import MissedVerdict
from commonweal.needs.queries.carried import groups_of

if TYPE_CHECKING:
    from commonweal.example.world import World


def build_missed(world: World, _rng: np.random.Generator) -> None:
    """The lines of missed.yaml; an answer for a group that is not on the list is left out."""
    assert world.partnership is not None
    content = yaml.safe_load(files("commonweal.example").joinpath("missed.yaml").read_text("utf-8"))
    now, named = clock.now(), {}
    for line in content["named"]:
        with clock.fixed(now - timedelta(days=line["days"])):
            by = viewer_of(world.people[line["who"]])
            row = name_group(by=by, partnership=world.partnership, title=line["title"], why=line["why"])
            named[line["key"]] = str(row.pk)
    for line in content["answers"]:
        by, group = viewer_of(world.people[line["who"]]), named.get(line["group"], line["group"])
        if group not in {one.key for one in groups_of(by, world.partnership.pk)}:
            continue
        told = Answer(group=group, step=line["step"], verdict=MissedVerdict(line["verdict"]), words=line["words"],
                      onward=line.get("onward", False))
        with clock.fixed(now - timedelta(days=line["days"])):
            answer_group(by=by, partnership=world.partnership, answer=told)
