"""Delivery vehicles, appraisals and agreements as data."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import viewer_from
from commonweal.options.api_money import MoneyRefusal, MoneyTold, told_out
from commonweal.options.pages.appraisal import appraisal_told
from commonweal.options.queries.agreements import agreements_for
from commonweal.options.queries.appraisal import appraisal_for, appraisals_for, money_of
from commonweal.options.queries.choice import StoodOn, choices_for
from commonweal.options.queries.full_runs import full_of
from commonweal.policy.delivery_vehicles import Claim, Source, catalogue

router = Router(tags=["Options"])


class VehicleSource(Schema):
    """Where it is written, and on which day it was read where that is kept."""

    title: str
    address: str
    read_on: date | None


class ClaimOut(Schema):
    """What is said, how far it was checked, and where it is written."""

    says: str
    checked: str
    sources: list[VehicleSource]


class VehicleOut(Schema):
    """One way to run or change a service."""

    key: str
    kind: str
    title: str
    says: str
    services: list[str]
    needs: list[str]
    suits: list[str]
    risks: list[str]
    vat: ClaimOut
    rates: ClaimOut
    award: ClaimOut
    sources: list[VehicleSource]
    as_at: date


class AppraisalRow(Schema):
    """A question, and its answer so far."""

    id: UUID
    title: str
    question: str
    service: str
    options: list[str]
    answer: str
    missing: list[str]
    decided: bool


class StandsOnOut(Schema):
    """A need or an outcome, in the version it was decided on."""

    id: UUID
    title: str
    version: int
    agreed: bool | None = None      # of a need: whether the partners had agreed it then, where that was kept


class ChoiceOut(Schema):
    """A decision between options: what a specification is written on."""

    id: UUID
    version_id: UUID
    version: int
    appraisal: UUID
    title: str
    question: str
    service: str
    where: str
    option: str
    vehicle: str
    description: str
    body: str
    decided_on: date
    reasons: str
    conditions: str
    needs: list[StandsOnOut]
    outcomes: list[StandsOnOut]
    fingerprint: str


class PaidOut(Schema):
    """What is paid in a financial year."""

    year: str
    pounds: Decimal
    vat: str


class AgreementOut(Schema):
    """An agreement of the register."""

    id: UUID
    title: str
    service: str
    form: str
    begins: date
    ends: date | None
    regime: str
    parties: list[str]
    paid: list[PaidOut]
    source: str


REFUSES = {403: MoneyRefusal, 404: MoneyRefusal}


@router.get("/partnerships/{partnership}/appraisals", response={200: list[AppraisalRow], **REFUSES},
            summary="Questions about services, and their answers so far")
def appraisals(request: HttpRequest, partnership: UUID) -> list[AppraisalRow]:
    """Every appraisal that the asker sees."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    return [
        AppraisalRow(
            id=one.id, title=one.title, question=one.question, service=one.service,
            options=[each.title for each in one.short], answer=one.result.robust.answer if one.result else "",
            missing=list(one.missing), decided=one.choice is not None,
        ) for one in appraisals_for(viewer, partnership)
    ]


@router.get("/partnerships/{partnership}/appraisals/{appraisal}", response={200: MoneyTold, **REFUSES},
            summary="Which option wins under which weights")
def appraisal_one(request: HttpRequest, partnership: UUID, appraisal: UUID) -> MoneyTold:
    """An appraisal, sentence by sentence and table by table."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    found = appraisal_for(viewer, partnership, appraisal)
    return told_out(appraisal_told(found, *money_of(viewer, partnership, found), full_of(found)))


@router.get("/partnerships/{partnership}/choices", response={200: list[ChoiceOut], **REFUSES},
            summary="Options that were chosen, and what they stand on")
def choices(request: HttpRequest, partnership: UUID) -> list[ChoiceOut]:
    """The newest version of every decision between options."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    return [
        ChoiceOut(
            id=one.id, version_id=one.version_id, version=one.number, appraisal=one.appraisal, title=one.title,
            question=one.question, service=one.service, where=one.where, option=one.option,
            vehicle=one.vehicle.key if one.vehicle else "", description=one.description, body=one.body,
            decided_on=one.decided_on, reasons=one.reasons, conditions=one.conditions, fingerprint=one.digest,
            needs=[_stood(each) for each in one.needs], outcomes=[_stood(each) for each in one.outcomes],
        ) for one in choices_for(viewer, partnership)
    ]


@router.get("/partnerships/{partnership}/agreements", response={200: list[AgreementOut], **REFUSES},
            summary="Agreements that run")
def agreements(request: HttpRequest, partnership: UUID) -> list[AgreementOut]:
    """The register."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    return [
        AgreementOut(
            id=one.id, title=one.title, service=one.service, form=one.form, begins=one.begins, ends=one.ends,
            regime=one.regime, parties=[f"{name}: {part.lower()}" for name, part in one.parties],
            paid=[PaidOut(year=year, pounds=pounds, vat=vat) for year, pounds, vat in one.years],
            source=one.source,
        ) for one in agreements_for(viewer, partnership)
    ]


@router.get("/delivery-vehicles", response=list[VehicleOut], summary="Ways to run a service, and to change it")
def delivery_vehicles(request: HttpRequest, service: str = "") -> list[VehicleOut]:
    """Every row, or those for one service; what nobody checked says so."""
    held = catalogue()
    return [
        VehicleOut(
            key=row.key, kind=row.kind.value, title=row.title, says=row.says, services=list(row.services),
            needs=list(row.needs), suits=list(row.suits), risks=list(row.risks), vat=_claim(row.vat),
            rates=_claim(row.rates), award=_claim(row.award), as_at=held.as_at,
            sources=_sources(row.sources),
        )
        for row in held.fitting(service)
    ]


def _claim(claim: Claim) -> ClaimOut:
    return ClaimOut(says=claim.says, checked=claim.standing, sources=_sources(claim.sources))


def _stood(one: StoodOn) -> StandsOnOut:
    return StandsOnOut(id=one.id, title=one.title, version=one.number, agreed=one.agreed)


def _sources(held: tuple[Source, ...]) -> list[VehicleSource]:
    return [VehicleSource(title=one.title, address=one.where, read_on=one.checked) for one in held]
