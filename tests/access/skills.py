"""Who can help: offered and asked by everybody of the partnership; answered by the one who was asked."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from tests.access.line import LOGIN, MEMBERS, WORKERS, Line, partnership
from tests.access.sharing import SEE, held
from tests.world import World

from commonweal.core import clock
from commonweal.core.permissions import Role
from commonweal.core.viewer import viewer_of
from commonweal.needs.actions.skills import Offered, ask_for_help, offer_skill
from commonweal.needs.models import HelpRequest, ShownAs, SkillOffer
from commonweal.needs.queries.skills import About

OFFERED = Offered("statistics", 2, clock.today() + timedelta(days=90), ShownAs.NAME)


def analysts_offer(world: World) -> SkillOffer:
    by = viewer_of(world.people[Role.ANALYST])
    row: SkillOffer | None = SkillOffer.objects.filter(person=by.person).first()
    return row or offer_skill(by=by, partnership=world.partnership, offered=OFFERED)


def offer(world: World) -> dict[str, object]:
    return {**partnership(world), "offer": analysts_offer(world).pk}


def asked(world: World) -> dict[str, object]:
    row = HelpRequest.objects.filter(partnership=world.partnership).first() or ask_for_help(
        by=viewer_of(world.admin()), offer=analysts_offer(world), about=About(held=held(world)["held"]),  # type: ignore[arg-type]
    )
    return {**partnership(world), "request_id": row.pk}


ANALYST = frozenset({"analyst"})
TABLE = [
    Line("needs:skills", MEMBERS, 200, partnership),
    Line("needs:skill-offer", MEMBERS, 200, partnership),
    Line("needs:skill-offer", MEMBERS, 200, partnership, "post", {"skill": ""}),
    Line("needs:skill-end", LOGIN, 405, offer),
    Line("needs:skill-end", ANALYST, 302, offer, "post"),
    Line("needs:skill-ask", LOGIN, 405, offer),
    Line("needs:skill-ask", ANALYST, 302, offer, "post", {"held": str(uuid4())}, seen_by=frozenset()),  # one's own
    Line("needs:help-answer", ANALYST, 200, asked, seen_by=frozenset()),
    Line("needs:help-answer", ANALYST, 200, asked, "post", {"reply": ""}, seen_by=frozenset()),
    Line("web:held-numbers", WORKERS, 200, held, seen_by=SEE),
    Line("web:held-numbers", WORKERS, 200, held, "post", {"base": ""}, seen_by=SEE),
    Line("web:held-csv", frozenset(), 404, held, seen_by=MEMBERS - SEE),
    Line("api:pooled", "anybody", 404, lambda world: {"partnership": uuid4(), "held": uuid4()}),
    Line("api:skills", MEMBERS, 200, partnership),
]
