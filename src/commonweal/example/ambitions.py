"""What somebody wants for Larkmere: an ambition with evidence both ways, and one that is only begun."""

from __future__ import annotations

from datetime import datetime, timedelta
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import yaml

from commonweal.core import clock
from commonweal.core.models import PartnershipPlace
from commonweal.core.viewer import viewer_of
from commonweal.needs.actions.ambition import Aim, read_for_ambition, say_ambition
from commonweal.needs.models import Ambition, Bearing, EvidenceItem, Need

if TYPE_CHECKING:
    from commonweal.example.world import World


def build_ambitions(world: World, _rng: np.random.Generator) -> None:
    """The lines of ambitions.yaml, each by its person on its own day, for the whole district."""
    content = yaml.safe_load(files("commonweal.example").joinpath("ambitions.yaml").read_text("utf-8"))
    now = clock.now()
    for line in content["ambitions"]:
        _said(world, line, now)


def _said(world: World, line: dict[str, Any], now: datetime) -> None:
    assert world.partnership is not None
    place = PartnershipPlace.objects.get(partnership=world.partnership)
    aim = Aim(place_code=place.code, place_name=place.name, **line["aim"])
    with clock.fixed(now - timedelta(days=line["days"])):
        by = viewer_of(world.people[line["who"]])
        said = say_ambition(by=by, partnership=world.partnership, aim=aim).identity
    for read in line["read"]:
        with clock.fixed(now - timedelta(days=read["days"])):
            _read(world, said, read)


def _read(world: World, ambition: Ambition, read: dict[str, Any]) -> None:
    rows: dict[str, Any] = {"item": EvidenceItem, "need": Need}
    thing = {name: row.objects.get(partnership=world.partnership, title=read[name]).pk
             for name, row in rows.items() if name in read}
    read_for_ambition(by=viewer_of(world.people[read["who"]]), ambition=ambition, bearing=Bearing(read["bearing"]),
                      reason=read["reason"], **thing)
