"""An old agreement of Larkmere examined against today's needs, with its plan begun."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np
import yaml

from commonweal.agreements.actions.examining import choose_way, do_step, tell_change
from commonweal.agreements.actions.measures import MeasureSaid, set_measure
from commonweal.agreements.actions.terms import ClauseSaid, add_clause, watch_day
from commonweal.core import clock
from commonweal.core.viewer import viewer_of
from commonweal.options.models import Agreement
from commonweal.priorities.models import Outcome

if TYPE_CHECKING:
    from commonweal.example.world import World


def build_examining(world: World, _rng: np.random.Generator) -> None:
    """Its clauses, its break, the change thought of, what was chosen, and the first step done."""
    content = yaml.safe_load(files("commonweal.example").joinpath("examining.yaml").read_text("utf-8"))
    by = viewer_of(world.people[content["who"]])
    row = Agreement.objects.get(partnership=world.partnership, title=content["agreement"])
    outcomes = dict(Outcome.objects.filter(partnership=world.partnership).values_list("title", "pk"))
    with clock.fixed(clock.now() - timedelta(days=content["days"])):
        for one in content["clauses"]:
            add_clause(by=by, agreement=row, said=ClauseSaid(
                words=one["words"], number=one["number"],
                outcome=outcomes[one["answers"]] if one["answers"] else None))
        for one in content["measures"]:
            answers = one.pop("answers")
            set_measure(by=by, agreement=row, said=MeasureSaid(
                **one, every="quarter", outcome=outcomes[answers] if answers else None))
        for one in content["watched"]:
            watch_day(by=by, agreement=row, **one)
        tell_change(by=by, agreement=row, change=content["change"], told={
            key: value if isinstance(value, bool) else Decimal(value) for key, value in content["told"].items()})
        made = choose_way(by=by, agreement=row, way=content["way"], because=content["because"])
    for step in made.steps.order_by("position")[: content["done"]]:
        do_step(by=by, step=step)

