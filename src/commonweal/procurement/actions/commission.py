"""Partners begin a commission, tell what is known of it, choose its tier, and move it on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models, transaction

from commonweal.core import clock
from commonweal.core.actions.recording import acting_organisation, acting_person, record_event, saved
from commonweal.core.errors import NotFound, Refused
from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import Viewer, require
from commonweal.needs.models import Need, NeedState, NeedVersion
from commonweal.policy.procurement_facts import Facts, not_an_answer
from commonweal.policy.procurement_rules import answer
from commonweal.policy.tiers import markets, tier_risks, tiers
from commonweal.priorities.models import Outcome, OutcomeState, OutcomeVersion
from commonweal.procurement.facts_of import facts_of, put_facts
from commonweal.procurement.models import Commission, CommissionAnswers, CommissionState
from commonweal.procurement.sizing import proposal_of

MOST = 200
NEXT = {
    CommissionState.COMING: (CommissionState.PREPARING, CommissionState.WITHDRAWN),
    CommissionState.PREPARING: (CommissionState.OPEN, CommissionState.COMING, CommissionState.WITHDRAWN),
    CommissionState.OPEN: (CommissionState.DECIDED, CommissionState.WITHDRAWN),
    CommissionState.DECIDED: (),
    CommissionState.WITHDRAWN: (CommissionState.COMING,),
}


class Verb(models.TextChoices):
    """The deeds of commissions."""

    BEGUN = "commission.begun"
    CHANGED = "commission.changed"
    TOLD = "commission.told"
    SIZED = "commission.sized"
    TIERED = "commission.tiered"
    MOVED = "commission.moved"


@dataclass(frozen=True, slots=True, kw_only=True)
class CommissionSaid:
    """What a commission is: `needs` and `outcomes` are identities."""

    title: str
    purpose: str
    place: str
    needs: tuple[UUID, ...] = ()
    outcomes: tuple[UUID, ...] = ()


@transaction.atomic
def begin_commission(*, by: Viewer, partnership: Partnership, said: CommissionSaid) -> Commission:
    """A new commission of the organisation that the person acts for."""
    require(by, Permission.RECORD_EVIDENCE, partnership.pk)
    list(Partnership.objects.select_for_update().filter(pk=partnership.pk))
    held = Commission.objects.filter(partnership=partnership)
    if held.count() >= MOST:
        raise Refused(f"There are {MOST} commissions here already. Ask whoever runs this installation.")
    standing = held.exclude(state=CommissionState.WITHDRAWN)
    if standing.filter(title=said.title.strip()).exists():
        raise Refused("There is a commission of this name already. Open it, or give this one another name.")
    row = saved(Commission(
        partnership=partnership, title=said.title.strip(), purpose=said.purpose.strip(), place=said.place.strip(),
        organisation=acting_organisation(by, partnership), begun_by=acting_person(by),
    ))
    _answer(by, row, said)
    record_event(by=by, verb=Verb.BEGUN, subject=row, partnership=partnership.pk)
    return row


@transaction.atomic
def change_commission(*, by: Viewer, commission: Commission, said: CommissionSaid) -> Commission:
    """Its name, purpose, place and what it answers."""
    row = _held(by, commission)
    row.title, row.purpose, row.place = said.title.strip(), said.purpose.strip(), said.place.strip()
    saved(row)
    _answer(by, row, said)
    record_event(by=by, verb=Verb.CHANGED, subject=row, partnership=row.partnership_id)
    return row


@transaction.atomic
def tell_facts(
    *, by: Viewer, commission: Commission, facts: Facts, engage_on: date | None = None,
    starts_on: date | None = None,
) -> Commission:
    """What the law is asked, and the two dates that suppliers wait for. A tier chosen before is chosen anew."""
    row = _held(by, commission)
    wrong = not_an_answer(facts)
    if wrong:
        raise Refused(wrong)
    put_facts(row, facts)
    row.engage_on, row.starts_on = engage_on, starts_on
    row.tier, row.tier_reason = None, ""
    saved(row)
    record_event(by=by, verb=Verb.TOLD, subject=row, partnership=row.partnership_id)
    return row


@transaction.atomic
def size_commission(*, by: Viewer, commission: Commission, risks: tuple[str, ...], able: str) -> Commission:
    """Its risks, and how able those are who could do it."""
    row = _held(by, commission)
    if able not in {one.key for one in markets()}:
        raise Refused("Say how many could do it.")
    strange = sorted(set(risks) - {one.key for one in tier_risks()})
    if strange:
        raise Refused(f"“{strange[0]}” is not one of the risks. Choose again.")
    row.risks, row.able = sorted(set(risks)), able
    row.tier, row.tier_reason = None, ""
    saved(row)
    record_event(by=by, verb=Verb.SIZED, subject=row, partnership=row.partnership_id)
    return row


@transaction.atomic
def choose_tier(*, by: Viewer, commission: Commission, tier: int, reason: str) -> Commission:
    """The tier proposed, or another lawful one with a reason: a heavier one costs bidders."""
    row = _held(by, commission)
    proposal = proposal_of(row, clock.today())
    if proposal is None:
        raise Refused("Say first what it is worth, when it begins, and how many could do it.")
    if tier not in {one.number for one in tiers()}:
        raise Refused("Choose one of the five tiers.")
    if tier < proposal.lowest:
        raise Refused(f"The law asks for more than tier {tier} here: {proposal.lowest} is the lightest.")
    if tier != proposal.tier.number and not reason.strip():
        which = "heavier" if tier > proposal.tier.number else "lighter"
        raise Refused(f"Say why it should be {which} than tier {proposal.tier.number}, which is proposed.")
    row.tier, row.tier_reason = tier, reason.strip()
    saved(row)
    record_event(by=by, verb=Verb.TIERED, subject=row, partnership=row.partnership_id, version=tier)
    return row


@transaction.atomic
def move_commission(*, by: Viewer, commission: Commission, to: CommissionState) -> Commission:
    """One step on, or back; it opens once its rules are known, none refuses it, and its tier is chosen."""
    row = _held(by, commission, ended=True)
    if to == row.state:
        return row
    now = CommissionState(row.state)
    if to not in NEXT[now]:
        raise Refused(f"It is {now.label.lower()}. It cannot become {to.label.lower()} from there.")
    if to == CommissionState.OPEN:
        _may_open(row)
    row.state = to
    saved(row)
    record_event(by=by, verb=Verb.MOVED, subject=row, partnership=row.partnership_id)
    return row


def _may_open(row: Commission) -> None:
    found = answer(facts_of(row), on=clock.today())
    if found.blocked:
        raise Refused(found.blocked)
    if found.missing:
        raise Refused(f"It cannot open yet: {', '.join(found.asks)}.")
    if found.of("refusal"):
        raise Refused(f"It cannot open as it stands: {found.of('refusal')[0].words}")
    if row.tier is None:
        raise Refused("Choose its tier first, so that nobody is asked for more than it needs.")


def _held(by: Viewer, commission: Commission, *, ended: bool = False) -> Commission:
    """The row, locked; one that is decided or withdrawn is changed no more."""
    require(by, Permission.RECORD_EVIDENCE, commission.partnership_id)
    row: Commission = Commission.objects.select_for_update().get(pk=commission.pk)
    if not ended and row.state in (CommissionState.DECIDED, CommissionState.WITHDRAWN, CommissionState.OPEN):
        raise Refused(f"It is {CommissionState(row.state).label.lower()}, so it is changed no more.")
    return row


def _answer(by: Viewer, row: Commission, said: CommissionSaid) -> None:
    """The needs and outcomes it answers, in their newest versions; those no longer asked for are set aside."""
    wanted: list[dict[str, Any]] = [
        *({"need": one} for one in _needs(by, row, said.needs)),
        *({"outcome": one} for one in _outcomes(by, row, said.outcomes)),
    ]
    held = {(one.need_id, one.outcome_id): one for one in row.answers.filter(removed=False)}
    keys = {(one["need"].pk if "need" in one else None, one["outcome"].pk if "outcome" in one else None): one
            for one in wanted}
    for key, link in held.items():
        if key not in keys:
            link.removed = True
            saved(link)
    for key, one in keys.items():
        if key not in held:
            saved(CommissionAnswers(partnership_id=row.partnership_id, commission=row, **one))


def _needs(by: Viewer, row: Commission, asked: tuple[UUID, ...]) -> list[NeedVersion]:
    rows = Need.objects.visible_to(by, Purpose.ASSESSMENT).exclude(state=NeedState.WITHDRAWN)
    rows = rows.filter(partnership=row.partnership_id, pk__in=set(asked))
    found = list(NeedVersion.objects.filter(identity__in=rows.values("pk")).latest_each())
    if len(found) != len(set(asked)):
        raise NotFound("One of these needs is not there any more, or was withdrawn. Choose again.")
    return found


def _outcomes(by: Viewer, row: Commission, asked: tuple[UUID, ...]) -> list[OutcomeVersion]:
    rows = Outcome.objects.visible_to(by, Purpose.ASSESSMENT).filter(
        partnership=row.partnership_id, pk__in=set(asked), state=OutcomeState.STANDS)
    found = list(OutcomeVersion.objects.filter(identity__in=rows.values("pk")).latest_each())
    if len(found) != len(set(asked)):
        raise NotFound("One of these outcomes is not there any more, or was withdrawn. Choose again.")
    return found
