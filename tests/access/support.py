"""Closing gaps, for everybody of the partnership; chances for those who speak for an organisation."""

from __future__ import annotations

from datetime import timedelta

from tests.access.commissions import READ, commission
from tests.access.line import ANYBODY, LOGIN, MEMBERS, WORKERS, Line, partnership
from tests.access.pipeline import listed
from tests.world import World

from commonweal.core import clock
from commonweal.core.viewer import viewer_of
from commonweal.procurement.actions.chances import wish_news, wish_token
from commonweal.procurement.actions.support import PlanSaid, write_plan
from commonweal.procurement.models import SupportPlan
from commonweal.procurement.models.chances import Often
from commonweal.procurement.models.support import GapKind, PlanState

SPEAK = WORKERS | {"provider"}


def plan(world: World) -> dict[str, object]:
    row = SupportPlan.objects.filter(partnership=world.partnership, state=PlanState.OPEN).first() or write_plan(
        by=viewer_of(world.admin()), partnership=world.partnership, said=PlanSaid(
            kind=GapKind.STANDARD, gap="safeguarding", steps="A course.", owner=world.council.pk,
            due=clock.today() + timedelta(days=60)))
    return {**partnership(world), "plan": row.pk}


def chance(world: World) -> dict[str, object]:
    return {**partnership(world), "listing": listed(world).pk, "said": "declined"}


def token(world: World) -> dict[str, object]:
    return {"token": wish_token(wish_news(by=viewer_of(world.admin()), partnership=world.partnership,
                                          often=Often.WEEKLY))}


TABLE = [
    Line("api:support", MEMBERS, 200, partnership),
    Line("api:chances", SPEAK, 200, partnership),
    Line("procurement:support", MEMBERS, 200, partnership),
    Line("procurement:support-new", SPEAK, 200, partnership),
    Line("procurement:support-new", SPEAK, 200, partnership, "post", {"gap": ""}),
    Line("procurement:support-plan", MEMBERS, 200, plan),
    Line("procurement:support-change", SPEAK, 200, plan),
    Line("procurement:support-change", SPEAK, 200, plan, "post", {"gap": ""}),
    Line("procurement:support-give", SPEAK, 200, plan),
    Line("procurement:support-give", SPEAK, 200, plan, "post", {"what": ""}),
    Line("procurement:support-end", SPEAK, 200, plan),
    Line("procurement:support-end", SPEAK, 200, plan, "post", {"how": ""}),
    Line("procurement:chances", SPEAK, 200, partnership),
    Line("procurement:chances", SPEAK, 200, partnership, "post", {"often": ""}),
    Line("procurement:chance-answer", LOGIN, 405, chance),
    Line("procurement:chance-answer", SPEAK, 302, chance, "post"),
    Line("procurement:reach", WORKERS, 200, commission, seen_by=READ),
    Line("procurement:chances-end", ANYBODY, 200, token),
]
