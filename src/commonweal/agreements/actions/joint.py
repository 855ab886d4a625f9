"""An organisation proposes to do something together; others join, say what they need, or leave."""

from __future__ import annotations

from dataclasses import astuple

from django.db import models, transaction

from commonweal.agreements.models import JointMember, JointProposal
from commonweal.agreements.queries.joint import opportunity_for, words
from commonweal.core import clock
from commonweal.core.actions.recording import acting_organisation, acting_person, record_event, saved
from commonweal.core.errors import NotAllowed, Refused
from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require


class JointVerb(models.TextChoices):
    """The deeds of working together."""

    PROPOSED = "joint.proposed"
    JOINED = "joint.joined"
    LEFT = "joint.left"
    WITHDRAWN = "joint.withdrawn"


@transaction.atomic
def propose_joint(*, by: Viewer, partnership: Partnership, key: str, about: str) -> JointProposal:
    """What the agreements suggest, with its range of today; whoever proposes it leads and has joined.

    Where agreements of other partnerships count too, the range is not kept: their money is not this one's to show.
    """
    require(by, Permission.DISCUSS, partnership.pk)
    found = opportunity_for(by, partnership.pk, key)
    lead, shown = acting_organisation(by, partnership), found.elsewhere == 0 and found.whole is not None
    row = saved(JointProposal(
        partnership=partnership, key=key, kind=found.kind, service=found.service, title=found.title,
        about=about.strip(), rests_on=[one.title for one in found.agreements], lead=lead,
        low=found.whole.low if shown and found.whole else None,
        high=found.whole.high if shown and found.whole else None,
        shares=[list(astuple(one)) for one in found.shares] if shown else [],
        method=words()["version"] if shown else "", proposed_by=acting_person(by),
    ))
    saved(JointMember(partnership=partnership, proposal=row, organisation=lead))
    record_event(by=by, verb=JointVerb.PROPOSED, subject=row, partnership=partnership.pk)
    return row


@transaction.atomic
def join_proposal(*, by: Viewer, proposal: JointProposal, wants: str) -> JointMember:
    """For one's own organisation, with what it would need."""
    row = _held(by, proposal)
    organisation = acting_organisation(by, row.partnership)
    member = JointMember.objects.filter(proposal=row, organisation=organisation).first()
    member = member or JointMember(partnership_id=row.partnership_id, proposal=row, organisation=organisation)
    member.wants, member.left_on, member.joined_on = wants.strip(), None, clock.today()
    saved(member)
    record_event(by=by, verb=JointVerb.JOINED, subject=row, partnership=row.partnership_id)
    return member


@transaction.atomic
def leave_proposal(*, by: Viewer, proposal: JointProposal) -> None:
    """It binds nobody; whoever leads withdraws it instead."""
    row = _held(by, proposal)
    organisation = acting_organisation(by, row.partnership)
    if organisation.pk == row.lead_id:
        raise Refused("You lead this. Withdraw it instead.")
    member = row.members.filter(organisation=organisation, left_on=None).first()
    if member is not None:
        member.left_on = clock.today()
        saved(member)
        record_event(by=by, verb=JointVerb.LEFT, subject=row, partnership=row.partnership_id)


@transaction.atomic
def withdraw_proposal(*, by: Viewer, proposal: JointProposal) -> None:
    """By whoever leads it."""
    row = _held(by, proposal)
    if acting_organisation(by, row.partnership).pk != row.lead_id:
        raise NotAllowed("Whoever leads it withdraws it.")
    row.withdrawn_on = clock.today()
    saved(row)
    record_event(by=by, verb=JointVerb.WITHDRAWN, subject=row, partnership=row.partnership_id)


def _held(by: Viewer, proposal: JointProposal) -> JointProposal:
    require(by, Permission.DISCUSS, proposal.partnership_id)
    row: JointProposal = JointProposal.objects.select_for_update(of=("self",)).select_related("partnership").get(
        pk=proposal.pk)
    if row.withdrawn_on is not None:
        raise Refused("This proposal was withdrawn.")
    return row
