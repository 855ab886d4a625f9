"""What an agreement's provider is asked to return is laid down; heavier than its tier takes a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from commonweal.core.actions.recording import record_event, saved
from commonweal.core.errors import Refused
from commonweal.core.models import Organisation
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.measures.models import ReturnPlan
from commonweal.measures.models.verbs import Verb
from commonweal.measures.sizing import proposed_tier_of
from commonweal.options.models import Agreement
from commonweal.policy.returns import return_tiers

MOST_PARTS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSaid:
    """What a plan says; `groups` and `areas` as pairs of key and title."""

    tier: int
    every: int
    begins: date
    difference: str
    provider_name: str
    ends: date | None = None
    tier_reason: str = ""
    provider: Organisation | None = None
    place: str = ""
    groups: tuple[tuple[str, str], ...] = ()
    areas: tuple[tuple[str, str], ...] = ()
    contact_name: str = ""
    contact_email: str = ""
    contact_phone: str = ""


@transaction.atomic
def plan_returns(*, by: Viewer, agreement: Agreement, said: PlanSaid) -> ReturnPlan:
    """Lay down what returns an agreement asks for, or change it: returns that are open keep what they asked."""
    require(by, Permission.RECORD_EVIDENCE, agreement.partnership_id)
    held = ReturnPlan.objects.select_for_update().filter(agreement=agreement).first()
    row = held or ReturnPlan(partnership_id=agreement.partnership_id, agreement=agreement)
    _proportionate(agreement, said)
    _whole(said)
    for name in ("tier", "every", "begins", "ends", "provider"):
        setattr(row, name, getattr(said, name))
    for name in ("tier_reason", "difference", "provider_name", "place", "contact_name", "contact_email",
                 "contact_phone"):
        setattr(row, name, getattr(said, name).strip())
    row.groups, row.areas = _parts(row.groups, said.groups), _parts(row.areas, said.areas)
    saved(row)
    record_event(by=by, verb=Verb.PLAN_CHANGED if held else Verb.PLANNED, subject=row,
                 partnership=row.partnership_id)
    return row


def _parts(held: list[list[str]], said: tuple[tuple[str, str], ...]) -> list[list[str]]:
    """A part that stays keeps its key, wherever it stands now, for answers are kept under it."""
    before = {title: key for key, title in held}
    taken = {before[title] for _, title in said if title in before}
    found = []
    for wanted, title in said:
        key = before.get(title, wanted)
        while title not in before and key in taken:
            key += "-new"
        taken.add(key)
        found.append([key, title])
    return found


def _proportionate(agreement: Agreement, said: PlanSaid) -> None:
    if said.tier not in range(1, len(return_tiers()) + 1):
        raise Refused("A tier is one of five.")
    proposal = proposed_tier_of(agreement)
    heavier = said.tier > proposal.tier or said.every < return_tiers()[said.tier - 1].every
    if heavier and not said.tier_reason.strip():
        raise Refused(f"This asks more than tier {proposal.tier}, which fits. Say why it should be heavier.")


def _whole(said: PlanSaid) -> None:
    if max(len(said.groups), len(said.areas)) > MOST_PARTS:
        raise Refused(f"Ask about {MOST_PARTS} groups or neighbourhoods at most.")
    if not said.difference.strip():
        raise Refused("Say what difference it should make, as those who took part would say it.")
