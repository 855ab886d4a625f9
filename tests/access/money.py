"""Money, risk, size, budgets, votes and bids: read by those who see evidence, written by those who record it."""

from __future__ import annotations

from decimal import Decimal
from uuid import uuid4

from tests.access.line import ANYBODY, LOGIN, MEMBERS, WORKERS, Keys, Line, partnership
from tests.world import World

from commonweal.core.permissions import Role
from commonweal.core.viewer import viewer_of
from commonweal.options.actions.bidding import BidSaid, begin_bid
from commonweal.options.actions.budget import AllocationSaid, Project, VoteSaid, begin_allocation, begin_vote
from commonweal.options.actions.money import LineSaid, SheetSaid, add_costing, add_line, begin_sheet
from commonweal.options.actions.risk import CaseSaid, LinePlanned, PartyHas, RiskSaid, add_risk, begin_case
from commonweal.options.actions.scale import Body, SetSaid, bring_comparators
from commonweal.options.budget_table import table_of
from commonweal.options.models import (
    Allocation,
    Bid,
    ComparatorSet,
    ContractCase,
    Costing,
    MoneyLine,
    MoneySheet,
    PublicVote,
    Risk,
)

SEES = MEMBERS - {Role.PROVIDER.value}
BRINGS = WORKERS | {"provider"}
ONE = Decimal(1)


def by(world: World) -> dict[str, object]:
    return {"by": viewer_of(world.admin()), "partnership": world.partnership}


def sheet(world: World) -> MoneySheet:
    return MoneySheet.objects.first() or begin_sheet(**by(world), said=SheetSaid("Leisure", 2026, 5, "2026"))


def option(world: World) -> Costing:
    there = Costing.objects.first()
    return there or add_costing(by=viewer_of(world.admin()), sheet=sheet(world), title="As it is")


def line(world: World) -> MoneyLine:
    said = LineSaid("running", "Fee", 1, 5, "Budget", ONE)
    return MoneyLine.objects.first() or add_line(
        by=viewer_of(world.admin()), costing=option(world), said=said)


def risk(world: World) -> Risk:
    said = RiskSaid("law", "Law changes", "council", ONE, ONE, ONE, ONE, "Watch", "Lawyer")
    return Risk.objects.first() or add_risk(by=viewer_of(world.admin()), case=case(world), said=said)


def case(world: World) -> ContractCase:
    made = ContractCase.objects.first()
    if made is None:
        made = begin_case(**by(world), said=CaseSaid("Pools", 3, "fixed"), seed=1,
                          lines=[LinePlanned("income", ONE, ONE)], parties=[PartyHas("trust", ONE)])
    return made


def bodies(world: World) -> ComparatorSet:
    said = SetSaid("Trusts", "sites", 2026, "Returns")
    return ComparatorSet.objects.first() or bring_comparators(
        **by(world), said=said, bodies=[Body("A", ONE, ONE), Body("B", 2 * ONE, ONE)])


def budget(world: World) -> Allocation:
    table = table_of("Option,Cost,All\nneed,,9\nBand,5,3")
    return Allocation.objects.first() or begin_allocation(
        **by(world), said=AllocationSaid("Grants", 9 * ONE, "people"), table=table)


def vote(world: World) -> PublicVote:
    projects = [Project("A", "Benches", ONE), Project("B", "Films", ONE)]
    return PublicVote.objects.first() or begin_vote(
        **by(world), said=VoteSaid("You decide", 2 * ONE, "add1u"), projects=projects)


def bid(world: World) -> Bid:
    said = BidSaid("Centres", "Otherham", 5, *(ONE,) * 5)
    return Bid.objects.first() or begin_bid(**by(world), said=said, seed=1)


def keys(name: str, made: object, **more: str) -> Keys:
    return lambda world: {**partnership(world), name: made(world).pk, **more}


SHEET, CASE, SET = keys("sheet", sheet), keys("case", case), keys("within", bodies)
BUDGET, VOTE, BID = keys("allocation", budget), keys("vote", vote), keys("bid", bid)
OPTION, LINE, RISK = keys("costing", option), keys("line", line), keys("risk", risk)


def asks(route: str, who: frozenset[str], at: Keys, seen_by: frozenset[str] = MEMBERS) -> list[Line]:
    return [Line(route, who, 200, at, seen_by=seen_by), Line(route, who, 200, at, "post", {"title": ""}, seen_by)]


def deed(route: str, who: frozenset[str], at: Keys, seen_by: frozenset[str] = MEMBERS) -> list[Line]:
    return [Line(route, LOGIN, 405, at), Line(route, who, 302, at, "post", seen_by=seen_by)]


def file(name: str, made: object) -> Keys:
    return keys(name, made, ending="xlsx")


TABLE = [
    Line("options:money", MEMBERS, 200, partnership),
    *asks("options:money-begin", WORKERS, partnership),
    *(Line(f"options:{route}", SEES, 200, at) for route, at in (
        ("money-sheet", SHEET), ("money-file", file("sheet", sheet)), ("risk", CASE),
        ("risk-file", file("case", case)),
        ("scale", SET), ("scale-file", file("within", bodies)), ("budget", BUDGET),
        ("budget-file", file("allocation", budget)))),
    *asks("options:money-change", WORKERS, SHEET, SEES), *asks("options:money-option", WORKERS, SHEET, SEES),
    *asks("options:money-line-add", WORKERS, OPTION, SEES), *asks("options:money-line", WORKERS, LINE, SEES),
    *deed("options:money-line-remove", WORKERS, LINE, SEES),
    *deed("options:money-option-remove", WORKERS, OPTION, SEES),
    *asks("options:risk-begin", WORKERS, partnership), *asks("options:risk-change", WORKERS, CASE, SEES),
    *asks("options:risk-add", WORKERS, CASE, SEES), *asks("options:risk-one", WORKERS, RISK, SEES),
    *deed("options:risk-remove", WORKERS, RISK, SEES),
    *asks("options:scale-bring", WORKERS, partnership), *asks("options:scale-change", WORKERS, SET, SEES),
    *asks("options:budget-begin", WORKERS, partnership), *asks("options:budget-change", WORKERS, BUDGET, SEES),
    Line("options:vote", MEMBERS, 200, VOTE), Line("options:vote-file", MEMBERS, 200, file("vote", vote)),
    *asks("options:vote-begin", WORKERS, partnership), *asks("options:vote-change", WORKERS, VOTE),
    *asks("options:vote-ballots", WORKERS, VOTE), *deed("options:vote-publish", WORKERS, VOTE),
    Line("options:bid", BRINGS, 200, BID), Line("options:bid-file", BRINGS, 200, file("bid", bid)),
    *asks("options:bid-begin", BRINGS, partnership), *asks("options:bid-change", BRINGS, BID),
    Line("options:bid-checklist", BRINGS, 200, BID), *deed("options:bid-remove", BRINGS, BID),
    *deed("options:full-run", WORKERS, lambda world: {
        **partnership(world), "kind": "contract", "subject": case(world).pk}),
    Line("api:money", MEMBERS, 200, partnership),
    *(Line(f"api:money_{kind}", ANYBODY, 404, lambda world, name=name: {"partnership": uuid4(), name: uuid4()})
      for kind, name in (("options", "sheet"), ("risk", "case"), ("size", "within"), ("budget", "allocation"),
                         ("vote", "vote"))),
]
