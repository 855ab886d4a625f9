"""A joint workshop becomes an event in one press: its day, place and access are then put right on its page."""

from __future__ import annotations

from datetime import time, timedelta

from django.db import transaction

from commonweal.core import clock
from commonweal.core.actions.recording import acting_person
from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.knowledge.actions.events import GatheringSaid, plan_gathering
from commonweal.knowledge.models import Gathering, GatheringKind
from commonweal.needs.content import read
from commonweal.needs.queries.joint import joint_workshop

BEGINS = time(10)
OPEN = "To be agreed"


@transaction.atomic
def hold_joint_workshop(*, by: Viewer, partnership: Partnership, key: str) -> Gathering:
    """The event, four weeks from now on a working day, with who should come and what is on the table."""
    require(by, Permission.DISCUSS, partnership.pk)
    workshop = joint_workshop(by, partnership.pk, key)
    day = clock.today() + timedelta(weeks=read("joint")["weeks"])
    day += timedelta(days=(7 - day.weekday()) if day.weekday() > 4 else 0)
    minutes = min(workshop.minutes, 480)
    said = GatheringSaid(
        kind=GatheringKind.WORKSHOP, title=workshop.title, day=day, begins=BEGINS,
        ends=time(BEGINS.hour + minutes // 60, minutes % 60), where=OPEN, access=OPEN, public=False,
        about=f"{workshop.answer} Each reads one page first.", contact=acting_person(by).name,
    )
    return plan_gathering(
        by=by, partnership=partnership, said=said,
        on_the_table=tuple(f"{one.title}: {one.statement} {one.known}" for one in workshop.topics),
        invited=tuple({"who": one.name, "why": " ".join(one.why), "reads": one.reads, "href": one.href}
                      for one in workshop.guests),
    )
