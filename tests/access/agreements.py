"""The register of agreements: read by all who see evidence, written by those who work."""

from __future__ import annotations

from uuid import uuid4

from tests.access.appraisal import agreement, contract
from tests.access.line import ANYBODY, LOGIN, MEMBERS, WORKERS, Line, partnership
from tests.world import World

from commonweal.agreements.actions.measures import MeasureSaid, set_measure
from commonweal.agreements.models import Measure
from commonweal.core.viewer import viewer_of

READ = MEMBERS - {"provider"}
SAID = MeasureSaid(title="Visits", what="Visits counted.", unit="visits", kind="use", adds="sum", every="quarter")


def measure(world: World) -> dict[str, object]:
    row = Measure.objects.filter(partnership=world.partnership).first() or set_measure(
        by=viewer_of(world.admin()), agreement=contract(world), said=SAID)
    return {**partnership(world), "measure": row.pk}


TABLE = [
    Line("agreements:register", READ, 200, partnership),
    Line("agreements:agreement", READ, 200, agreement, seen_by=READ),
    Line("agreements:answers", WORKERS, 200, agreement, seen_by=READ),
    Line("agreements:answers", WORKERS, 302, agreement, "post", seen_by=READ),
    Line("agreements:measure-set", WORKERS, 200, agreement, seen_by=READ),
    Line("agreements:measure-set", WORKERS, 200, agreement, "post", {"title": ""}, seen_by=READ),
    Line("agreements:measure-change", WORKERS, 200, measure, seen_by=READ),
    Line("agreements:measure-change", WORKERS, 200, measure, "post", {"title": ""}, seen_by=READ),
    Line("agreements:measure-drop", WORKERS, 200, measure, seen_by=READ),
    Line("agreements:measure-drop", WORKERS, 200, measure, "post", {"because": ""}, seen_by=READ),
    Line("agreements:measure-take-up", LOGIN, 405, measure),
    Line("agreements:measure-take-up", WORKERS, 302, measure, "post", seen_by=READ),
    Line("api:agreement_measures", ANYBODY, 404, lambda world: {"partnership": uuid4()}),
]
