"""A buyer says what teams are asked for; providers say that they would be in one, or withdraw."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db import models, transaction

from commonweal.core.actions.recording import acting_organisation, in_turn, record_event, saved
from commonweal.core.errors import NotAllowed, Refused
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.procurement.models import BriefLine, Commission, CommissionState, TeamBrief, Willing
from commonweal.procurement.models.consortium import CLOSED
from commonweal.providers.actions.profile import own_provider

MOST_LINES = 2_400


class Verb(models.TextChoices):
    """The deeds of teams."""

    ASKED = "teams.brief_written"
    WILLING = "teams.willing"
    WITHDREW = "teams.withdrew"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One thing that is needed: what, for whom, where, hours a week."""

    capability: str
    area: str
    hours: Decimal
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefSaid:
    """What teams are asked for, and within which limits."""

    cells: tuple[Cell, ...]
    standards: tuple[str, ...] = ()
    partners: int | None = None
    exposure: Decimal = Decimal("0.5")
    joining: Decimal = Decimal(500)
    weeks: int = 40
    arrears: int = 3
    lead_turnover: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WillingSaid:
    """How much one could do, of which cells, at what price."""

    lines: tuple[UUID, ...]
    hours: Decimal
    price: Decimal
    turnover: Decimal
    leads: bool = False
    conflict: str = ""


@transaction.atomic
def write_brief(*, by: Viewer, commission: Commission, said: BriefSaid) -> TeamBrief:
    """What is needed, by whoever commissions; answers given to other words before are withdrawn with them."""
    require(by, Permission.RECORD_EVIDENCE, commission.partnership_id)
    in_turn(commission.partnership)
    if acting_organisation(by, commission.partnership).pk != commission.organisation_id:
        raise NotAllowed("Only people of the organisation that commissions this can say what it takes.")
    if commission.state in (*CLOSED, CommissionState.OPEN):
        raise Refused("Bidders rely on what stands, so it is changed no more.")
    if not 1 <= len(said.cells) <= MOST_LINES:
        raise Refused(f"Give between one and {MOST_LINES:,} combinations of what, for whom and where.")
    row = TeamBrief.objects.filter(commission=commission).first() or TeamBrief(
        partnership_id=commission.partnership_id, commission=commission)
    for name in ("partners", "exposure", "joining", "weeks", "arrears", "lead_turnover"):
        setattr(row, name, getattr(said, name))
    row.standards = list(said.standards)
    saved(row)
    row.willing.all().delete()
    row.lines.all().delete()
    for position, cell in enumerate(said.cells):
        saved(BriefLine(
            partnership_id=row.partnership_id, brief=row, position=position, capability=cell.capability,
            group=cell.group, area=cell.area, hours=cell.hours))
    record_event(by=by, verb=Verb.ASKED, subject=row, partnership=row.partnership_id)
    return row


@transaction.atomic
def say_willing(*, by: Viewer, brief: TeamBrief, said: WillingSaid) -> Willing:
    """One's own organisation would be in a team; whoever buys cannot be, nor whoever has a conflict."""
    require(by, Permission.BRING_EVIDENCE, brief.partnership_id)
    in_turn(brief.partnership)
    whose = acting_organisation(by, brief.partnership)
    if whose.pk == brief.commission.organisation_id:
        raise Refused("Your organisation commissions this, so it cannot be in a team that bids for it.")
    if brief.commission.state in CLOSED:
        raise Refused("This commission is over. Teams are no longer looked for.")
    chosen = list(brief.lines.filter(pk__in=said.lines))
    if not chosen:
        raise Refused("Choose at least one thing that you can do, and one place where.")
    own_provider(by, brief.partnership)
    row = Willing.objects.filter(brief=brief, organisation=whose).first() or Willing(
        partnership_id=brief.partnership_id, brief=brief, organisation=whose)
    for name in ("hours", "price", "turnover", "leads", "conflict"):
        setattr(row, name, getattr(said, name))
    row.stands = True
    saved(row)
    row.lines.set(chosen)
    record_event(by=by, verb=Verb.WILLING, subject=row, partnership=brief.partnership_id)
    return row


@transaction.atomic
def withdraw(*, by: Viewer, brief: TeamBrief) -> None:
    """One's own organisation is in no team any more."""
    require(by, Permission.BRING_EVIDENCE, brief.partnership_id)
    row = Willing.objects.filter(brief=brief, organisation=acting_organisation(by, brief.partnership)).first()
    if row is None:
        raise Refused("Your organisation had not said that it is willing.")
    row.stands = False
    saved(row)
    record_event(by=by, verb=Verb.WITHDREW, subject=row, partnership=brief.partnership_id)
