"""Larkmere's money map: a core grant that ends, other givers, accounts, the path of a grant, and a reward."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import yaml

from commonweal.agreements.actions.funding import (
    FundingSaid,
    RewardSaid,
    do_step,
    enter_funding,
    enter_means,
    say_role,
    share_reward,
)
from commonweal.agreements.models import FundingKind
from commonweal.core import clock
from commonweal.core.money import financial_year
from commonweal.core.viewer import Viewer, viewer_of
from commonweal.needs.models import Need
from commonweal.options.actions.agreements import AgreementSaid, record_agreement

if TYPE_CHECKING:
    from commonweal.example.world import World

Line = dict[str, Any]


def build_funding(world: World, _rng: np.random.Generator) -> None:
    """The grant, the other money, what bodies have, and the reward."""
    content = yaml.safe_load(files("commonweal.example").joinpath("funding.yaml").read_text("utf-8"))
    there = world.partnership
    assert there is not None
    by = viewer_of(world.people[content["grant"]["who"]])
    _grant(world, content["grant"], by)
    for line in content["lines"]:
        need = Need.objects.filter(partnership=there, title=line.get("need", "")).first()
        enter_funding(
            by=by,
            partnership=there,
            said=FundingSaid(
                giver=line["giver"],
                receiver=line["receiver"],
                kind=FundingKind(line["kind"]),
                year=_year(line["year"]),
                pounds=Decimal(line["pounds"]),
                source=line["source"],
                area=line["area"],
                title=line["title"],
                infrastructure=line.get("infrastructure", False),
                need=need.pk if need else None,
            ),
        )
    for line in content["means"]:
        enter_means(by=by, partnership=there, organisation=line["organisation"], year=_year(line["year"]),
                    income=Decimal(line["income"]), reserves=Decimal(line["reserves"]), source=line["source"])
    told = content["reward"]
    share_reward(by=viewer_of(world.people[told["who"]]), partnership=there, said=RewardSaid(
        rows=tuple((name, Decimal(done), Decimal(need)) for name, done, need in told["rows"]),
        pot=Decimal(told["pot"]), **{name: told[name] for name in (
            "title", "alike", "delivered", "need", "counts", "source")}))


def _grant(world: World, line: Line, by: Viewer) -> None:
    assert world.partnership is not None
    now = clock.now()
    today = clock.today()
    made = record_agreement(
        by=by,
        partnership=world.partnership,
        said=AgreementSaid(
            title=line["title"],
            service=line["service"],
            form="grant",
            regime="",
            source=line["source"],
            vat="outside",
            begins=today + timedelta(days=line["begins"]),
            ends=today + timedelta(days=line["ends"]),
            parties=tuple(tuple(one) for one in line["parties"]),
            years=tuple((_year(at), Decimal(pounds)) for at, pounds in line["years"]),
        ),
    )
    role = line["role"]
    say_role(by=by, agreement=made, kind=FundingKind(role["kind"]), infrastructure=role["infrastructure"],
             area=role["area"])
    for one in line["steps"]:
        with clock.fixed(now - timedelta(days=one["days"])):
            do_step(by=by, agreement=made, step=one["step"], note=one["note"])


def _year(offset: int) -> str:
    today = clock.today()
    return financial_year(today.replace(year=today.year + offset, day=min(today.day, 28)))
