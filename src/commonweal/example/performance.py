"""Larkmere's measures read from its returns, what is paid for one of them, and its providers beside each other."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import yaml

from commonweal.agreements.actions.measures import MeasureSaid, TargetSaid, set_measure
from commonweal.agreements.models import Measure
from commonweal.core import clock
from commonweal.core.viewer import Viewer, viewer_of
from commonweal.example.returns import april
from commonweal.measures.actions.comparing import compare_providers, reply_to_comparison
from commonweal.measures.actions.performance import PaymentSaid, read_measure, set_payment
from commonweal.measures.models import ReturnPlan
from commonweal.measures.queries.comparing import line_row
from commonweal.priorities.models import Outcome

if TYPE_CHECKING:
    from commonweal.core.models import Partnership
    from commonweal.example.world import World

Line = dict[str, Any]


def build_performance(world: World, _rng: np.random.Generator) -> None:
    """Measures of the leisure agreement, what tells every other one, and two comparisons on their days."""
    assert world.partnership is not None
    content = yaml.safe_load(files("commonweal.example").joinpath("performance.yaml").read_text("utf-8"))
    by, provider = (viewer_of(world.people[content[key]]) for key in ("who", "provider"))
    plan = ReturnPlan.objects.filter(
        partnership=world.partnership, agreement__title=content["agreement"]).select_related("agreement").first()
    if plan is None:
        return
    for one in Measure.objects.filter(partnership=world.partnership, reading=None).order_by("pk"):
        if one.adds == "never" and ReturnPlan.objects.filter(agreement=one.agreement_id).exists():
            read_measure(by=by, measure=one, tells=content["read"])
    for line in content["measures"]:
        _measured(by, plan, line)
    for line in content["compared"]:
        _compared(by, provider, world.partnership, line)


def _measured(by: Viewer, plan: ReturnPlan, line: Line) -> None:
    outcome = Outcome.objects.filter(partnership=plan.partnership_id, title=line.get("outcome", "")).first()
    before = "baseline" in line
    row = set_measure(by=by, agreement=plan.agreement, said=MeasureSaid(
        title=line["title"], what=line["what"], unit=line["unit"], kind=line["kind"], adds=line["adds"],
        every="quarter", outcome=outcome.pk if outcome else None,
        baseline=Decimal(line["baseline"]) if before else None, baseline_on=april(0) if before else None,
        baseline_source="Returns of last year" if before else "",
        targets=(TargetSaid(start=april(0), end=april(1), target=Decimal(line["target"])),)))
    read_measure(by=by, measure=row, tells=line["tells"], part=line.get("part", ""))
    if "payment" in line:
        paid = line["payment"]
        set_payment(by=by, measure=row, said=PaymentSaid(**{**paid, "pounds": Decimal(paid["pounds"])}))


def _compared(by: Viewer, provider: Viewer, there: Partnership, line: Line) -> None:
    now = clock.now()
    with clock.fixed(now - timedelta(days=line["days"])):
        made = compare_providers(by=by, partnership=there, what=line["what"], first=april(-1),
                                 last=april(0) - timedelta(days=1))
    if "reply" in line:
        with clock.fixed(now - timedelta(days=line["reply_days"])):
            reply_to_comparison(by=provider, line=line_row(provider, there.pk, made.pk), words=line["reply"])
