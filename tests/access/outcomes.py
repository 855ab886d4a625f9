"""Outcomes: read by all who see evidence, written by those who work on it; frameworks are open to everybody."""

from __future__ import annotations

from tests.access.line import ANYBODY, LOGIN, MEMBERS, SEEING, WORKERS, Line, partnership
from tests.world import World

from commonweal.core.viewer import viewer_of
from commonweal.priorities.actions.outcome import OutcomeSaid, write_outcome
from commonweal.priorities.models import Level, Outcome

READ = MEMBERS - {"provider"}


def outcome(world: World) -> dict[str, object]:
    row = Outcome.objects.filter(partnership=world.partnership).first()
    if row is None:
        said = OutcomeSaid(title="More dance", statement="More girls dance.", who="Girls", where="Testshire")
        row = write_outcome(by=viewer_of(world.admin()), partnership=world.partnership, level=Level.SERVICE,
                            said=said).identity
    return {**partnership(world), "outcome": row.pk}


def file(world: World) -> dict[str, object]:
    return {**partnership(world), "ending": "docx"}


TABLE = [
    Line("priorities:frameworks", ANYBODY),
    Line("priorities:outcomes", READ, 200, partnership),
    Line("priorities:outcomes-file", READ, 200, file),
    Line("priorities:outcome", READ, 200, outcome, seen_by=READ),
    Line("priorities:outcome-write", WORKERS, 200, partnership),
    Line("priorities:outcome-write", WORKERS, 200, partnership, "post", {"title": ""}),
    Line("priorities:outcome-change", WORKERS, 200, outcome, seen_by=READ),
    Line("priorities:outcome-change", WORKERS, 200, outcome, "post", {"title": ""}, seen_by=READ),
    Line("priorities:outcome-withdraw", LOGIN, 405, outcome),
    Line("priorities:outcome-withdraw", WORKERS, 302, outcome, "post", seen_by=READ),
    Line("priorities:target-choose", WORKERS, 200, outcome, seen_by=READ),
    Line("priorities:target-choose", WORKERS, 200, outcome, "post", {"measure": ""}, seen_by=READ),
    Line("priorities:target-set", WORKERS, 200, outcome, seen_by=READ),
    Line("priorities:target-set", WORKERS, 200, outcome, "post", {"target": ""}, seen_by=READ),
    Line("api:frameworks", ANYBODY, 200),
    Line("api:decisions", SEEING, 200, partnership),
    Line("api:outcomes", SEEING, 200, partnership),
]
