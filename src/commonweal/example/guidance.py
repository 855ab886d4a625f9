"""What Larkmere's partners have ticked: the early steps mostly done, the later ones hardly begun."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np
import yaml

from commonweal.core.viewer import viewer_of
from commonweal.needs.actions.guidance import tick_checklist

if TYPE_CHECKING:
    from commonweal.example.world import World


def build_guidance(world: World, _rng: np.random.Generator) -> None:
    """Each list as far as it is."""
    assert world.partnership is not None
    told = yaml.safe_load(files("commonweal.example").joinpath("guidance.yaml").read_text("utf-8"))
    by = viewer_of(world.people[told["by"]])
    for step, items in told["ticked"].items():
        tick_checklist(by=by, partnership=world.partnership, step=step, items=items)
