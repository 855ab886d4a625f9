"""Awards: read by all who see evidence, written by those who work; the open register is for everybody."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tests.access.commissions import READ, commission
from tests.access.line import ANYBODY, LOGIN, WORKERS, Line, partnership
from tests.world import World

from commonweal.core.viewer import viewer_of
from commonweal.procurement.actions.award import (
    AwardSaid,
    LotSaid,
    SupplierSaid,
    add_milestone,
    enter_award,
    record_payment,
    sign_contract,
)
from commonweal.procurement.actions.commission import move_commission
from commonweal.procurement.actions.publishing import publish_stage
from commonweal.procurement.models import Award, Commission, CommissionState, Release, Stage

SAID = AwardSaid(
    reference="LC-0042", title="Dance for girls", description="Weekly dance for girls of 11 to 16.",
    contact="Leisure team", decided_on=date(2026, 9, 1), basis="open", net=Decimal(900000), bids=3,
    lost_vat=Decimal("120.50"), starts_on=date(2026, 10, 1), ends_on=date(2031, 9, 30), review_on=date(2029, 4, 1),
    suppliers=(SupplierSaid(name="Testshire Dance Trust", scheme="GB-CHC", number="1234567", sme=True, vcse=True),
               SupplierSaid(name="Jo Bloggs", person=True)),
    lots=(LotSaid(title="North", net=Decimal(500000)), LotSaid(title="South")),
)


def awarded(world: World) -> Award:
    """One that is signed, with a payment and a milestone."""
    row = Commission.objects.get(pk=commission(world)["commission"])
    held = row.awards.first()
    if held is not None:
        return held
    by = viewer_of(world.admin())
    for state in (CommissionState.PREPARING, CommissionState.OPEN, CommissionState.DECIDED):
        move_commission(by=by, commission=row, to=state)
    made = enter_award(by=by, commission=row, said=SAID)
    sign_contract(by=by, award=made, on=date(2026, 9, 20))
    record_payment(by=by, award=made, reference="INV-1", on=date(2026, 10, 31), pounds=Decimal(15000))
    add_milestone(by=by, award=made, title="First term run", due_on=date(2026, 12, 18))
    return made


def published(world: World) -> Release:
    """Its award, in the open register."""
    row = awarded(world).commission
    held = Release.objects.filter(process__commission=row).first()
    return held or publish_stage(by=viewer_of(world.admin()), commission=row, stage=Stage.AWARD)


def one(world: World) -> dict[str, object]:
    return {**partnership(world), "commission": awarded(world).commission_id}


def award(world: World) -> dict[str, object]:
    return {**partnership(world), "award": awarded(world).pk}


def told(world: World) -> dict[str, object]:
    return {**award(world), "what": "paid"}


def milestone(world: World) -> dict[str, object]:
    return {**partnership(world), "milestone": awarded(world).milestones.get().pk}


def stage(world: World) -> dict[str, object]:
    return {**one(world), "stage": "contract"}


def process(world: World) -> dict[str, object]:
    return {"ocid": published(world).process.ocid}


def file(world: World) -> dict[str, object]:
    return {"kind": "contracts", "ending": "csv"}


def draft(world: World) -> dict[str, object]:
    return {**one(world), "code": "UK7"}


def draft_file(world: World) -> dict[str, object]:
    return {**draft(world), "ending": "json"}


TABLE = [
    Line("procurement:notice-drafts", READ, 200, one, seen_by=READ),
    Line("procurement:notice-draft", READ, 200, draft, seen_by=READ),
    Line("procurement:notice-file", READ, 200, draft_file, seen_by=READ),
    Line("procurement:awards", READ, 200, one, seen_by=READ),
    Line("procurement:award-enter", WORKERS, 200, one, seen_by=READ),
    Line("procurement:award-enter", WORKERS, 200, one, "post", {"title": ""}, seen_by=READ),
    Line("procurement:award-change", WORKERS, 200, award, seen_by=READ),
    Line("procurement:award-told", WORKERS, 200, told, seen_by=READ),
    Line("procurement:award-told", WORKERS, 200, told, "post", {"pounds": "abc"}, seen_by=READ),
    Line("procurement:milestone-met", WORKERS, 200, milestone, seen_by=READ),
    Line("procurement:award-publish", LOGIN, 405, stage),
    Line("procurement:award-publish", WORKERS, 302, stage, "post", seen_by=READ),
    Line("procurement:open-register", ANYBODY, 200),
    Line("procurement:open-releases", ANYBODY, 200),
    Line("procurement:open-records", ANYBODY, 200),
    Line("procurement:open-bulk", ANYBODY, 200),
    Line("procurement:open-giving", ANYBODY, 404),
    Line("procurement:open-file", ANYBODY, 200, file),
    Line("procurement:open-process", ANYBODY, 200, process),
    Line("procurement:open-record", ANYBODY, 200, process),
]
