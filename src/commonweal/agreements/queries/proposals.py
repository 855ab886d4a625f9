"""Proposals to do something together, as their partnership sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from commonweal.agreements.models import JointProposal
from commonweal.agreements.queries.joint import Share, words
from commonweal.core.errors import NotFound
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer, require


@dataclass(frozen=True, slots=True)
class Joined:
    """One organisation that joined."""

    name: str
    wants: str
    since: date
    mine: bool


@dataclass(frozen=True, slots=True)
class ProposalView:
    """One proposal with its range as it stood, and who joined."""

    id: UUID
    title: str
    about: str
    lead: str
    proposed_on: date
    rests_on: tuple[str, ...]
    low: int | None
    high: int | None
    shares: tuple[Share, ...]
    method: str
    joined: tuple[Joined, ...]
    may_join: bool
    leads: bool
    withdrawn: bool

    @property
    def years(self) -> int:
        """Over how many years it was costed; nought where it was not."""
        return max((told.get("years", 0) for told in words()["kinds"].values()), default=0) if self.method else 0


def proposals_for(viewer: Viewer, partnership: UUID) -> tuple[ProposalView, ...]:
    """Those that stand, newest first."""
    require(viewer, Permission.VIEW_EVIDENCE, partnership)
    rows = JointProposal.objects.visible_to(viewer, Purpose.PLANNING).filter(
        partnership=partnership, withdrawn_on=None).order_by("-proposed_on", "-id")
    return tuple(_view(viewer, row) for row in rows.select_related("lead"))


def proposal_row(viewer: Viewer, partnership: UUID, proposal: UUID) -> JointProposal:
    """The record, for an action."""
    rows = JointProposal.objects.visible_to(viewer, Purpose.PLANNING).filter(partnership=partnership, pk=proposal)
    found: JointProposal | None = rows.select_related("lead").first()
    if found is None:
        raise NotFound("There is no such proposal, or none that you may see.")
    return found


def proposal_for(viewer: Viewer, partnership: UUID, proposal: UUID) -> ProposalView:
    """One of them."""
    return _view(viewer, proposal_row(viewer, partnership, proposal))


def _view(viewer: Viewer, row: JointProposal) -> ProposalView:
    acted = viewer.organisation_in(row.partnership_id)
    joined = tuple(
        Joined(one.organisation.name, one.wants, one.joined_on, one.organisation_id == acted)
        for one in row.members.filter(left_on=None).select_related("organisation").order_by("joined_on", "id")
    )
    may = viewer.may(Permission.DISCUSS, row.partnership_id) and row.withdrawn_on is None
    return ProposalView(
        row.pk, row.title, row.about, row.lead.name, row.proposed_on, tuple(row.rests_on),
        None if row.low is None else int(row.low), None if row.high is None else int(row.high),
        tuple(Share(*one) for one in row.shares), row.method, joined,
        may and not any(one.mine for one in joined), may and acted == row.lead_id, row.withdrawn_on is not None,
    )
