"""Challenges as the council and whoever sent one see them whole; and what of them everybody reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from commonweal.core import clock
from commonweal.core.errors import NotFound
from commonweal.core.models import PartnershipOrganisation
from commonweal.core.permissions import Permission
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import Viewer, require
from commonweal.policy.challenging import Ground, challengers, ground, may_be_challenged
from commonweal.procurement.models import Challenge
from commonweal.procurement.models.challenge import Verdict


@dataclass(frozen=True, slots=True)
class ChallengeCard:
    """One challenge; `ours` where the viewer works for the council that must answer."""

    id: UUID
    authority: str
    body: str
    kind: str
    reach: str
    service: str
    difference: str
    able: str
    staff: str
    received_on: date
    answer_by: date
    verdict: str
    verdict_words: str
    ground: Ground | None
    change: str
    reasons: str
    decider: str
    decided_on: date | None
    begins_after: date | None
    begins_by: date | None
    commission: UUID | None
    competition: UUID | None
    ours: bool
    invented: bool

    @property
    def sentence(self) -> str:
        """How it stands, in a sentence."""
        if not self.verdict:
            late = " That day has passed." if clock.today() > self.answer_by else ""
            return f"{self.authority} answers by {self.answer_by:%-d %B %Y}.{late}"
        if self.verdict == Verdict.REJECTED:
            return f"{self.authority} turned it down."
        begun = "and a competition for everybody has begun" if self.commission else (
            f"and a competition for everybody begins between {self.begins_after:%-d %B %Y} "
            f"and {self.begins_by:%-d %B %Y}")
        return f"{self.authority} accepted it, {begun}."


def challenges_for(viewer: Viewer, partnership: UUID) -> tuple[ChallengeCard, ...]:
    """Those to the council one acts for, and those one's own organisation sent; what waits before all else."""
    partnership_for(viewer, partnership)
    require(viewer, Permission.BRING_EVIDENCE, partnership)
    cards = [_card(row, viewer) for row in _rows(viewer, partnership)]
    return tuple(sorted(cards, key=lambda one: bool(one.verdict)))


def challenge_for(viewer: Viewer, partnership: UUID, challenge: UUID) -> ChallengeCard:
    """One of them."""
    return _card(challenge_row(viewer, partnership, challenge), viewer)


def challenge_row(viewer: Viewer, partnership: UUID, challenge: UUID) -> Challenge:
    """The row, for an action; NotFound for all but the council and whoever sent it."""
    partnership_for(viewer, partnership)
    require(viewer, Permission.BRING_EVIDENCE, partnership)
    found: Challenge | None = _rows(viewer, partnership).filter(pk=challenge).first()
    if found is None:
        raise NotFound("There is no such challenge, or none of yours.")
    return found


def challenges_public(viewer: Viewer, *, invented: bool = False) -> tuple[ChallengeCard, ...]:
    """What was decided and why, for everybody, the newest first: nobody's own words or how to reach them."""
    rows = Challenge.objects.exclude(verdict="").filter(partnership__invented=invented)
    return tuple(_card(row, viewer) for row in _joined(rows).order_by("-decided_on", "id"))


def councils_of(viewer: Viewer, partnership: UUID) -> tuple[tuple[UUID, str], ...]:
    """Those of the partnership that can be challenged."""
    require(viewer, Permission.BRING_EVIDENCE, partnership)
    rows = PartnershipOrganisation.objects.on(clock.today()).filter(partnership=partnership).select_related(
        "organisation").order_by("organisation__name")
    return tuple((one.organisation_id, one.organisation.name) for one in rows
                 if may_be_challenged(one.organisation.kind))


def _rows(viewer: Viewer, partnership: UUID) -> Any:
    own = viewer.organisation_in(partnership)
    if own is None:
        return Challenge.objects.none()
    mine = Q(whose=own)
    if viewer.may(Permission.RECORD_EVIDENCE, partnership):
        mine |= Q(authority=own)
    return _joined(Challenge.objects.filter(mine, partnership=partnership))


def _joined(rows: Any) -> Any:
    return rows.select_related("authority", "commission__competition", "partnership")


def _card(row: Challenge, viewer: Viewer) -> ChallengeCard:
    commission = row.commission
    return ChallengeCard(
        row.pk, row.authority.name, row.body, next((one.name for one in challengers() if one.key == row.kind), ""),
        row.reach, row.service, row.difference, row.able, row.staff, row.received_on, row.answer_by, row.verdict,
        row.get_verdict_display(), ground(row.ground), row.change, row.reasons, row.decider, row.decided_on,
        row.begins_after, row.begins_by, row.commission_id,
        commission.competition.pk if commission and hasattr(commission, "competition") else None,
        viewer.may(Permission.RECORD_EVIDENCE, row.partnership_id)
        and viewer.organisation_in(row.partnership_id) == row.authority_id, row.partnership.invented)
