"""What Larkmere's competitions led to: each award entered from its decision, signed, in the open register."""

from __future__ import annotations

from datetime import timedelta
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import yaml

from commonweal.core import clock
from commonweal.core.models import Department
from commonweal.core.viewer import Viewer, viewer_of
from commonweal.procurement.actions.award import AwardSaid, SupplierSaid, add_milestone, enter_award, sign_contract
from commonweal.procurement.actions.publishing import publish_stage
from commonweal.procurement.awarding import basis_of, may_sign, sum_of, winners_of
from commonweal.procurement.models import Commission, Stage
from commonweal.procurement.queries.decisions import DecisionCard, decision_for

if TYPE_CHECKING:
    from commonweal.example.world import World

Line = dict[str, Any]


def build_awarded(world: World, _rng: np.random.Generator) -> None:
    """Each commission that was decided."""
    content = yaml.safe_load(files("commonweal.example").joinpath("awarded.yaml").read_text("utf-8"))
    for line in content["awards"]:
        by = viewer_of(world.people[line.get("who", content["who"])])
        row = Commission.objects.filter(partnership=world.partnership, title=line["commission"]).first()
        decision = decision_for(by, row.pk) if row else None
        if row is not None and decision is not None:
            _awarded(world, by, row, decision, line)


def _awarded(world: World, by: Viewer, row: Commission, decision: DecisionCard, line: Line) -> None:
    award = enter_award(by=by, commission=row, said=_said(world, row, decision, line))
    grant = row.deal == "grant"
    for stage in (Stage.GRANT,) if grant else (Stage.PLANNING, Stage.TENDER, Stage.AWARD):
        publish_stage(by=by, commission=row, stage=stage)
    if not may_sign(decision, clock.today()):
        return
    sign_contract(by=by, award=award, on=clock.today())
    for one in line["milestones"]:
        add_milestone(by=by, award=award, title=one["title"], due_on=award.starts_on + timedelta(days=one["due"]))
    if not grant:
        publish_stage(by=by, commission=row, stage=Stage.CONTRACT)


def _said(world: World, row: Commission, decision: DecisionCard, line: Line) -> AwardSaid:
    starts = max(row.starts_on or clock.today(), clock.today())
    buyer = world.organisations[line.get("organisation", "council")]
    net = sum_of(decision)
    assert net is not None
    return AwardSaid(
        reference=line["reference"], title=line["title"], description=line["description"], contact=line["contact"],
        decided_on=decision.decided_on, basis=basis_of(decision, row.deal).value, net=net, starts_on=starts,
        ends_on=starts + timedelta(days=line["lasts"] - 1), bids=len(decision.order) or None,
        review_on=starts + timedelta(days=line["review"]) if "review" in line else None,
        department=Department.objects.get(organisation=buyer, name=line["department"]).pk,
        because=decision.reasons if decision.how == "direct" else "",
        suppliers=tuple(SupplierSaid(name=name, vcse=True) for name in winners_of(decision)),
    )
