"""Teams: what is asked is told to all alike, written by whoever buys, found by those who are willing alone."""

from __future__ import annotations

from decimal import Decimal
from uuid import uuid4

from tests.access.commissions import READ, commission, made
from tests.access.line import ANYBODY, LOGIN, MEMBERS, WORKERS, Line, partnership
from tests.world import World

from commonweal.core.viewer import viewer_of
from commonweal.procurement.actions.consortium import BriefSaid, Cell, write_brief
from commonweal.procurement.models import Commission, TeamBrief

SPEAK = WORKERS | {"provider"}


def brief(world: World) -> dict[str, object]:
    row = Commission.objects.filter(partnership=world.partnership).first() or made(world)
    if not TeamBrief.objects.filter(commission=row).exists():
        write_brief(by=viewer_of(world.admin()), commission=row, said=BriefSaid(
            cells=(Cell(capability="dance", area="Testshire", hours=Decimal(6)),)))
    return {**partnership(world), "commission": row.pk}


def letter(world: World) -> dict[str, object]:
    return {**brief(world), "ending": "docx"}


def looks(what: str):
    return lambda world: {**brief(world), "what": what}


TABLE = [
    Line("procurement:teams", MEMBERS, 200, partnership),
    Line("procurement:team-brief", MEMBERS, 200, brief),
    Line("procurement:team-write", WORKERS, 200, commission, seen_by=READ),
    Line("procurement:team-write", WORKERS, 200, commission, "post", {"things": "no hours"}, seen_by=READ),
    Line("procurement:team-willing", SPEAK, 200, brief),
    Line("procurement:team-willing", SPEAK, 200, brief, "post", {"hours": ""}),
    Line("procurement:team-withdraw", LOGIN, 405, brief),
    Line("procurement:team-find", frozenset(), 200, brief),
    Line("procurement:team-search", LOGIN, 405, looks("coverage")),
    Line("procurement:team-search", SPEAK, 302, looks("coverage"), "post"),
    Line("procurement:team-search", frozenset(), 302, looks("teams"), "post"),
    Line("procurement:team-letter", frozenset(), 200, letter),
    Line("api:team_coverage", ANYBODY, 404, lambda world: {"partnership": uuid4(), "commission": uuid4()}),
]
