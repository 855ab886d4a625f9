"""Agreed needs: seen by those who see evidence, written by those who work on it, signed by administrators."""

from __future__ import annotations

from uuid import uuid4

from tests.access.line import ADMIN, LOGIN, MEMBERS, WORKERS, Line, partnership
from tests.world import World

from commonweal.core.viewer import viewer_of
from commonweal.needs.actions.need import Wording, write_need
from commonweal.needs.models import Need, Side

SEE = MEMBERS - {"provider"}


def need(world: World) -> dict[str, object]:
    row = Need.objects.filter(partnership=world.partnership).first()
    if row is None:
        row = write_need(
            by=viewer_of(world.admin()), partnership=world.partnership, title="Dance", side=Side.FOR_CULTURE,
            theme="culture", said=Wording("Girls", "Testshire", "somewhere to dance", "They said so."),
        ).identity
    return {**partnership(world), "need": row.pk}


def held(world: World) -> dict[str, object]:
    return {**need(world), "held": uuid4()}


TABLE = [
    Line("needs:needs", SEE, 200, partnership),
    Line("needs:need-write", WORKERS, 200, partnership),
    Line("needs:need-write", WORKERS, 200, partnership, "post", {"title": ""}),
    Line("needs:need", SEE, 200, need, seen_by=SEE),
    Line("needs:need-rewrite", WORKERS, 200, need, seen_by=SEE),
    Line("needs:need-rewrite", WORKERS, 200, need, "post", {"who": ""}, seen_by=SEE),
    Line("needs:need-hold", WORKERS, 200, need, seen_by=SEE),
    Line("needs:need-hold", WORKERS, 200, need, "post", {"item": ""}, seen_by=SEE),
    Line("needs:need-let-go", LOGIN, 405, held),
    Line("needs:need-let-go", frozenset(), 404, held, "post", seen_by=SEE - WORKERS),
    Line("needs:need-propose", LOGIN, 405, need),
    Line("needs:need-propose", WORKERS, 400, need, "post", seen_by=SEE),
    Line("needs:need-sign", ADMIN, 200, need, seen_by=SEE),
    Line("needs:need-sign", ADMIN, 200, need, "post", {"answer": ""}, seen_by=SEE),
    Line("needs:need-withdraw", LOGIN, 405, need),
    Line("needs:need-withdraw", WORKERS, 302, need, "post", seen_by=SEE),
]
