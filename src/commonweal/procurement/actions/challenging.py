"""A community challenges, the council decides with a reason, and what it accepts becomes a competition."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import models, transaction

from commonweal.core import clock
from commonweal.core.actions.recording import acting_organisation, acting_person, in_turn, record_event, saved
from commonweal.core.errors import NotAllowed, NotFound, Refused
from commonweal.core.models import Organisation, Partnership, PartnershipOrganisation
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.policy.challenging import challengers, ground, may_be_challenged, stale
from commonweal.procurement.actions.commission import CommissionSaid, begin_commission
from commonweal.procurement.models import Challenge, Commission
from commonweal.procurement.models.challenge import Verdict

MOST = 200
OURS = "Only people of the council that was challenged may do this."


class Verb(models.TextChoices):
    """The deeds of challenges."""

    CAME = "challenge.came"
    DECIDED = "challenge.decided"
    BEGUN = "challenge.competition_begun"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChallengeSaid:
    """An expression of interest as it was written, to which council, and by when that will answer."""

    authority: UUID
    body: str
    kind: str
    service: str
    difference: str
    able: str
    answer_by: date
    staff: str = ""
    reach: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictSaid:
    """What was decided, why, by whom; and, if accepted, between which days the competition begins."""

    verdict: str
    reasons: str
    decider: str
    ground: str = ""
    change: str = ""
    begins_after: date | None = None
    begins_by: date | None = None


@transaction.atomic
def receive_challenge(*, by: Viewer, partnership: Partnership, said: ChallengeSaid) -> Challenge:
    """Sent by a body of the partnership, or written down by the council it came to. Sent twice it is one."""
    require(by, Permission.BRING_EVIDENCE, partnership.pk)
    own = acting_organisation(by, partnership)
    in_turn(partnership)
    council = _council(partnership, said.authority)
    if own.pk == council.pk:
        require(by, Permission.RECORD_EVIDENCE, partnership.pk)
    if said.kind not in {one.key for one in challengers()}:
        raise Refused("Say what kind of body it is: others cannot challenge.")
    if said.kind == "staff" and not said.staff.strip():
        raise Refused("Staff who challenge say how they would talk with those whom it touches.")
    lacking = [name for name, words in (
        ("who", said.body), ("which service", said.service), ("what difference it would make", said.difference),
        ("why they are able", said.able)) if not words.strip()]
    if lacking:
        raise Refused(f"It does not say {lacking[0]}.")
    rows = Challenge.objects.filter(partnership=partnership, authority=council)
    held: Challenge | None = rows.filter(body=said.body.strip(), service=said.service.strip(), verdict="").first()
    if held is not None:
        return held
    if rows.count() >= MOST:
        raise Refused(f"{MOST} are kept here already. Write to the council instead.")
    made = saved(Challenge(
        partnership=partnership, authority=council, whose=None if own.pk == council.pk else own,
        body=said.body.strip(), kind=said.kind, reach=said.reach.strip(), service=said.service.strip(),
        difference=said.difference.strip(), able=said.able.strip(), staff=said.staff.strip(),
        received_on=clock.today(), answer_by=said.answer_by, recorded_by=acting_person(by)))
    record_event(by=by, verb=Verb.CAME, subject=made, partnership=partnership.pk)
    return made


@transaction.atomic
def decide_challenge(*, by: Viewer, challenge: Challenge, said: VerdictSaid) -> Challenge:
    """Accept it, accept it with a change they agreed to, or turn it down on a ground the law gives. Once."""
    row = _own(by, challenge)
    if row.verdict:
        raise Refused("It is decided already, and they were told.")
    old = stale(clock.today())
    if old:
        raise Refused(old)
    _sound(said)
    row.verdict, row.reasons, row.decider = said.verdict, said.reasons.strip(), said.decider.strip()
    row.ground = said.ground if said.verdict == Verdict.REJECTED else ""
    row.change = said.change.strip() if said.verdict == Verdict.CHANGED else ""
    row.decided_on = clock.today()
    if said.verdict != Verdict.REJECTED:
        row.begins_after, row.begins_by = said.begins_after, said.begins_by
    saved(row)
    record_event(by=by, verb=Verb.DECIDED, subject=row, partnership=row.partnership_id)
    return row


@transaction.atomic
def compete_for_challenged(*, by: Viewer, challenge: Challenge, said: CommissionSaid) -> Commission:
    """The competition that an acceptance sets off, for everybody who may bid, begun as any commission is."""
    row = _own(by, challenge)
    if row.verdict not in (Verdict.ACCEPTED, Verdict.CHANGED):
        raise Refused("Only a challenge that was accepted sets off a competition.")
    if row.commission is not None:
        raise Refused("Its competition is begun already.")
    made = begin_commission(by=by, partnership=row.partnership, said=said)
    row.commission = made
    saved(row)
    record_event(by=by, verb=Verb.BEGUN, subject=row, partnership=row.partnership_id)
    return made


def _sound(said: VerdictSaid) -> None:
    if said.verdict not in Verdict.values:
        raise Refused("Say whether it is accepted, accepted with a change, or turned down.")
    if not said.reasons.strip() or not said.decider.strip():
        raise Refused("Say why, and who decides: the reasons are published.")
    if said.verdict == Verdict.REJECTED and ground(said.ground) is None:
        raise Refused("It can be turned down on one of the grounds listed alone. Choose it.")
    if said.verdict == Verdict.CHANGED and not said.change.strip():
        raise Refused("Say which change they agreed to. Without their agreement it is accepted or turned down.")
    if said.verdict != Verdict.REJECTED and (said.begins_after is None or said.begins_by is None):
        raise Refused("Name the days between which the competition begins.")
    if said.begins_after is not None and said.begins_after < clock.today():
        raise Refused("The competition cannot have begun before it is decided.")


def _council(partnership: Partnership, authority: UUID) -> Organisation:
    seat = PartnershipOrganisation.objects.on(clock.today()).filter(
        partnership=partnership, organisation=authority).select_related("organisation").first()
    if seat is None or not may_be_challenged(seat.organisation.kind):
        raise NotFound("That is no council of the partnership that can be challenged. Choose again.")
    found: Organisation = seat.organisation
    return found


def _own(by: Viewer, challenge: Challenge) -> Challenge:
    """The row, locked, for people of the council."""
    require(by, Permission.RECORD_EVIDENCE, challenge.partnership_id)
    row: Challenge = Challenge.objects.select_for_update(of=("self",)).select_related(
        "partnership", "commission").get(pk=challenge.pk)
    if acting_organisation(by, row.partnership).pk != row.authority_id:
        raise NotAllowed(OURS)
    return row
