"""A plan for a gap is written, what is given towards it is counted, and it ends closed or let go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import models, transaction

from commonweal.core import clock
from commonweal.core.actions.recording import acting_organisation, in_turn, record_event, saved
from commonweal.core.errors import NotFound, Refused
from commonweal.core.models import Organisation, Partnership, PartnershipOrganisation
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.procurement.models import SupportGiven, SupportPlan, TeamBrief
from commonweal.procurement.models.support import GapKind, PlanState
from commonweal.providers.models import Offer

MOST = 500


class Verb(models.TextChoices):
    """The deeds of support."""

    PLANNED = "support.planned"
    GAVE = "support.given"
    ENDED = "support.ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSaid:
    """How a gap is to be closed: by whom, with what, by when."""

    kind: GapKind
    gap: str
    steps: str
    owner: UUID
    due: date
    ours: bool = True
    money: Decimal | None = None
    money_from: str = ""
    training: UUID | None = None
    mentor: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GaveSaid:
    """What was given on a day."""

    what: str
    on: date
    hours: Decimal | None = None
    pounds: Decimal | None = None


@transaction.atomic
def write_plan(
    *, by: Viewer, partnership: Partnership, said: PlanSaid, brief: TeamBrief | None = None,
    over: SupportPlan | None = None,
) -> SupportPlan:
    """A plan for a gap of one's own organisation, or of the whole place; or `over` one that is changed."""
    require(by, Permission.BRING_EVIDENCE, partnership.pk)
    in_turn(partnership)
    whose = acting_organisation(by, partnership)
    if over is not None:
        _ours(over, whose.pk)
        _open(over)
    elif SupportPlan.objects.filter(partnership=partnership, state=PlanState.OPEN).count() >= MOST:
        raise Refused(f"There are {MOST} plans under way already. End those that are done.")
    elif said.due < clock.today():
        raise Refused("Give a day still to come by which the gap is to be closed.")
    row = over or SupportPlan(partnership=partnership, organisation=whose if said.ours else None, brief=brief,
                              begun_on=clock.today())
    row.owner = _seated(partnership, said.owner)
    row.mentor = _seated(partnership, said.mentor) if said.mentor else None
    row.training = _training(partnership, said.training)
    for name in ("kind", "gap", "steps", "due", "money", "money_from"):
        setattr(row, name, getattr(said, name))
    saved(row)
    record_event(by=by, verb=Verb.PLANNED, subject=row, partnership=partnership.pk)
    return row


@transaction.atomic
def give_support(*, by: Viewer, plan: SupportPlan, said: GaveSaid) -> SupportGiven:
    """One's own organisation gave hours or money towards it."""
    require(by, Permission.BRING_EVIDENCE, plan.partnership_id)
    whose = acting_organisation(by, plan.partnership)
    if plan.organisation_id is not None:
        _ours(plan, whose.pk)
    _open(plan)
    if not plan.begun_on <= said.on <= clock.today():
        raise Refused("Give a day between the plan's first and today.")
    row = saved(
        SupportGiven(
            partnership_id=plan.partnership_id,
            plan=plan,
            giver=whose,
            what=said.what,
            on=said.on,
            hours=said.hours,
            pounds=said.pounds,
        )
    )
    record_event(by=by, verb=Verb.GAVE, subject=row, partnership=plan.partnership_id)
    return row


@transaction.atomic
def end_plan(*, by: Viewer, plan: SupportPlan, took: str, closed: bool) -> SupportPlan:
    """The gap is closed, or the plan is let go; either way it is said what it took, or why."""
    require(by, Permission.BRING_EVIDENCE, plan.partnership_id)
    held: SupportPlan = SupportPlan.objects.select_for_update().get(pk=plan.pk)
    _ours(held, acting_organisation(by, held.partnership).pk)
    _open(held)
    held.state = PlanState.CLOSED if closed else PlanState.DROPPED
    held.ended_on, held.took = clock.today(), took.strip()
    saved(held)
    record_event(by=by, verb=Verb.ENDED, subject=held, partnership=held.partnership_id)
    return held


def _ours(row: SupportPlan, whose: UUID) -> None:
    if whose not in (row.organisation_id, row.owner_id, row.mentor_id):
        raise NotFound("There is no such plan of your organisation, nor one that it helps with.")


def _open(row: SupportPlan) -> None:
    if row.state != PlanState.OPEN:
        raise Refused("This plan has ended. Begin another for what is left.")


def _seated(partnership: Partnership, organisation: UUID) -> Organisation:
    held = PartnershipOrganisation.objects.on(clock.today()).filter(
        partnership=partnership, organisation=organisation).select_related("organisation").first()
    if held is None:
        raise NotFound("Choose an organisation of this partnership.")
    found: Organisation = held.organisation
    return found


def _training(partnership: Partnership, offer: UUID | None) -> Offer | None:
    if offer is None:
        return None
    found: Offer | None = Offer.objects.filter(partnership=partnership, pk=offer, ended=False).first()
    if found is None:
        raise NotFound("This training is not offered any more. Choose again.")
    return found
