"""The invented money of money.yaml, each line by an action of those who would do it."""

from __future__ import annotations

from decimal import Decimal
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import yaml

from commonweal.core.viewer import viewer_of
from commonweal.options.actions.bidding import Answered, BidSaid, answer_checklist, begin_bid
from commonweal.options.actions.budget import (
    AllocationSaid,
    Project,
    VoteSaid,
    begin_allocation,
    begin_vote,
    count_ballots,
    publish_rule,
)
from commonweal.options.actions.money import LineSaid, SheetSaid, add_costing, add_line, begin_sheet
from commonweal.options.actions.risk import CaseSaid, LinePlanned, PartyHas, RiskSaid, add_risk, begin_case
from commonweal.options.actions.scale import Body, SetSaid, bring_comparators
from commonweal.options.budget_table import table_of
from commonweal.options.voting import Papers

if TYPE_CHECKING:
    from commonweal.example.world import World

EXACT = frozenset((
    "pounds", "points", "income_middle", "income_in_need", "income_others", "yearly", "off", "reserves", "least",
    "likely", "most", "chance", "margin", "collar", "cap", "budget", "income", "staff", "other", "price", "home",
    "rival_price",
))


def build_money(world: World, rng: np.random.Generator) -> None:
    """Options in pounds, a contract, comparators, a budget, a vote and the trust's own bid."""
    content = yaml.safe_load(files("commonweal.example").joinpath("money.yaml").read_text("utf-8"))
    by: dict[str, Any] = {"by": viewer_of(world.people[content["who"]]), "partnership": world.partnership}
    _sheets(by, content)
    _case(by, content["case"])
    _comparators(by, content["comparators"], rng)
    begin_allocation(**by, said=AllocationSaid(**exact(content["budget"]["said"])),
                     table=table_of(content["budget"]["table"]))
    _vote(by, content["vote"], rng)
    _bid(world, content)


def _sheets(by: dict[str, Any], content: dict[str, Any]) -> None:
    sheets = {one["title"]: begin_sheet(**by, said=SheetSaid(**exact(one))) for one in content["sheets"]}
    for one in content["options"]:
        costing = add_costing(by=by["by"], sheet=sheets[one["sheet"]], title=one["title"],
                              baseline=one.get("baseline", False))
        for line in one["lines"]:
            add_line(by=by["by"], costing=costing, said=LineSaid(**exact(line)))


def _case(by: dict[str, Any], content: dict[str, Any]) -> None:
    case = begin_case(
        **by, said=CaseSaid(**exact(content["said"])), seed=content["seed"],
        lines=[LinePlanned(**exact(one)) for one in content["lines"]],
        parties=[PartyHas(**exact(one)) for one in content["parties"]],
    )
    for one in content["risks"]:
        add_risk(by=by["by"], case=case, said=RiskSaid(**exact(one)))


def _comparators(by: dict[str, Any], said: dict[str, Any], rng: np.random.Generator) -> None:
    """26 trusts whose costs lean a little towards larger being cheaper, much less than they differ otherwise."""
    sizes = np.round(np.geomspace(3, 120, 26) * rng.lognormal(0, 0.12, 26)).clip(2)
    costs = 410_000 * sizes**0.95 * rng.lognormal(0, 0.22, 26)
    bodies = [
        Body(f"Trust {chr(65 + place)}", Decimal(int(size)), Decimal(int(round(cost, -3))))
        for place, (size, cost) in enumerate(zip(sizes, costs, strict=True))
    ]
    bring_comparators(**by, said=SetSaid(**said), bodies=bodies)


def _vote(by: dict[str, Any], content: dict[str, Any], rng: np.random.Generator) -> None:
    projects = [Project(code, title, Decimal(cost)) for code, title, cost in content["projects"]]
    vote = begin_vote(**by, said=VoteSaid(**exact(content["said"])), projects=projects)
    publish_rule(by=by["by"], vote=vote)
    codes = [one.code for one in projects]
    ballots = []
    for kind in content["kinds"]:
        for _ in range(kind["many"]):
            kept = [code for code in kind["codes"] if rng.random() < 0.8]
            ballots.append(tuple(dict.fromkeys([*kept, codes[rng.integers(len(codes))]])))
    count_ballots(by=by["by"], vote=vote, papers=Papers(tuple(ballots)))


def _bid(world: World, content: dict[str, Any]) -> None:
    assert world.partnership is not None
    by, bid = viewer_of(world.people[content["bidder"]]), content["bid"]
    made = begin_bid(by=by, partnership=world.partnership, said=BidSaid(**exact(bid["said"])), seed=bid["seed"])
    answer_checklist(by=by, bid=made, answers={key: Answered(**one) for key, one in bid["answers"].items()})


def exact(row: dict[str, Any]) -> dict[str, Any]:
    """A row with its sums as exact decimals."""
    return {
        name: Decimal(str(value)) if name in EXACT else value for name, value in row.items()
    }
