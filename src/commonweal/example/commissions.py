"""Larkmere's standing orders and its first two commissions: a small grant, and a light-touch service."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import yaml

from commonweal.core import clock
from commonweal.core.viewer import Viewer, viewer_of
from commonweal.needs.models import Need
from commonweal.policy.procurement_facts import Facts
from commonweal.policy.standing_orders import Band, StandingOrders
from commonweal.priorities.models import Outcome
from commonweal.procurement.actions.commission import (
    CommissionSaid,
    begin_commission,
    choose_tier,
    move_commission,
    size_commission,
    tell_facts,
)
from commonweal.procurement.actions.specification import Required, SpecificationSaid, write_specification
from commonweal.procurement.actions.standing_orders import enter_standing_orders
from commonweal.procurement.models import Commission, CommissionState

if TYPE_CHECKING:
    from commonweal.example.world import World

Line = dict[str, Any]
NUMBERS = ("net", "vat_rate", "years")


def build_commissions(world: World, _rng: np.random.Generator) -> None:
    """Every line, by the person who wrote it, on its day."""
    content = yaml.safe_load(files("commonweal.example").joinpath("commissions.yaml").read_text("utf-8"))
    now = clock.now()
    with clock.fixed(now - timedelta(days=content["standing_orders"]["days"])):
        _orders(world, content["standing_orders"])
    for line in content["commissions"]:
        with clock.fixed(now - timedelta(days=line["days"])):
            enter_commission(world, line)


def _orders(world: World, line: Line) -> None:
    assert world.partnership is not None
    bands = tuple(Band(Decimal(one["up_to"]) if "up_to" in one else None, one.get("quotes", 0),
                       one.get("advertise", False)) for one in line["bands"])
    enter_standing_orders(by=viewer_of(world.people[line["who"]]), partnership=world.partnership,
                          said=StandingOrders("", line["since"], False, line["source"], bands))


def enter_commission(world: World, line: Line) -> None:
    """One commission as far as its line says, by the person who began it; one that is begun already goes on."""
    there, by, today = world.partnership, viewer_of(world.people[line["who"]]), clock.today()
    assert there is not None
    held = Commission.objects.filter(partnership=there, title=line["title"]).first()
    row = held or begin_commission(by=by, partnership=there, said=said_of(world, line))
    tell_facts(by=by, commission=row, facts=_facts(line, today), engage_on=today + timedelta(days=line["engages"]),
               starts_on=today + timedelta(days=line["starts"]))
    size_commission(by=by, commission=row, risks=tuple(line["risks"]), able=line["able"])
    choose_tier(by=by, commission=row, tier=line["tier"]["number"], reason=line["tier"]["reason"])
    move_commission(by=by, commission=row, to=CommissionState(line["state"]))
    _specification(by, row, line["specification"])


def said_of(world: World, line: Line) -> CommissionSaid:
    """What it is and which needs and outcomes it answers, by their titles."""
    there = world.partnership
    return CommissionSaid(
        title=line["title"], purpose=line["purpose"], place=line["place"],
        needs=tuple(Need.objects.filter(partnership=there, title__in=line["needs"]).values_list("pk", flat=True)),
        outcomes=tuple(Outcome.objects.filter(partnership=there, title__in=line["outcomes"]).values_list(
            "pk", flat=True)),
    )


def _facts(line: Line, today: date) -> Facts:
    told: dict[str, Any] = {name: Decimal(value) if name in NUMBERS else value
                            for name, value in line["facts"].items()}
    return Facts(begun=today + timedelta(days=line["begins"]), **told)


def _specification(by: Viewer, row: Commission, line: Line) -> None:
    links = {version.identity.title: one.pk for one in row.answers.filter(removed=False)
             for version in (one.need, one.outcome) if version is not None}
    write_specification(by=by, commission=row, over=0, said=SpecificationSaid(
        **{name: line[name] for name in ("difference", "people", "where", "known", "missed")},
        requirements=tuple(
            Required(words=one["words"], answers=links[one["answers"]] if one["answers"] else None,
                     because=one.get("because", ""))
            for one in line["requirements"]),
    ))
