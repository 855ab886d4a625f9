"""A partnership ticks lines of a step's checklist, and takes ticks back."""

from __future__ import annotations

from collections.abc import Collection

from django.db import models, transaction

from commonweal.core.actions.recording import acting_person, in_turn, record_event, saved
from commonweal.core.errors import NotFound
from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.needs.models import StepTick
from commonweal.needs.step_guidance import step_guidance


class GuidanceVerb(models.TextChoices):
    """The deeds of checklists."""

    TICKED = "guidance.ticked"


@transaction.atomic
def tick_checklist(*, by: Viewer, partnership: Partnership, step: str, items: Collection[str]) -> int:
    """The lines that are done: new ones are ticked, those left out are taken back, others keep who ticked them."""
    require(by, Permission.DISCUSS, partnership.pk)
    guidance = step_guidance().get(step)
    if guidance is None:
        raise NotFound("There is no such step.")
    known = {one.key for one in guidance.checklist}
    if not set(items) <= known:
        raise NotFound("The checklist has changed. Open the page again.")
    in_turn(partnership)
    held = {one.item: one for one in StepTick.objects.filter(partnership=partnership, step=step)}
    for item in held.keys() - set(items):
        held.pop(item).delete()
    person = acting_person(by)
    for item in sorted(set(items) - held.keys()):
        saved(StepTick(partnership=partnership, step=step, item=item, person=person))
    record_event(by=by, verb=GuidanceVerb.TICKED, subject=partnership, partnership=partnership.pk)
    return len(set(items))
