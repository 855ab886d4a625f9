"""Larkmere's lines in the public calendar, and who said that they might take part."""

from __future__ import annotations

from datetime import time, timedelta
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import yaml

from commonweal.core import clock
from commonweal.core.models import Department
from commonweal.core.viewer import ANONYMOUS, viewer_of
from commonweal.procurement.actions.pipeline import (
    InterestSaid,
    ListingSaid,
    express_interest,
    publish_listing,
)
from commonweal.procurement.models import Commission, Listing

if TYPE_CHECKING:
    from commonweal.example.world import World

Line = dict[str, Any]
WHO = ("organisation", "name", "reach", "days")


def build_pipeline(world: World, _rng: np.random.Generator) -> None:
    """Every line on its day, then those who answered it."""
    content = yaml.safe_load(files("commonweal.example").joinpath("pipeline.yaml").read_text("utf-8"))
    now = clock.now()
    for line in content["listings"]:
        with clock.fixed(now - timedelta(days=line["days"])):
            listing = _listing(world, line)
        for one in line["interests"]:
            with clock.fixed(now - timedelta(days=one["days"])):
                _interest(listing, one)


def _listing(world: World, line: Line) -> Listing:
    row = Commission.objects.get(partnership=world.partnership, title=line["title"])
    department = Department.objects.filter(organisation=row.organisation_id, name=line["department"]).first()
    return publish_listing(by=viewer_of(world.people[line["who"]]), commission=row, said=ListingSaid(
        plain=line["plain"], size=line["size"], contact=line["contact"], engage_where=line["place"],
        engage_at=time.fromisoformat(line["hour"]), interest_by=clock.today() + timedelta(days=line["until"]),
        department=department.pk if department else None,
    ))


def _interest(listing: Listing, one: Line) -> None:
    answers = {key: words for key, words in one.items() if key not in WHO}
    express_interest(by=ANONYMOUS, listing=listing, said=InterestSaid(
        organisation=one["organisation"], name=one["name"], reach=one["reach"],
        answers={"who": one["organisation"], **answers},
    ))
