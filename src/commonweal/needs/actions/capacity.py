"""A partner says what holds it back, plans what to do about it, and shows the others only what it chooses to."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.db import models, transaction

from commonweal.core import clock
from commonweal.core.actions.recording import acting_person, record_event, saved
from commonweal.core.errors import NotAllowed, NotFound, Refused
from commonweal.core.models import Organisation, Partnership, PartnershipRole, Person
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, acted_for, require
from commonweal.needs.capacity_content import hours, questions, rules, steps_for
from commonweal.needs.models import CapacityAnswer, CapacityRound, CapacitySheet, PlanStep
from commonweal.needs.queries.capacity import result_of


class Verb(models.TextChoices):
    """The deeds of a self-assessment."""

    BEGAN = "needs.capacity_began"
    SHOWN = "needs.capacity_shown"
    WITHDRAWN = "needs.capacity_withdrawn"
    PLANNED = "needs.capacity_planned"
    STEP_CHANGED = "needs.capacity_step_changed"


@transaction.atomic
def answer_capacity(
    *, by: Viewer, partnership: Partnership, question: str, level: int | None, agreed: bool
) -> CapacityAnswer:
    """One answer, one's own or the organisation's agreed one; a later answer takes its place."""
    organisation = _own(by, partnership)
    if question not in {one.key for one in questions()}:
        raise NotFound("There is no such question.")
    person = None if agreed else acting_person(by)
    held = _round(by, partnership, organisation)
    sheet = CapacitySheet.objects.filter(round=held, person=person).first()
    sheet = sheet or saved(CapacitySheet(partnership=partnership, round=held, person=person))
    row = CapacityAnswer.objects.filter(sheet=sheet, question=question).first()
    row = row or CapacityAnswer(partnership=partnership, sheet=sheet, question=question)
    row.level = level
    return saved(row)


@transaction.atomic
def begin_again(*, by: Viewer, partnership: Partnership) -> CapacityRound:
    """The next round, once the last has had its six months."""
    organisation = _own(by, partnership)
    latest = _latest(partnership, organisation)
    if latest is None:
        return _round(by, partnership, organisation)
    ready = latest.began + timedelta(days=rules().again_after_days)
    if clock.today() < ready:
        raise Refused(f"Answer again from {ready:%-d %B %Y}: six months is the least in which much can change.")
    return _begun(by, partnership, organisation, latest.number + 1)


@transaction.atomic
def plan_steps(*, by: Viewer, partnership: Partnership, time: str) -> tuple[PlanStep, ...]:
    """Add the steps that help with the main barriers in the time there is; a step already planned stays."""
    held = _known(by, partnership)
    result = result_of(held)
    if result is None or not result.barriers:
        raise Refused("There is no main barrier to plan for yet. Answer the questions first.")
    chosen = next((one for one in hours() if one.key == time), None)
    if chosen is None:
        raise Refused("Choose how much time there is.")
    already = set(PlanStep.objects.filter(round=held).values_list("step", flat=True))
    found = steps_for(tuple(one.key for one in result.barriers), most=chosen.most)
    made = tuple(
        saved(PlanStep(
            partnership=partnership, round=held, step=step.key, due=clock.today() + timedelta(weeks=step.weeks)
        ))
        for step in found if step.key not in already
    )
    record_event(by=by, verb=Verb.PLANNED, subject=held, partnership=partnership.pk)
    return made


@transaction.atomic
def change_step(
    *, by: Viewer, partnership: Partnership, step: UUID, owner: UUID | None, due: date, done: bool
) -> PlanStep:
    """Who answers for a step, by when, and whether it is done."""
    organisation = _own(by, partnership)
    row = PlanStep.objects.select_for_update().filter(
        pk=step, partnership=partnership, round__organisation=organisation
    ).first()
    if row is None:
        raise NotFound("There is no such step, or it is another organisation's.")
    row.owner = _colleague(partnership, organisation, owner) if owner else None
    row.due = due
    row.done = (row.done or clock.today()) if done else None
    saved(row)
    record_event(by=by, verb=Verb.STEP_CHANGED, subject=row, partnership=partnership.pk)
    return row


@transaction.atomic
def show_result(*, by: Viewer, partnership: Partnership, shown: bool) -> CapacityRound:
    """Place the result before the partnership as it stands now, or take it back."""
    held = _known(by, partnership)
    result = result_of(held)
    if shown and result is None:
        raise Refused("There is no result to show yet: three full sets of answers, or one agreed set, make one.")
    held.shown = {line.key: line.band.value for line in result.lines} if shown and result else None
    held.shown_at = clock.now() if shown else None
    saved(held)
    verb = Verb.SHOWN if shown else Verb.WITHDRAWN
    record_event(by=by, verb=verb, subject=held, partnership=partnership.pk)
    return held


def _own(by: Viewer, partnership: Partnership) -> Organisation:
    """The organisation the person acts for here; permission first."""
    require(by, Permission.SELF_ASSESS, partnership.pk)
    organisation = acted_for(by, partnership.pk)
    if organisation is None or by.person is None:
        raise NotAllowed("Only people of an organisation in the partnership can do this.")
    return Organisation.objects.get(pk=organisation)


def _latest(partnership: Partnership, organisation: Organisation) -> CapacityRound | None:
    rows = CapacityRound.objects.select_for_update().filter(partnership=partnership, organisation=organisation)
    found: CapacityRound | None = rows.order_by("-number").first()
    return found


def _round(by: Viewer, partnership: Partnership, organisation: Organisation) -> CapacityRound:
    return _latest(partnership, organisation) or _begun(by, partnership, organisation, 1)


def _begun(by: Viewer, partnership: Partnership, organisation: Organisation, number: int) -> CapacityRound:
    made = saved(CapacityRound(partnership=partnership, organisation=organisation, number=number))
    record_event(by=by, verb=Verb.BEGAN, subject=made, partnership=partnership.pk)
    return made


def _known(by: Viewer, partnership: Partnership) -> CapacityRound:
    held = _latest(partnership, _own(by, partnership))
    if held is None:
        raise Refused("Your organisation has not answered yet. Answer the questions first.")
    return held


def _colleague(partnership: Partnership, organisation: Organisation, owner: UUID) -> Person:
    """Somebody of the same organisation, here, today."""
    held = PartnershipRole.objects.on(clock.today()).filter(
        partnership=partnership, organisation=organisation, person=owner
    ).select_related("person").first()
    if held is None:
        raise Refused("Choose somebody of your own organisation who is in the partnership.")
    person: Person = held.person
    return person
