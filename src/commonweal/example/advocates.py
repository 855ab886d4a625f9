"""Who else says so in the invented place: the lines of advocates.yaml, shown as far as each agreed."""

from __future__ import annotations

from datetime import timedelta
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import yaml

from commonweal.core import clock
from commonweal.core.viewer import viewer_of
from commonweal.needs.actions.advocate import Consent, Told, add_advocate
from commonweal.needs.models import Reach

if TYPE_CHECKING:
    from commonweal.example.world import World


def build_advocates(world: World, _rng: np.random.Generator) -> None:
    """Every line, written down by somebody of the partnership."""
    assert world.partnership is not None
    content = yaml.safe_load(files("commonweal.example").joinpath("advocates.yaml").read_text("utf-8"))
    for line in content["advocates"]:
        said_on = clock.today() - timedelta(days=line["days"])
        add_advocate(
            by=viewer_of(world.people[line["who"]]), partnership=world.partnership,
            partner=world.organisations[line["partner"]].pk, consent=_consent(line),
            told=Told(line["name"], line["stands_for"], line["words"], line["where"], said_on),
        )


def _consent(line: dict[str, Any]) -> Consent:
    if "agreed" not in line:
        return Consent(Reach.NOBODY)
    return Consent(Reach(line["reach"]), clock.today() - timedelta(days=line["agreed"]), line["how"])
