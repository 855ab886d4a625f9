"""Events: public ones for everybody, the others for their partnership, who booked for the host alone."""

from __future__ import annotations

from datetime import time, timedelta
from uuid import uuid4

from tests.access.line import ANYBODY, MEMBERS, Line, partnership
from tests.world import World

from commonweal.core import clock
from commonweal.core.viewer import ANONYMOUS, viewer_of
from commonweal.knowledge.actions.booking import Booker, book
from commonweal.knowledge.actions.events import GatheringSaid, agree_event_action, plan_gathering
from commonweal.knowledge.models import Booking, Gathering
from commonweal.knowledge.queries.event_links import calendar_token, token_of

TALKERS = MEMBERS - {"observer", "certifier"}
SAID = GatheringSaid(
    kind="workshop", title="What comes next", about="For everybody who was asked.", day=clock.today(),
    begins=time(18), ends=time(20), where="Town Hall", access="Level entrance. No hearing loop.",
    contact="Leisure team, 01234 567890", joining="Ring the bell.", places=2, public=True,
)


def made(world: World, *, public: bool = True, days: int = 7) -> Gathering:
    found = Gathering.objects.filter(partnership=world.partnership, public=public).first()
    said = {one: getattr(SAID, one) for one in SAID.__dataclass_fields__}
    said |= {"public": public, "day": clock.today() + timedelta(days=days)}
    return found or plan_gathering(by=viewer_of(world.admin()), partnership=world.partnership,
                                   said=GatheringSaid(**said))


def booked(world: World) -> Booking:
    return book(by=ANONYMOUS, gathering=made(world), booker=Booker(name="Ann", email="ann@club.example")).booking


def public(world: World) -> dict[str, object]:
    return {"gathering": made(world).pk}


def own(world: World) -> dict[str, object]:
    return {**partnership(world), "gathering": made(world, public=False).pk}


def today(world: World) -> dict[str, object]:
    row = made(world, public=False, days=0)
    return {**partnership(world), "gathering": row.pk}


def token(world: World) -> dict[str, object]:
    return {"token": token_of(booked(world))}


def mine(world: World) -> dict[str, object]:
    return {"token": calendar_token(viewer_of(world.admin()), world.partnership.pk)}


def action(world: World) -> dict[str, object]:
    row = made(world, public=False)
    deed = row.actions.first() or agree_event_action(
        by=viewer_of(world.admin()), gathering=row, words="Ring them", owner=world.council.pk,
        due=clock.today() + timedelta(days=9))
    return {**own(world), "action": deed.pk}


TABLE = [
    Line("api:events", ANYBODY),
    Line("api:events_here", MEMBERS, 200, partnership),
    Line("knowledge:events", ANYBODY),
    Line("knowledge:events-feed", ANYBODY),
    Line("knowledge:podcast", ANYBODY),
    Line("knowledge:own-events-feed", ANYBODY, 200, mine),
    Line("knowledge:booking", ANYBODY, 200, token),
    Line("knowledge:booking-leave", ANYBODY, 302, token, "post"),
    Line("knowledge:event-feedback", ANYBODY, 200, token, "post", {"worth": ""}),
    Line("knowledge:event", ANYBODY, 200, public),
    Line("knowledge:event-ics", ANYBODY, 200, public),
    Line("knowledge:event-book", ANYBODY, 200, public),
    Line("knowledge:event-book", ANYBODY, 200, public, "post", {"name": ""}),
    Line("knowledge:own-events", MEMBERS, 200, partnership),
    Line("knowledge:event-plan", TALKERS, 200, partnership),
    Line("knowledge:event-plan", TALKERS, 200, partnership, "post", {"title": ""}),
    Line("knowledge:own-event", MEMBERS, 200, own),
    Line("knowledge:own-event-book", MEMBERS, 200, own),
    Line("knowledge:event-change", TALKERS, 200, own),
    Line("knowledge:event-cancel", TALKERS, 200, own),
    Line("knowledge:event-came", TALKERS, 200, own),
    Line("knowledge:event-notes", TALKERS, 200, own),
    Line("knowledge:event-recording", TALKERS, 200, own),
    Line("knowledge:event-action", TALKERS, 200, own),
    Line("knowledge:event-action-done", MEMBERS, 302, action, "post"),
    Line("knowledge:event-summary", frozenset[str](), 404, lambda world: {
        **partnership(world), "gathering": uuid4(), "ending": "docx"}, seen_by=frozenset()),
]
