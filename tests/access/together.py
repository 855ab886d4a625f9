"""What could be done together: read by those who see evidence, proposed and joined by those who discuss."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from tests.access.line import MEMBERS, Line, partnership
from tests.world import World

from commonweal.agreements.actions.joint import propose_joint
from commonweal.agreements.models import JointProposal
from commonweal.core import clock
from commonweal.core.viewer import viewer_of
from commonweal.options.actions.agreements import AgreementSaid, record_agreement
from commonweal.options.models import Agreement

READ = MEMBERS - {"provider"}
TALK = READ - {"observer", "certifier"}


def bought(world: World, title: str, payer: str, *, days: int = 300, pounds: int = 100_000) -> Agreement:
    """One agreement for leisure that ends so many days from now."""
    today = clock.today()
    return record_agreement(by=viewer_of(world.admin()), partnership=world.partnership, said=AgreementSaid(
        title=title, service="leisure", form="contract", begins=today - timedelta(days=900),
        ends=today + timedelta(days=days), regime="", source="Register", years=(("2026-27", Decimal(pounds)),),
        parties=((payer, "pays"), (f"{payer} Trust", "delivers"))))


def two(world: World) -> None:
    if not Agreement.objects.filter(partnership=world.partnership, title="Pools").exists():
        bought(world, "Pools", "Northside")
        bought(world, "Halls", "Southside", days=400, pounds=300_000)


def key(world: World) -> dict[str, object]:
    two(world)
    return {**partnership(world), "key": "purchase-leisure"}


def proposal(world: World) -> dict[str, object]:
    two(world)
    row = JointProposal.objects.filter(partnership=world.partnership).first() or propose_joint(
        by=viewer_of(world.admin()), partnership=world.partnership, key="purchase-leisure", about="Ring us.")
    return {**partnership(world), "proposal": row.pk}


TABLE = [
    Line("api:together", READ, 200, partnership),
    Line("agreements:together", READ, 200, partnership),
    Line("agreements:together-propose", TALK, 200, key),
    Line("agreements:together-propose", TALK, 200, key, "post", {"about": ""}),
    Line("agreements:together-one", READ, 200, proposal, seen_by=READ),
    Line("agreements:together-join", READ, 302, proposal, "post", seen_by=READ),
    Line("agreements:together-leave", READ, 302, proposal, "post", seen_by=READ),
    Line("agreements:together-withdraw", READ, 302, proposal, "post", seen_by=READ),
]
