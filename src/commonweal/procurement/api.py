"""The procurement stage's part of the data interface: which rules apply, and what is often believed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema

from commonweal.core import clock
from commonweal.core.queries.partnerships import partnership_for
from commonweal.core.viewer import viewer_from
from commonweal.policy.myths import myths_about
from commonweal.policy.procurement_facts import Facts
from commonweal.policy.procurement_rules import answer
from commonweal.procurement.api_competing import router as competing_router
from commonweal.procurement.api_papers import router as papers_router
from commonweal.procurement.api_pipeline import router as pipeline_router
from commonweal.procurement.api_support import router as support_router
from commonweal.procurement.pages.commissions import sentence_of
from commonweal.procurement.pages.rules import NoticePoint, Point, RulesTold, rules_told
from commonweal.procurement.queries.commissions import CommissionCard, commissions_for
from commonweal.procurement.queries.consortium import brief_for, coverage_of

router = Router(tags=["Procurement"])
router.add_router("", competing_router)
router.add_router("", papers_router)
router.add_router("", support_router)
router.add_router("", pipeline_router)


class FactsIn(Schema):
    """What is known of a commission; leave out what is not. Pounds, and VAT as a rate such as 0.2."""

    begun: date | None = None
    nation: str | None = None
    buyer: str | None = None
    deal: str | None = None
    what: str | None = None
    net: Decimal | None = None
    vat_rate: Decimal | None = None
    years: Decimal | None = None
    spend: Decimal | None = None
    advertised: bool | None = None
    cross_border: bool | None = None
    engaged: bool | None = None
    ground: str = ""
    reserve: str = ""
    varying: bool = False
    market: bool = False


class PointOut(Schema):
    """Something the law says: where, since when, and how far that was checked."""

    words: str
    citation: str
    address: str
    since: str
    mark: str
    checked: bool


class NoticeOut(PointOut):
    """A notice: `standing` is due, if, ask or not."""

    code: str
    title: str
    standing: str


class LighterOut(Schema):
    """What would make it lighter, and what that spares."""

    words: str
    spares: str
    caution: str
    citation: str
    checked: bool


class RulesOut(Schema):
    """The answer; where something is missing or not covered, `determined` is false and `answer` says why."""

    answer: str
    determined: bool
    missing: list[str]
    settles: list[str]
    law: PointOut | None
    threshold: PointOut | None
    routes: list[PointOut]
    refusals: list[PointOut]
    notices: list[NoticeOut]
    other_notices: list[PointOut]
    times: list[PointOut]
    easier: list[PointOut]
    duties: list[PointOut]
    lighter: list[LighterOut]
    unchecked: list[str]
    as_at: date
    review_by: date


class MythOut(Schema):
    """What is believed, what is so, since when, and who says it."""

    number: int
    myth: str
    truth: str
    since: date
    source: str
    address: str
    checked: bool


class Refusal(Schema):
    """Why not, in a sentence."""

    detail: str


class AnsweredOut(Schema):
    """A need or an outcome that is answered, in the version that was read."""

    kind: str
    id: UUID
    title: str
    version: int
    agreed: bool


class CommissionOut(Schema):
    """A commission; `net` in pounds without VAT, `tier` the one chosen and `proposed` the lightest that fits."""

    id: UUID
    title: str
    purpose: str
    place: str
    buyer: str
    state: str
    deal: str
    net: Decimal | None
    years: Decimal | None
    engage_on: date | None
    starts_on: date | None
    answer: str
    missing: list[str]
    tier: int | None
    proposed: int | None
    why: list[str]
    reason: str
    answers: list[AnsweredOut]


@router.get("/partnerships/{partnership}/commissions",
            response={200: list[CommissionOut], 403: Refusal, 404: Refusal}, summary="What is to be commissioned")
def commissions(request: HttpRequest, partnership: UUID) -> list[CommissionOut]:
    """Every commission with what it answers, its tier and what is lacking; no person is named."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    return [_commission(card) for card in commissions_for(viewer, partnership)]


@router.get("/procurement/rules", response=RulesOut, summary="Which rules apply")
def which_rules(request: HttpRequest, told: Query[FactsIn]) -> RulesOut:
    """The answer to the facts that are given; open to everybody."""
    facts = Facts(**told.dict())
    return rules_out(rules_told(facts, answer(facts, on=clock.today())))


@router.get("/procurement/myths", response=list[MythOut], summary="What is often believed")
def procurement_myths(request: HttpRequest, q: str = "") -> list[MythOut]:
    """Those in which every word of `q` stands; all without it."""
    return [
        MythOut(number=one.number, myth=one.myth, truth=one.truth, since=one.since, source=one.citation,
                address=one.link, checked=one.checked)
        for one in myths_about(q[:100])
    ]


def rules_out(told: RulesTold) -> RulesOut:
    """An answer as data."""
    standings = (("due", told.publish), ("if", told.maybe), ("ask", told.unsaid), ("not", told.not_due))
    return RulesOut(
        answer=told.answer, determined=told.determined, missing=[name for name, _ in told.missing],
        settles=[name for name, _ in told.settles], law=_maybe(told.law), threshold=_maybe(told.threshold),
        routes=_points(told.routes), refusals=_points(told.refusals), times=_points(told.times),
        notices=[_notice(line, standing) for standing, lines in standings for line in lines],
        other_notices=_points(told.other_notices), easier=_points(told.easier), duties=_points(told.duties),
        lighter=[LighterOut(words=way.words, spares=way.spares, caution=way.caution, citation=way.point.citation,
                            checked=way.point.checked) for way in told.lighter],
        unchecked=list(told.unchecked), as_at=told.as_at, review_by=told.review_by,
    )


def _points(points: tuple[Point, ...]) -> list[PointOut]:
    return [PointOut.from_orm(point) for point in points]


def _maybe(point: Point | None) -> PointOut | None:
    return PointOut.from_orm(point) if point else None


def _notice(line: NoticePoint, standing: str) -> NoticeOut:
    held = {name: getattr(line.point, name) for name in PointOut.model_fields}
    return NoticeOut(code=line.code, title=line.title, standing=standing, **held)


def _commission(card: CommissionCard) -> CommissionOut:
    facts, proposal = card.facts, card.proposal
    return CommissionOut(
        id=card.id, title=card.title, purpose=card.purpose, place=card.place, buyer=card.buyer,
        state=card.state.value, deal=facts.deal or "", net=facts.net, years=facts.years,
        engage_on=card.engage_on, starts_on=card.starts_on, answer=sentence_of(card),
        missing=list(card.found.missing), tier=card.tier.number if card.tier else None,
        proposed=proposal.tier.number if proposal else None, why=list(proposal.why) if proposal else [],
        reason=card.tier_reason,
        answers=[AnsweredOut(kind=one.kind, id=one.id, title=one.title, version=one.number, agreed=one.agreed)
                 for one in card.answers],
    )


class CellOut(Schema):
    """One thing that is needed: hours a week, and how many the willing could cover (null: not worked out yet)."""

    what: str
    area: str
    hours: Decimal
    covered: float | None


class TeamsOut(Schema):
    """What teams are asked for, and what could be covered."""

    title: str
    buyer: str
    standards: list[str]
    most_partners: int | None
    exposure: Decimal
    cells: list[CellOut]


@router.get("/partnerships/{partnership}/teams/{commission}", response=TeamsOut, summary="What could be covered")
def team_coverage(request: HttpRequest, partnership: UUID, commission: UUID) -> TeamsOut:
    """Never by whom: teams are shown on their page to those who are willing."""
    viewer = viewer_from(request)
    partnership_for(viewer, partnership)
    card, found = brief_for(viewer, partnership, commission), coverage_of(viewer, partnership, commission)
    return TeamsOut(
        title=card.title, buyer=card.buyer, standards=list(card.standards), most_partners=card.partners,
        exposure=card.exposure, cells=[CellOut(
            what=line.what, area=line.area, hours=line.hours,
            covered=round(found.covered[line.id], 2) if found.known else None) for line in card.lines])
