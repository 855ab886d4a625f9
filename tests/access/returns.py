"""Returns: answered by whoever holds a link, asked for by those who work, read by those who see evidence."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

from tests.access.line import ANYBODY, LOGIN, MEMBERS, SEEING, WORKERS, Line, partnership
from tests.world import World

from commonweal.core.models.invitations import hash_of
from commonweal.core.viewer import viewer_of
from commonweal.measures.actions.opening import make_link, open_returns
from commonweal.measures.actions.plans import PlanSaid, plan_returns
from commonweal.measures.models import Return, ReturnLink
from commonweal.options.actions.agreements import AgreementSaid, record_agreement
from commonweal.options.models import Agreement
from commonweal.policy.delivery_vehicles import catalogue

READ = MEMBERS - {"provider"}
TOKEN = "a-return-for-the-table"
TITLE = "Dance, returned"


def agreed(world: World) -> Agreement:
    held = Agreement.objects.filter(partnership=world.partnership, title=TITLE).first()
    return held or record_agreement(
        by=viewer_of(world.admin()), partnership=world.partnership, said=AgreementSaid(
            title=TITLE, service=catalogue().services[0].key, form="grant", begins=date(2024, 1, 1), ends=None,
            regime="", source="Register", parties=(("Testshire Council", "pays"), ("Dance Club", "delivers")),
            years=(("2024-25", Decimal(4000)),)))


def opened(world: World) -> Return:
    row = Return.objects.filter(partnership=world.partnership).first()
    if row is not None:
        return row
    by, agreement = viewer_of(world.admin()), agreed(world)
    plan_returns(by=by, agreement=agreement, said=PlanSaid(
        tier=1, every=12, begins=date(2024, 1, 1), ends=date(2024, 12, 31), difference="they felt less alone",
        provider_name="Dance Club"))
    row = open_returns(by=by, partnership=world.partnership)[0]
    made, _ = make_link(by=by, to=row)
    ReturnLink.objects.filter(pk=made.pk).update(
        token_hash=hash_of(TOKEN), expires=made.created + timedelta(days=9))
    return row


def agreement(world: World) -> dict[str, object]:
    return {**partnership(world), "agreement": agreed(world).pk}


def returned(world: World) -> dict[str, object]:
    return {**partnership(world), "returned": opened(world).pk}


def alone(world: World) -> dict[str, object]:
    return {"returned": opened(world).pk}


def asked(world: World) -> dict[str, object]:
    return {**alone(world), "question": "people"}


def token(world: World) -> dict[str, object]:
    opened(world)
    return {"token": TOKEN}


TABLE = [
    Line("measures:return-open-own", WORKERS | {"provider"}, 404, returned, "post"),   # another's
    Line("measures:return-begin", ANYBODY, 200, token),
    Line("measures:return-begin", ANYBODY, 302, token, "post"),
    Line("measures:return-begin", ANYBODY, 404, lambda world: {"token": uuid4().hex}),
    Line("measures:return", ANYBODY, 404, alone),
    Line("measures:return-question", ANYBODY, 404, asked),
    Line("measures:return-check", ANYBODY, 404, alone),
    Line("measures:return-check", ANYBODY, 404, alone, "post"),
    Line("measures:return-nothing", ANYBODY, 404, alone, "post"),
    Line("measures:return-sent", ANYBODY, 404, alone),
    Line("measures:return-file", ANYBODY, 404, lambda world: {**alone(world), "kind": "workbook"}),
    Line("measures:return-bring", ANYBODY, 404, alone),
    Line("measures:return-bring", ANYBODY, 404, alone, "post"),
    Line("measures:return-one-file", READ, 200, lambda world: {**returned(world), "kind": "odk"}, seen_by=READ),
    Line("measures:return-one-bring", WORKERS, 200, returned, seen_by=READ),
    Line("measures:return-one-bring", WORKERS, 200, returned, "post", seen_by=READ),
    Line("measures:use", READ, 200, partnership),
    Line("measures:question-check", ANYBODY),
    Line("measures:question-check", ANYBODY, 200, lambda world: {}, "post"),
    Line("api:returns_list", SEEING, 200, partnership),
    Line("api:return_one", ANYBODY, 404, lambda world: {"partnership": uuid4(), "returned": uuid4()}),
    Line("api:use_of_year", SEEING, 200, partnership),
    Line("api:return_answers", ANYBODY, 401, lambda world: {"partnership": uuid4(), "returned": uuid4()}, "post"),
    Line("web:tokens", WORKERS, 200, partnership),
    Line("web:tokens", WORKERS, 200, partnership, "post", {"name": ""}),
    Line("web:token-file", LOGIN, 404, lambda world: {**partnership(world), "token": uuid4()}),
    Line("api:export", ANYBODY, 403, partnership),   # for a token alone
    Line("web:token-end", LOGIN, 405, lambda world: {**partnership(world), "token": uuid4()}),
    Line("web:token-end", WORKERS, 404, lambda world: {**partnership(world), "token": uuid4()}, "post",
         seen_by=frozenset()),
    Line("measures:returns", READ, 200, partnership),
    Line("measures:returns-ask", LOGIN, 405, partnership),
    Line("measures:returns-ask", WORKERS, 302, partnership, "post"),
    Line("measures:return-plan", WORKERS, 200, agreement, seen_by=READ),
    Line("measures:return-plan", WORKERS, 200, agreement, "post", {"tier": ""}, seen_by=READ),
    Line("measures:return-one", READ, 200, returned, seen_by=READ),
    Line("measures:return-link", LOGIN, 405, returned),
    Line("measures:return-link", WORKERS, 302, returned, "post", seen_by=READ),
    Line("measures:return-end-links", LOGIN, 405, returned),
    Line("measures:return-spoken", WORKERS, 200, returned, seen_by=READ),
    Line("measures:return-spoken", WORKERS, 200, returned, "post", {"said_by": ""}, seen_by=READ),
]
