"""Larkmere's page for clubs and groups, what stands on it, and what the trust applied for."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import yaml

from commonweal.core import clock
from commonweal.core.viewer import viewer_of
from commonweal.providers.actions.help import (
    ApplicationSaid,
    OfferSaid,
    WelcomeSaid,
    keep_application,
    keep_offer,
    keep_welcome,
)
from commonweal.providers.models import ApplicationState, OfferKind

if TYPE_CHECKING:
    from commonweal.example.world import World

MONEY, DAYS = ("least", "most", "asked", "got"), ("closes", "due", "answer_by")


def build_for_groups(world: World, _rng: np.random.Generator) -> None:
    """The page, then what is offered, then what was applied for."""
    there = world.partnership
    assert there is not None
    content = yaml.safe_load(files("commonweal.example").joinpath("for_groups.yaml").read_text("utf-8"))
    page = dict(content["page"])
    by = viewer_of(world.people[page.pop("who")])
    keep_welcome(by=by, partnership=there, said=WelcomeSaid(shown=True, **page))
    for line in content["offers"]:
        by = viewer_of(world.people[line["who"]])
        keep_offer(by=by, partnership=there, said=OfferSaid(**_told(line) | {"kind": OfferKind(line["kind"])}))
    for line in content["applications"]:
        by = viewer_of(world.people[line["who"]])
        keep_application(by=by, partnership=there, said=ApplicationSaid(
            **_told(line) | {"state": ApplicationState(line["state"])}))


def _told(line: dict[str, Any]) -> dict[str, Any]:
    """Amounts in pounds, days counted from today."""
    today = clock.today()
    return {name: Decimal(value) if name in MONEY else today + timedelta(days=value) if name in DAYS else value
            for name, value in line.items() if name != "who"}
