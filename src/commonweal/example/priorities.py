"""What drives the invented partners: the lines of priorities.yaml, each recorded by its own people on its day."""

from __future__ import annotations

from datetime import timedelta
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np
import yaml

from commonweal.core import clock
from commonweal.core.viewer import viewer_of
from commonweal.needs.actions.priority import SAID, Said, record_priority

if TYPE_CHECKING:
    from commonweal.example.world import World


def build_priorities(world: World, _rng: np.random.Generator) -> None:
    """Every line, for the organisation of the person who records it."""
    assert world.partnership is not None
    content = yaml.safe_load(files("commonweal.example").joinpath("priorities.yaml").read_text("utf-8"))
    now = clock.now()
    for line in content["priorities"]:
        with clock.fixed(now - timedelta(days=line["days"])):
            record_priority(
                by=viewer_of(world.people[line["who"]]), partnership=world.partnership,
                said=Said(**{name: line[name] for name in SAID if name in line}),
            )
