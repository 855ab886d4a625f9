"""Terms of two agreements of Larkmere: clauses, days, people to ring, variations, and open books."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import yaml

from commonweal.agreements.actions.terms import (
    ClauseSaid,
    RiskSaid,
    VariationSaid,
    add_agreement_contact,
    add_clause,
    open_book_year,
    share_risk,
    vary_agreement,
    watch_day,
)
from commonweal.core import clock
from commonweal.core.viewer import Viewer, viewer_of
from commonweal.example.returns import april
from commonweal.measures.periods import after_months
from commonweal.needs.models import Need
from commonweal.options.models import Agreement
from commonweal.priorities.models import Outcome

if TYPE_CHECKING:
    from commonweal.example.world import World

Line = dict[str, Any]
SUMS = ("collar", "cap", "shared", "beyond")


def build_terms(world: World, _rng: np.random.Generator) -> None:
    """Each agreement's terms, by the officer who keeps the register."""
    assert world.partnership is not None
    content = yaml.safe_load(files("commonweal.example").joinpath("terms.yaml").read_text("utf-8"))
    by = viewer_of(world.people[content["who"]])
    for line in content["agreements"]:
        row = Agreement.objects.get(partnership=world.partnership, title=line["title"])
        for clause in line["clauses"]:
            _clause(by, row, clause)
        for day in line["days"]:
            watch_day(by=by, agreement=row, kind=day["kind"], day=after_months(clock.today(), day["months"]),
                      words=day["words"])
        for contact in line["contacts"]:
            add_agreement_contact(by=by, agreement=row, **contact)
        for one in line["variations"]:
            _varied(by, row, one)
        for one in line["risks"]:
            _shared(by, row, one)


def _clause(by: Viewer, row: Agreement, line: Line) -> None:
    need = Need.objects.filter(partnership=row.partnership_id, title=line.get("need", "")).first()
    outcome = Outcome.objects.filter(partnership=row.partnership_id, title=line.get("outcome", "")).first()
    add_clause(by=by, agreement=row, said=ClauseSaid(
        words=line["words"], number=line.get("number", ""), need=need.pk if need else None,
        outcome=outcome.pk if outcome else None))


def _varied(by: Viewer, row: Agreement, line: Line) -> None:
    pounds = Decimal(line["pounds"]) if "pounds" in line else None
    words = {name: line[name] for name in ("what", "reason", "ground")}
    vary_agreement(by=by, agreement=row, said=VariationSaid(
        **words, agreed_on=clock.today() - timedelta(days=line["days"]), pounds=pounds))


def _shared(by: Viewer, row: Agreement, line: Line) -> None:
    said: Line = {name: Decimal(str(value)) if name in SUMS else value for name, value in line["said"].items()}
    share = share_risk(by=by, agreement=row, said=RiskSaid(**said))
    for ago, planned, actual, source in line["years"]:
        first = april(ago).year
        open_book_year(by=by, share=share, year=f"{first}-{(first + 1) % 100:02}", planned=Decimal(planned),
                       actual=Decimal(actual), source=source)
