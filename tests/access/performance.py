"""Performance: read by those who see evidence, worked on by those who work; a provider reads its own line."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

from tests.access.line import ANYBODY, LOGIN, MEMBERS, SEEING, WORKERS, Keys, Line, partnership
from tests.access.returns import agreed
from tests.world import World

from commonweal.agreements.actions.measures import MeasureSaid, TargetSaid, set_measure
from commonweal.agreements.models import Measure
from commonweal.core import clock
from commonweal.core.viewer import viewer_of
from commonweal.measures.models import Comparison, ComparisonLine
from commonweal.measures.own_line_mail import token_of

READ = MEMBERS - {"provider"}


def measured(world: World) -> Measure:
    row = agreed(world)
    held = Measure.objects.filter(agreement=row).first()
    return held or set_measure(by=viewer_of(world.admin()), agreement=row, said=MeasureSaid(
        title="Attendances", what="Every time somebody came.", unit="times", kind="use", adds="sum", every="year",
        targets=(TargetSaid(start=date(2024, 1, 1), end=date(2025, 1, 1), target=Decimal(200)),)))


def compared(world: World) -> Comparison:
    """A comparison in which the council itself has a line, so that everybody here has a part in it."""
    held = Comparison.objects.filter(partnership=world.partnership).first()
    if held is not None:
        return held
    made = Comparison(partnership=world.partnership, what="satisfied", first=date(2024, 1, 1),
                      last=date(2024, 12, 31), middle=0.8, between=0.0, opens=clock.today() + timedelta(days=9))
    made.save()
    ComparisonLine(partnership=world.partnership, comparison=made, provider=world.council, name=world.council.name,
                   yes=8, answered=10, value=0.8, lower=0.7, upper=0.9).save()
    return made


def agreement(world: World) -> dict[str, object]:
    return {**partnership(world), "agreement": measured(world).agreement_id}


def measure(world: World) -> dict[str, object]:
    return {**partnership(world), "measure": measured(world).pk}


def comparison(world: World) -> dict[str, object]:
    return {**partnership(world), "comparison": compared(world).pk}


def paper(ending: str) -> Keys:
    return lambda world: {**partnership(world), "ending": ending}


def token(world: World) -> dict[str, object]:
    return {"token": token_of(compared(world).lines.get())}


PART = MEMBERS - {"provider"}  # whose organisation stands in it
TABLE = [
    Line("measures:own-line-begin", ANYBODY, 200, token),
    Line("measures:own-line-begin", ANYBODY, 302, token, "post"),
    Line("measures:own-line-begin", ANYBODY, 404, lambda world: {"token": "wrong"}),
    Line("measures:own-line", ANYBODY, 404),
    Line("measures:area-change", ANYBODY, 200),
    Line("measures:area-change", ANYBODY, 200, method="post", data={"areas": "?"}),
    Line("api:performance", SEEING, 200, partnership),
    Line("api:releases", ANYBODY, 200),
    Line("measures:performance", READ, 200, partnership),
    Line("measures:performance", LOGIN, 404, lambda world: {"partnership": uuid4()}),
    Line("measures:self-assessment", READ, 200, partnership),
    Line("measures:self-assessment-file", READ, 200, paper("docx")),
    Line("measures:self-assessment-file", READ, 404, paper("exe")),
    Line("measures:agreement-performance", READ, 200, agreement),
    Line("measures:measure-told-by", WORKERS, 200, measure, seen_by=READ),
    Line("measures:measure-told-by", WORKERS, 302, measure, "post", data={"tells": "attendances"}, seen_by=READ),
    Line("measures:measure-payment", WORKERS, 200, measure, seen_by=READ),
    Line("measures:measure-payment", WORKERS, 200, measure, "post", data={"pounds": "-1"}, seen_by=READ),
    Line("measures:measure-payment-end", WORKERS, 400, measure, "post", seen_by=READ),
    Line("measures:comparisons", MEMBERS, 200, partnership),
    Line("measures:compare", WORKERS, 200, partnership),
    Line("measures:compare", WORKERS, 200, partnership, "post", data={"what": "nothing"}),
    Line("measures:comparison", PART, 200, comparison, seen_by=PART),
    Line("measures:comparison-reply", MEMBERS, 200, comparison),
    Line("measures:comparison-reply", MEMBERS, 200, comparison, "post", data={"words": ""}),
]
