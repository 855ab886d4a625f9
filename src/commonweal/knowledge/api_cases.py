"""Case studies as data, read only."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router, Schema

from commonweal.core.viewer import viewer_from
from commonweal.knowledge.cases import Case
from commonweal.knowledge.queries.cases import Wanted, case_for, cases_for

router = Router(tags=["Case studies"])


class CaseRefusal(Schema):
    """Why not, in a sentence."""

    detail: str


class ResultOut(Schema):
    """One result; `n` is null where what it rests on is not published."""

    says: str
    n: str | None


class CaseOut(Schema):
    """One case; what is null or empty is not known."""

    key: str
    title: str
    place: str
    kind_of_place: str
    codes: list[str]
    years: str
    services: list[str]
    needs: list[str]
    vehicle: str | None
    step: str
    answer: str
    needed: str | None
    did: list[str]
    money: str | None
    results: list[ResultOut]
    failed: list[str]
    contact: str | None
    known: str
    not_known: list[str]
    lessons: list[str]
    source: str
    source_address: str
    source_read: str
    checked: str
    invented: bool


@router.get("/cases", response=list[CaseOut], summary="What others did")
def library_cases(
    request: HttpRequest, q: str = "", place: str = "", service: str = "", need: str = "", vehicle: str = "",
    step: str = "",
) -> list[CaseOut]:
    """Case studies, those with most known first; each parameter narrows."""
    wanted = Wanted(q[:100], place, service, need, vehicle, step)
    return [case_out(one) for one in cases_for(viewer_from(request), wanted)]


@router.get("/cases/{key}", response={200: CaseOut, 404: CaseRefusal}, summary="One case study")
def library_case(request: HttpRequest, key: str) -> CaseOut:
    """One case by its key."""
    return case_out(case_for(viewer_from(request), key))


def case_out(case: Case) -> CaseOut:
    """A case as data."""
    return CaseOut(
        key=case.key, title=case.title, place=case.place, kind_of_place=case.kind, codes=list(case.codes),
        years=case.years, services=list(case.services), needs=list(case.needs), vehicle=case.vehicle,
        step=case.step, answer=case.answer, needed=case.needed, did=list(case.did), money=case.money,
        results=[ResultOut(says=one.says, n=one.n) for one in case.results], failed=list(case.failed),
        contact=case.contact, known=case.known, not_known=list(case.missing), lessons=list(case.lessons),
        source=case.source.title, source_address=case.source.where, source_read=case.source.standing,
        checked=case.checked, invented=case.invented,
    )
