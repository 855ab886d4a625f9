"""Larkmere's earlier commissions: who got them, what was paid and done, all of it in the open register."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import yaml

from commonweal.core import clock
from commonweal.core.models import Department
from commonweal.core.viewer import Viewer, viewer_of
from commonweal.policy.procurement_facts import Facts
from commonweal.priorities.models import Outcome
from commonweal.procurement.actions.award import (
    AwardSaid,
    LotSaid,
    SupplierSaid,
    add_milestone,
    end_award,
    enter_award,
    meet_milestone,
    record_payment,
    sign_contract,
)
from commonweal.procurement.actions.commission import (
    CommissionSaid,
    begin_commission,
    choose_tier,
    move_commission,
    size_commission,
    tell_facts,
)
from commonweal.procurement.actions.publishing import publish_stage
from commonweal.procurement.models import Award, Commission, CommissionState, Stage

if TYPE_CHECKING:
    from commonweal.example.world import World

Line = dict[str, Any]
NUMBERS = ("net", "vat_rate", "years")


def build_awards(world: World, _rng: np.random.Generator) -> None:
    """Each commission on its day, to its award, and on to what became of it."""
    content = yaml.safe_load(files("commonweal.example").joinpath("awards.yaml").read_text("utf-8"))
    by = viewer_of(world.people[content["who"]])
    for line in content["rounds"]:
        with _ago(line["days"]):
            row = _commission(world, by, line)
        _awarded(world, by, row, line["award"])
    for row in Commission.objects.filter(partnership=world.partnership, title__in=content["planned"]):
        publish_stage(by=by, commission=row, stage=Stage.PLANNING)


def _ago(days: int) -> Any:
    return clock.fixed(clock.now() - timedelta(days=days))


def _commission(world: World, by: Viewer, line: Line) -> Commission:
    there, today = world.partnership, clock.today()
    assert there is not None
    outcomes = Outcome.objects.filter(partnership=there, title__in=line["outcomes"]).values_list("pk", flat=True)
    row = begin_commission(by=by, partnership=there, said=CommissionSaid(
        title=line["title"], purpose=line["purpose"], place=line["place"], outcomes=tuple(outcomes)))
    told: dict[str, Any] = {name: Decimal(value) if name in NUMBERS else value
                            for name, value in line["facts"].items()}
    tell_facts(by=by, commission=row, facts=Facts(begun=today + timedelta(days=line["begins"]), **told),
               starts_on=today + timedelta(days=line["starts"]))
    size_commission(by=by, commission=row, risks=(), able=line["able"])
    row = choose_tier(by=by, commission=row, tier=line["tier"], reason="As such commissions were let here before.")
    if row.deal != "grant":
        publish_stage(by=by, commission=row, stage=Stage.PLANNING)
    for state in (CommissionState.PREPARING, CommissionState.OPEN):
        row = move_commission(by=by, commission=row, to=state)
    if row.deal != "grant":
        publish_stage(by=by, commission=row, stage=Stage.TENDER)
    return row


def _awarded(world: World, by: Viewer, row: Commission, line: Line) -> None:
    with _ago(line["days"]):
        move_commission(by=by, commission=row, to=CommissionState.DECIDED)
        award = enter_award(by=by, commission=row, said=_said(world, row, line))
        if row.deal != "grant":
            publish_stage(by=by, commission=row, stage=Stage.AWARD)
    with _ago(line["days"] - line["signed"]):
        sign_contract(by=by, award=award, on=clock.today())
        publish_stage(by=by, commission=row, stage=Stage.GRANT if row.deal == "grant" else Stage.CONTRACT)
    _carried_out(by, award, line)
    if row.deal != "grant":
        publish_stage(by=by, commission=row, stage=Stage.IMPLEMENTATION)


def _carried_out(by: Viewer, award: Award, line: Line) -> None:
    for at, one in enumerate(line["payments"], start=1):
        with _ago(one["days"]):
            record_payment(by=by, award=award, reference=f"{award.reference}-{at}", on=clock.today(),
                           pounds=Decimal(one["pounds"]))
    today = clock.today()
    for one in line["milestones"]:
        made = add_milestone(by=by, award=award, title=one["title"], due_on=today - timedelta(days=one["due"]))
        if "met" in one:
            meet_milestone(by=by, milestone=made, on=today - timedelta(days=one["met"]))
    if "ended" in line:
        end = line["ended"]
        end_award(by=by, award=award, on=today - timedelta(days=end["days"]), ending=end["ending"],
                  because=end["because"])


def _said(world: World, row: Commission, line: Line) -> AwardSaid:
    today = clock.today()
    starts = today + timedelta(days=line["starts"])
    council = world.organisations["council"]
    department = Department.objects.get(organisation=council, name=line["department"])
    return AwardSaid(
        **{name: line[name] for name in ("reference", "title", "description", "basis", "bids", "contact")},
        decided_on=today, net=row.net or Decimal(0), starts_on=starts, department=department.pk,
        ends_on=starts + timedelta(days=line["lasts"] - 1),
        extends_to=starts + timedelta(days=line["extends"] - 1) if "extends" in line else None,
        review_on=starts + timedelta(days=line["review"]) if "review" in line else None,
        suppliers=tuple(SupplierSaid(**one) for one in line["suppliers"]),
        lots=tuple(LotSaid(title=one["title"], net=Decimal(one["net"])) for one in line.get("lots", ())),
    )
