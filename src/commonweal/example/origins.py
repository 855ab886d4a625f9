"""Larkmere's links over the stages: awards that became agreements, and decisions that commissions follow."""

from __future__ import annotations

from decimal import Decimal
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import yaml

from commonweal.agreements.actions.answers import say_answers
from commonweal.agreements.actions.origin import tell_origin as tell_agreement
from commonweal.core.money import financial_year
from commonweal.core.viewer import Viewer, viewer_of
from commonweal.needs.models import Need
from commonweal.options.actions.agreements import AgreementSaid, record_agreement
from commonweal.procurement.actions.origin import tell_origin as tell_commission
from commonweal.procurement.models import Award, Commission
from commonweal.procurement.queries.origin import decisions_in

if TYPE_CHECKING:
    from commonweal.example.world import World

Line = dict[str, Any]


def build_origins(world: World, _rng: np.random.Generator) -> None:
    """Each award entered as the agreement it became, and each commission with the decision before it."""
    content = yaml.safe_load(files("commonweal.example").joinpath("origins.yaml").read_text("utf-8"))
    by, there = viewer_of(world.people[content["who"]]), world.partnership
    assert there is not None
    for line in content["agreements"]:
        _agreed(by, Award.objects.get(partnership=there, title=line["award"]), line)
    decisions = {one.identity.title: one for one in decisions_in(by, there.pk).values()}
    for line in content["commissions"]:
        commission = Commission.objects.get(partnership=there, title=line["title"])
        tell_commission(by=by, commission=commission, choice=None, decision=decisions[line["decision"]])


def _agreed(by: Viewer, award: Award, line: Line) -> None:
    need = Need.objects.get(partnership=award.partnership, title=line["need"])
    suppliers = award.suppliers.order_by("name", "id")
    first, last = award.starts_on.year, award.ends_on.year
    year = Decimal(award.net / (last - first + 1)).quantize(Decimal(1))
    row = record_agreement(by=by, partnership=award.partnership, said=AgreementSaid(
        title=line["title"], service=line["service"], form=line["form"],
        begins=award.starts_on, ends=award.ends_on, regime="",
        source=f"The award of {award.decided_on:%-d %B %Y}, {award.reference}",
        parties=(("Larkmere District Council", "pays"), *((one.name, "delivers") for one in suppliers)),
        years=tuple(dict.fromkeys((financial_year(award.starts_on.replace(year=one, day=1)), year)
                                  for one in range(first, last + 1)))))
    say_answers(by=by, agreement=row, needs=(need.pk,), outcomes=())
    tell_agreement(by=by, agreement=row, award=award, choice=None)
