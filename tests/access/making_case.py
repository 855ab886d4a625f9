"""The case to each partner: seen by those who see evidence; an advocate answers by a link, without an account."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from tests.access.line import ANYBODY, LOGIN, MEMBERS, SEEING, WORKERS, Line, partnership
from tests.world import World

from commonweal.core.viewer import viewer_of
from commonweal.needs.actions.advocate import Consent, Told, add_advocate, token_of
from commonweal.needs.models import Advocate, Reach

SEE = MEMBERS - {"provider"}
TALK = WORKERS | {"elected_member"}
TOLD = Told("Dr Ann Field", "GP, Fishergate surgery", "Company keeps people out of my surgery.", "Health board",
            date(2025, 6, 3))
AGREED = Consent(Reach.PARTNERS, date(2025, 6, 4), "by e-mail")


def advocate_in(world: World) -> Advocate:
    row: Advocate | None = Advocate.objects.filter(partnership=world.partnership, withdrawn=None).first()
    return row or add_advocate(by=viewer_of(world.admin()), partnership=world.partnership,
                               partner=world.council.pk, told=TOLD, consent=AGREED)


def partner(world: World) -> dict[str, object]:
    return {**partnership(world), "organisation": world.council.pk}


def advocate(world: World) -> dict[str, object]:
    return {**partnership(world), "advocate": advocate_in(world).pk}


def link(world: World) -> dict[str, object]:
    return {"token": token_of(advocate_in(world))}


TABLE = [
    Line("needs:cases", SEE, 200, partnership),
    Line("needs:case", SEE, 200, partner),
    Line("needs:case-file", SEE, 200, lambda world: {**partner(world), "ending": "docx"}),
    Line("needs:case-keep", LOGIN, 405, partner),
    Line("needs:case-keep", WORKERS, 404, lambda world: {**partnership(world), "organisation": uuid4()}, "post"),
    Line("needs:advocate-add", TALK, 200, partner),
    Line("needs:advocate-add", TALK, 200, partner, "post", {"name": ""}),
    Line("needs:advocate-consent", TALK, 200, advocate, seen_by=SEE),
    Line("needs:advocate-consent", TALK, 200, advocate, "post", {"reach": ""}, seen_by=SEE),
    Line("needs:advocate-withdraw", LOGIN, 405, advocate),
    Line("needs:advocate-withdraw", TALK, 302, advocate, "post", seen_by=SEE),
    Line("needs:advocate-answer", ANYBODY, 200, link),
    Line("needs:advocate-answer", ANYBODY, 200, link, "post", {"reach": ""}),
    Line("needs:advocate-answer", ANYBODY, 404, lambda world: {"token": "made-up"}),
    Line("api:cases", SEEING, 200, partnership),
    Line("api:case", ANYBODY, 404, lambda world: {"partnership": uuid4(), "organisation": uuid4()}),
]
