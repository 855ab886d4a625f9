"""Data protection: each partnership's administrators, and for the installation its staff."""

from __future__ import annotations

from uuid import uuid4

from tests.access.line import ADMIN, ANYBODY, LOGIN, MEMBERS, Line, partnership
from tests.world import World

from commonweal.core import clock
from commonweal.core.actions.complaints import Grievance, complain
from commonweal.core.actions.information import Asked, gather_items, receive_request
from commonweal.core.models import Complaint, InformationRequest
from commonweal.core.viewer import ANONYMOUS, viewer_of

STAFF = frozenset({"staff"})
OTHERS = MEMBERS | {"other partnership", "no partnership"}


def here(**more: str):
    return lambda world: more


def own(**more: str):
    def keys(world: World) -> dict[str, object]:
        return {**partnership(world), **more}

    return keys


def complaint(world: World) -> dict[str, object]:
    row = Complaint.objects.filter(partnership=world.partnership).first() or complain(
        by=ANONYMOUS, grievance=Grievance(words="Lost", reach="me@host.gov.uk", partnership=world.partnership))
    return {"complaint": row.pk}


def asked(world: World) -> dict[str, object]:
    row = InformationRequest.objects.filter(partnership=world.partnership).first()
    if row is None:
        row = receive_request(by=viewer_of(world.admin()), partnership=world.partnership, asked=Asked(
            words="Spend on pools", regime="foi", received=clock.today()))
    return {**partnership(world), "asked": row.pk}


def item(world: World) -> dict[str, object]:
    keys = asked(world)
    row = InformationRequest.objects.get(pk=keys["asked"])
    if not row.items.exists():
        gather_items(by=viewer_of(world.admin()), request=row, items=[("Pools", "Two")])
    return {**keys, "item": row.items.get().pk}


TABLE = [
    Line("web:held-about-me", LOGIN),
    Line("web:held-about-me", LOGIN, 302, method="post"),
    Line("web:held-file", LOGIN, 405, lambda world: {"asked": uuid4()}),
    Line("web:held-file", LOGIN, 404, lambda world: {"asked": uuid4()}, "post"),
    Line("web:subject-requests", STAFF, seen_by=OTHERS),
    Line("web:subject-requests", STAFF, method="post", seen_by=OTHERS),
    Line("web:complain", ANYBODY),
    Line("web:complain", ANYBODY, 200, method="post", data={"words": ""}),
    Line("web:complaints-here", STAFF, seen_by=OTHERS),
    Line("web:complaints", ADMIN, 200, partnership),
    Line("web:complaint", ADMIN, 200, complaint),
    Line("web:complaint", ADMIN, 200, complaint, "post", {"kind": ""}),
    Line("web:information-requests", ADMIN, 200, partnership),
    Line("web:information-requests", ADMIN, 200, partnership, "post", {"words": ""}),
    Line("web:information-request", ADMIN, 200, asked),
    Line("web:information-request", ADMIN, 200, asked, "post", {"title": ""}),
    Line("web:information-item", ADMIN, 200, item),
    Line("web:information-item", ADMIN, 302, item, "post", {"exemption": ""}),
    Line("web:information-answered", LOGIN, 405, asked),
    Line("web:information-answered", ADMIN, 302, asked, "post", {"day_0": ""}),
    Line("web:information-bundle", ADMIN, 200, asked),
    Line("web:reading", ADMIN, 200, partnership),
    Line("web:protection-here", STAFF, seen_by=OTHERS),
    Line("web:protection", ADMIN, 200, partnership),
    Line("web:keeping-to-time", STAFF, seen_by=OTHERS),
    Line("web:keeping-to-time", STAFF, 302, method="post", seen_by=OTHERS),
    Line("web:processing-record-here", STAFF, seen_by=OTHERS),
    Line("web:processing-record", ADMIN, 200, partnership),
    Line("web:processing-impact-here", STAFF, seen_by=OTHERS),
    Line("web:processing-impact", ADMIN, 200, partnership),
    Line("web:processing-advise", ADMIN, 200, partnership),
    Line("web:processing-advise", ADMIN, 200, partnership, "post", {"kind": ""}),
    Line("web:processing-file-here", STAFF, 200, here(which="record-of-processing", ending="docx"),
         seen_by=OTHERS),
    Line("web:processing-file", ADMIN, 200, own(which="impact-assessment", ending="docx")),
]
