"""A link is swapped for a short session: what a session may open, on which device, and for how long."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.http import HttpRequest

from commonweal.core import clock
from commonweal.core.errors import NotFound
from commonweal.core.viewer import viewer_from
from commonweal.measures.actions.answering import Answering
from commonweal.measures.models import Channel, Return, ReturnLink
from commonweal.measures.queries.sheet import NO_RETURN, return_by_link
from commonweal.policy.returns import return_rules

OPENED, DEVICE = "returns_opened", "returns_device"


def let_in(request: HttpRequest, link: ReturnLink) -> None:
    """From now on this session may open the link's return, for some hours."""
    if not request.user.is_authenticated:
        request.session.cycle_key()
    ends = clock.now() + timedelta(hours=return_rules().session_hours)
    held = request.session.get(OPENED, {})
    request.session[OPENED] = {**held, str(link.of_id): [str(link.pk), ends.isoformat()]}
    request.session.setdefault(DEVICE, uuid4().hex)


def opened(request: HttpRequest, identifier: UUID) -> tuple[Return, Answering]:
    """The return this session was let in to, and who answers; the same NotFound for everybody else."""
    held = request.session.get(OPENED, {}).get(str(identifier))
    if held is None or datetime.fromisoformat(held[1]) <= clock.now():
        raise NotFound(NO_RETURN)
    row, link = return_by_link(UUID(held[0]), identifier)
    device = request.session.get(DEVICE, "")
    return row, Answering(by=viewer_from(request), link=link, device=device, channel=Channel.LINK)
