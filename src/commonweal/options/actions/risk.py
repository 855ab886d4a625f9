"""People set out a contract, how risk in it is shared, who might run it, and what may go wrong."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from decimal import Decimal

from django.db import models, transaction

from commonweal.core.actions.recording import record_event, saved
from commonweal.core.errors import Refused
from commonweal.core.models import Partnership
from commonweal.core.permissions import Permission
from commonweal.core.viewer import Viewer, require
from commonweal.options.models import CaseLine, CaseParty, ContractCase, Risk, SharingRule
from commonweal.options.money_content import case_kinds, named, risk_kinds

MOST_RISKS = 40


class Verb(models.TextChoices):
    """The deeds of contracts whose risk is shared."""

    BEGUN = "contract-risk.begun"
    CHANGED = "contract-risk.changed"
    RISK_ADDED = "risk.added"
    RISK_CHANGED = "risk.changed"
    RISK_REMOVED = "risk.removed"


@dataclass(frozen=True, slots=True)
class CaseSaid:
    """The contract and its rule; shares in per cent, pounds a year."""

    title: str
    years: int
    rule: str
    margin: Decimal = Decimal(0)
    collar: Decimal = Decimal(0)
    cap: Decimal = Decimal(0)
    shared: int = 50
    beyond: int = 0
    limit: int = 5
    gains: int | None = None


@dataclass(frozen=True, slots=True)
class LinePlanned:
    """A line as planned; costs are given above 0."""

    kind: str
    pounds: Decimal
    yearly: Decimal
    off: Decimal = Decimal(0)
    passed: bool = False


@dataclass(frozen=True, slots=True)
class PartyHas:
    """Who might run it, and what they have put by."""

    kind: str
    reserves: Decimal
    least: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class RiskSaid:
    """One line of the register; chance in per cent a year, costs in pounds."""

    kind: str
    title: str
    bearer: str
    chance: Decimal
    least: Decimal
    likely: Decimal
    most: Decimal
    control: str
    watches: str
    why: str = ""


@transaction.atomic
def begin_case(
    *, by: Viewer, partnership: Partnership, said: CaseSaid, lines: Sequence[LinePlanned],
    parties: Sequence[PartyHas], seed: int | None = None,
) -> ContractCase:
    """Set out a contract; its seed is drawn now and kept."""
    require(by, Permission.RECORD_EVIDENCE, partnership.pk)
    drawn = secrets.randbelow(2**31 - 1) if seed is None else seed
    case = saved(ContractCase(partnership=partnership, seed=drawn, **asdict(_whole(said))))
    _fill(case, lines, parties)
    record_event(by=by, verb=Verb.BEGUN, subject=case, partnership=partnership.pk)
    return case


@transaction.atomic
def change_case(
    *, by: Viewer, case: ContractCase, said: CaseSaid, lines: Sequence[LinePlanned], parties: Sequence[PartyHas]
) -> ContractCase:
    """Set it out anew; its seed stays, so that a change of rule is seen and not chance."""
    held = _own(by, case)
    for name, value in asdict(_whole(said)).items():
        setattr(held, name, value)
    saved(held)
    held.lines.all().delete()
    held.parties.all().delete()
    _fill(held, lines, parties)
    record_event(by=by, verb=Verb.CHANGED, subject=held, partnership=held.partnership_id)
    return held


@transaction.atomic
def add_risk(*, by: Viewer, case: ContractCase, said: RiskSaid) -> Risk:
    """Put something that may go wrong on the register. The same again gives what is there."""
    held = _own(by, case)
    same: Risk | None = held.risks.filter(**asdict(said)).first()
    if same is not None:
        return same
    if held.risks.count() >= MOST_RISKS:
        raise Refused(f"A register of {MOST_RISKS} risks is full. Join some that are alike: nobody reads more.")
    _sound_risk(said)
    made = saved(Risk(partnership_id=held.partnership_id, case=held, **asdict(said)))
    record_event(by=by, verb=Verb.RISK_ADDED, subject=made, partnership=held.partnership_id)
    return made


@transaction.atomic
def change_risk(*, by: Viewer, risk: Risk, said: RiskSaid) -> Risk:
    """Say it anew, or place it with another."""
    _own(by, risk.case)
    _sound_risk(said)
    for name, value in asdict(said).items():
        setattr(risk, name, value)
    saved(risk)
    record_event(by=by, verb=Verb.RISK_CHANGED, subject=risk, partnership=risk.partnership_id)
    return risk


@transaction.atomic
def remove_risk(*, by: Viewer, risk: Risk) -> None:
    """Take it off the register."""
    _own(by, risk.case)
    record_event(by=by, verb=Verb.RISK_REMOVED, subject=risk, partnership=risk.partnership_id)
    risk.delete()


def _own(by: Viewer, case: ContractCase) -> ContractCase:
    require(by, Permission.RECORD_EVIDENCE, case.partnership_id)
    held: ContractCase = ContractCase.objects.select_for_update().get(pk=case.pk)
    return held


def _whole(said: CaseSaid) -> CaseSaid:
    """Only what its rule asks for; Refused where that is missing."""
    nothing = Decimal(0)
    if said.rule == SharingRule.CAP:
        if not said.cap:
            raise Refused("Say up to how much a year the operator bears a loss: the cap is above 0.")
        return replace(said, collar=nothing, gains=None)
    if said.rule == SharingRule.COLLAR:
        if not said.collar:
            raise Refused("Say up to how much a year, either way, is the operator's own: the collar is above 0.")
        return replace(said, cap=said.collar, gains=None)
    return said


def _fill(case: ContractCase, lines: Sequence[LinePlanned], parties: Sequence[PartyHas]) -> None:
    if not any(one.pounds for one in lines):
        raise Refused("Give at least one line of income or cost: without any there is nothing to draw.")
    if not parties:
        raise Refused("Say for at least one who might run it what it has put by: 0 where it has nothing.")
    if case.rule == SharingRule.BANDS and not case.cap:
        raise Refused("Say up to how much a year is shared: the cap is above 0.")
    if case.rule == SharingRule.PASSED and not any(one.passed for one in lines if one.pounds):
        raise Refused("Mark at least one line as passed through to the council, or choose a fixed price.")
    for line in lines:
        kind = case_kinds().get(line.kind)
        if kind is None:
            raise Refused("There is no such line of a contract.")
        held = asdict(line) | {"pounds": line.pounds * kind.sign}
        saved(CaseLine(partnership_id=case.partnership_id, case=case, **held))
    for party in parties:
        if party.kind not in {one.key for one in named("risks", "parties")}:
            raise Refused("There is no such kind of body.")
        saved(CaseParty(partnership_id=case.partnership_id, case=case, **asdict(party)))


def _sound_risk(said: RiskSaid) -> None:
    kind = risk_kinds().get(said.kind)
    if kind is None:
        raise Refused("There is no such kind of risk. Choose one of the list.")
    if said.bearer != kind.best and not said.why:
        best = next(one.title for one in named("risks", "bearers") if one.key == kind.best)
        raise Refused(f"As a rule this is best carried by: {best.lower()}. Say why it is placed elsewhere.")
