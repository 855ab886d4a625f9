"""Ambitions: seen by those who see evidence, said and read by elected members and those who work on it."""

from __future__ import annotations

from uuid import uuid4

from tests.access.line import ANYBODY, LOGIN, MEMBERS, SEEING, WORKERS, Line, partnership
from tests.world import World

from commonweal.core import clock
from commonweal.core.viewer import viewer_of
from commonweal.needs.actions.ambition import Aim, say_ambition
from commonweal.needs.models import Ambition, EvidenceItem, EvidenceKind, Perspective

SEE = MEMBERS - {"provider"}
SAY = WORKERS | {"elected_member"}


def ambition(world: World) -> dict[str, object]:
    row = Ambition.objects.filter(partnership=world.partnership).first()
    if row is None:
        aim = Aim("More dance", "Girls", "E07000999", "Testshire", "culture", "The portfolio holder")
        row = say_ambition(by=viewer_of(world.admin()), partnership=world.partnership, aim=aim).identity
    return {**partnership(world), "ambition": row.pk}


def item(world: World) -> dict[str, object]:
    found = EvidenceItem.objects.filter(partnership=world.partnership).first() or EvidenceItem.objects.create(
        partnership=world.partnership, organisation=world.council, title="Heard", kind=EvidenceKind.INTERVIEWS,
        perspective=Perspective.USERS, summary="They would dance.", placed=clock.now(),
    )
    return {**ambition(world), "thing": found.pk}


def nothing(world: World) -> dict[str, object]:
    return {**ambition(world), "thing": uuid4()}


def file(ending: str):
    return lambda world: {**ambition(world), "ending": ending}


def nowhere(world: World) -> dict[str, object]:
    return {"partnership": uuid4()}


TABLE = [
    Line("needs:ambitions", SEE, 200, partnership),
    Line("needs:ambition-say", SAY, 200, partnership),
    Line("needs:ambition-say", SAY, 200, partnership, "post"),
    Line("needs:ambition", SEE, 200, ambition, seen_by=SEE),
    Line("needs:ambition-anew", SAY, 200, ambition, seen_by=SEE),
    Line("needs:ambition-anew", SAY, 200, ambition, "post", seen_by=SEE),
    Line("needs:ambition-more", SAY, 200, ambition, seen_by=SEE),
    Line("needs:ambition-evidence", SAY, 200, item, seen_by=SEE),
    Line("needs:ambition-evidence", SAY, 200, item, "post", seen_by=SEE),
    Line("needs:ambition-evidence", frozenset(), 404, nothing, seen_by=frozenset()),
    Line("needs:ambition-need", frozenset(), 404, nothing, seen_by=frozenset()),
    Line("needs:ambition-withdraw", LOGIN, 405, ambition),
    Line("needs:ambition-withdraw", SAY, 302, ambition, "post", seen_by=SEE),
    Line("needs:ambition-file", SEE, 200, file("docx"), seen_by=SEE),
    Line("needs:ambition-file", frozenset(), 404, file("csv"), seen_by=frozenset()),
    Line("api:ambitions", SEEING, 200, partnership),
    Line("api:one_ambition", ANYBODY, 404, lambda world: {**nowhere(world), "ambition": uuid4()}),
]
