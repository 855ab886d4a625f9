"""Briefings: seen by those who see evidence, made by those who work on it, published by administrators."""

from __future__ import annotations

from uuid import uuid4

from tests.access.line import ADMIN, ANYBODY, LOGIN, MEMBERS, WORKERS, Line, partnership
from tests.world import World

from commonweal.core.viewer import viewer_of
from commonweal.needs.actions.briefing import make_briefing
from commonweal.needs.documents.briefing import Brief, Point
from commonweal.needs.models import Briefing

SEE = MEMBERS - {"provider"}
SAID = Brief("Testshire", "Testshire together", False, (Point("place", "place", "Few live here."),), ())


def briefing(world: World) -> dict[str, object]:
    row = Briefing.objects.filter(partnership=world.partnership).first()
    if row is None:
        row = make_briefing(by=viewer_of(world.admin()), partnership=world.partnership, code="E07000999",
                            brief=SAID).identity
    return {**partnership(world), "briefing": row.pk}


def paper(world: World) -> dict[str, object]:
    return {**briefing(world), "ending": "pdf"}


def unpublished(world: World) -> dict[str, object]:
    return {"briefing": briefing(world)["briefing"]}


def unpublished_paper(world: World) -> dict[str, object]:
    return {"briefing": uuid4(), "ending": "pdf"}


TABLE = [
    Line("needs:briefings", SEE, 200, partnership),
    Line("needs:briefings", WORKERS, 200, partnership, "post", {"code": ""}),
    Line("needs:briefing-polls", WORKERS, 200, partnership),
    Line("needs:briefing-polls", WORKERS, 200, partnership, "post", {"council": ""}),
    Line("needs:briefing", SEE, 200, briefing, seen_by=frozenset()),
    Line("needs:briefing-file", SEE, 200, paper, seen_by=frozenset()),
    Line("needs:briefing-again", LOGIN, 405, briefing),
    Line("needs:briefing-again", WORKERS, 400, briefing, "post", seen_by=SEE),
    Line("needs:briefing-publish", ADMIN, 200, briefing, seen_by=SEE),
    Line("needs:briefing-publish", ADMIN, 200, briefing, "post", {"number": ""}, seen_by=SEE),
    Line("needs:briefing-take-down", LOGIN, 405, briefing),
    Line("needs:briefing-take-down", ADMIN, 302, briefing, "post", seen_by=SEE),
    Line("needs:public-briefing", ANYBODY, 404, unpublished),
    Line("needs:public-briefing-file", ANYBODY, 404, unpublished_paper),
]
