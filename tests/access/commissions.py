"""Commissions: read by all who see evidence, written by those who work; standing orders by administrators."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tests.access.line import ADMIN, LOGIN, MEMBERS, SEEING, WORKERS, Line, partnership
from tests.world import World

from commonweal.core.viewer import viewer_of
from commonweal.policy.procurement_facts import Facts
from commonweal.procurement.actions.commission import (
    CommissionSaid,
    begin_commission,
    choose_tier,
    size_commission,
    tell_facts,
)
from commonweal.procurement.actions.specification import SpecificationSaid, write_specification
from commonweal.procurement.models import Commission

READ = MEMBERS - {"provider"}
FACTS = Facts(begun=date(2026, 12, 1), nation="england", buyer="sub-central", deal="contract", what="light-touch",
              net=Decimal(900000), vat_rate=Decimal("0.2"), years=Decimal(5))
SPEC = SpecificationSaid(difference="More dance.", people="Girls", where="Testshire", known="Counted.",
                         missed="Carers.")


def made(world: World) -> Commission:
    """One that is told, sized, tiered and specified."""
    by = viewer_of(world.admin())
    row = begin_commission(by=by, partnership=world.partnership, said=CommissionSaid(
        title="Dance", purpose="More girls dance.", place="Testshire"))
    tell_facts(by=by, commission=row, facts=FACTS)
    size_commission(by=by, commission=row, risks=(), able="some")
    write_specification(by=by, commission=row, said=SPEC, over=0)
    return choose_tier(by=by, commission=row, tier=4, reason="")


def commission(world: World) -> dict[str, object]:
    row = Commission.objects.filter(partnership=world.partnership).first() or made(world)
    return {**partnership(world), "commission": row.pk}


def file(world: World) -> dict[str, object]:
    return {**commission(world), "ending": "docx"}


def on(world: World) -> dict[str, object]:
    return {**commission(world), "to": "preparing"}


TABLE = [
    Line("procurement:commissions", READ, 200, partnership),
    Line("procurement:commission-begin", WORKERS, 200, partnership),
    Line("procurement:commission-begin", WORKERS, 200, partnership, "post", {"title": ""}),
    Line("procurement:commission", READ, 200, commission, seen_by=READ),
    Line("procurement:commission-change", WORKERS, 200, commission, seen_by=READ),
    Line("procurement:commission-origin", WORKERS, 200, commission, seen_by=READ),
    Line("procurement:commission-origin", WORKERS, 302, commission, "post", seen_by=READ),
    Line("procurement:commission-facts", WORKERS, 200, commission, seen_by=READ),
    Line("procurement:commission-facts", WORKERS, 200, commission, "post", {"net": "abc"}, seen_by=READ),
    Line("procurement:commission-size", WORKERS, 200, commission, seen_by=READ),
    Line("procurement:commission-tier", WORKERS, 200, commission, seen_by=READ),
    Line("procurement:commission-tier", WORKERS, 200, commission, "post", {"tier": ""}, seen_by=READ),
    Line("procurement:commission-move", LOGIN, 405, on),
    Line("procurement:commission-move", WORKERS, 302, on, "post", seen_by=READ),
    Line("procurement:commission-file", READ, 200, file, seen_by=READ),
    Line("procurement:specification", READ, 200, commission, seen_by=READ),
    Line("procurement:specification-write", WORKERS, 200, commission, seen_by=READ),
    Line("procurement:specification-write", WORKERS, 200, commission, "post", {"over": ""}, seen_by=READ),
    Line("procurement:specification-file", READ, 200, file, seen_by=READ),
    Line("procurement:standing-orders", READ, 200, partnership),
    Line("procurement:standing-orders-enter", ADMIN, 200, partnership),
    Line("procurement:standing-orders-enter", ADMIN, 200, partnership, "post", {"source": ""}),
    Line("api:commissions", SEEING, 200, partnership),
]
