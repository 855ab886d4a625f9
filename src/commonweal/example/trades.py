"""What bodies of Larkmere exchange without money: offered, agreed, given and confirmed, each on its day."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import yaml

from commonweal.core import clock
from commonweal.core.viewer import Viewer, viewer_of
from commonweal.procurement.actions.trading import (
    PromiseSaid,
    TradeSaid,
    agree_trade,
    begin_trade,
    confirm_given,
    promise,
    record_given,
)
from commonweal.procurement.models import Method, Promise, Trade

if TYPE_CHECKING:
    from commonweal.example.world import World

Line = dict[str, Any]


def build_trades(world: World, _rng: np.random.Generator) -> None:
    """Every exchange of trades.yaml."""
    content = yaml.safe_load(files("commonweal.example").joinpath("trades.yaml").read_text("utf-8"))
    for line in content["trades"]:
        _traded(world, line)


def _traded(world: World, line: Line) -> None:
    assert world.partnership is not None
    one, other = (viewer_of(world.people[who]) for who in (line["who"], line["other"]["who"]))
    now = clock.now()
    with clock.fixed(now - timedelta(days=line["days"])):
        today = clock.today()
        row = begin_trade(by=one, partnership=world.partnership, said=TradeSaid(
            title=line["title"], other=world.organisations[line["other"]["key"]].pk, begins=today,
            ends=today + timedelta(days=line["lasts"]), gains=line["gains"]))
        lines = [(one, other, each, _promised(one, row, each)) for each in line["gives"]]
        lines += [(other, one, each, _promised(other, row, each)) for each in line["other_gives"]]
    with clock.fixed(now - timedelta(days=line["days"] - 7)):
        agree_trade(by=other, trade=row, gains=line["other_gains"])
    for giver, getter, each, promised in lines:
        for given in each["given"]:
            with clock.fixed(now - timedelta(days=given["days"])):
                made = record_given(by=giver, promised=promised, on=clock.today(),
                                    quantity=Decimal(given["quantity"]))
            with clock.fixed(now - timedelta(days=given["days"] - 2)):
                confirm_given(by=getter, given=made)


def _promised(by: Viewer, row: Trade, each: Line) -> Promise:
    return promise(by=by, trade=row, said=PromiseSaid(
        what=each["what"], unit=each["unit"], quantity=Decimal(each["quantity"]), rate=Decimal(each["rate"]),
        method=Method(each["method"]), because=each["because"]))
