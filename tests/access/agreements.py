"""The register of agreements: read by all who see evidence, written by those who work."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tests.access.appraisal import agreement, contract
from tests.access.line import DATA, LOGIN, MEMBERS, SEEING, WORKERS, Line, partnership
from tests.world import World

from commonweal.agreements.actions.measures import MeasureSaid, set_measure
from commonweal.agreements.actions.terms import RiskSaid, keep_paper, share_risk, watch_day
from commonweal.agreements.models import AgreementDay, AgreementPaper, Measure, RegisterDraft, RiskShare
from commonweal.core.viewer import viewer_of

READ = MEMBERS - {"provider"}
RISK = RiskSaid(title="Income", of="income", collar=Decimal(1), cap=Decimal(2), shared=Decimal(1),
                beyond=Decimal(0), source="Schedule")
SAID = MeasureSaid(title="Visits", what="Visits counted.", unit="visits", kind="use", adds="sum", every="quarter")


def measure(world: World) -> dict[str, object]:
    row = Measure.objects.filter(partnership=world.partnership).first() or set_measure(
        by=viewer_of(world.admin()), agreement=contract(world), said=SAID)
    return {**partnership(world), "measure": row.pk}


def term(world: World) -> dict[str, object]:
    row = AgreementDay.objects.filter(partnership=world.partnership).first() or watch_day(
        by=viewer_of(world.admin()), agreement=contract(world), kind="break", day=date(2030, 1, 1))
    return {**partnership(world), "kind": "day", "term": row.pk}


def risk(world: World) -> dict[str, object]:
    row = RiskShare.objects.filter(partnership=world.partnership).first() or share_risk(
        by=viewer_of(world.admin()), agreement=contract(world), said=RISK)
    return {**partnership(world), "share": row.pk}


def paper(world: World) -> dict[str, object]:
    row = AgreementPaper.objects.filter(partnership=world.partnership).first() or keep_paper(
        by=viewer_of(world.admin()), agreement=contract(world), title="Signed", name="a.pdf", content=b"%PDF-1")
    return {**partnership(world), "paper": row.pk}


def draft(world: World) -> dict[str, object]:
    row = RegisterDraft.objects.filter(partnership=world.partnership).first() or RegisterDraft.objects.create(
        partnership=world.partnership, name="r.csv", headings=["Title"], rows=[[2, ["Dance"]]])
    return {**partnership(world), "draft": row.pk}


TABLE = [
    Line("agreements:register-bring", DATA, 200, partnership),
    Line("agreements:register-bring", DATA, 200, partnership, "post"),
    Line("agreements:register-columns", DATA, 200, draft),
    Line("agreements:register-columns", DATA, 200, draft, "post"),
    Line("agreements:register-file", READ, 200, lambda world: {**partnership(world), "kind": "csv"}),
    Line("agreements:terms", READ, 200, agreement, seen_by=READ),
    Line("agreements:term-add", WORKERS, 200, lambda world: {**agreement(world), "kind": "risk"}, seen_by=READ),
    Line("agreements:term-add", WORKERS, 200, lambda world: {**agreement(world), "kind": "day"}, "post",
         seen_by=READ),
    Line("agreements:term-year", WORKERS, 200, risk, seen_by=READ),
    Line("agreements:term-year", WORKERS, 200, risk, "post", seen_by=READ),
    Line("agreements:term-correct", WORKERS, 200, term, seen_by=READ),
    Line("agreements:term-correct", WORKERS, 200, term, "post", seen_by=READ),
    Line("agreements:term-remove", LOGIN, 405, term),
    Line("agreements:term-remove", WORKERS, 302, term, "post", {"done": "yes"}, seen_by=READ),
    Line("agreements:term-paper", READ, 200, paper, seen_by=READ),
    Line("agreements:register", READ, 200, partnership),
    Line("agreements:agreement", READ, 200, agreement, seen_by=READ),
    Line("agreements:origin", WORKERS, 200, agreement, seen_by=READ),
    Line("agreements:origin", WORKERS, 302, agreement, "post", seen_by=READ),
    Line("agreements:answers", WORKERS, 200, agreement, seen_by=READ),
    Line("agreements:answers", WORKERS, 302, agreement, "post", seen_by=READ),
    Line("agreements:measure-set", WORKERS, 200, agreement, seen_by=READ),
    Line("agreements:measure-set", WORKERS, 200, agreement, "post", {"title": ""}, seen_by=READ),
    Line("agreements:measure-change", WORKERS, 200, measure, seen_by=READ),
    Line("agreements:measure-change", WORKERS, 200, measure, "post", {"title": ""}, seen_by=READ),
    Line("agreements:measure-drop", WORKERS, 200, measure, seen_by=READ),
    Line("agreements:measure-drop", WORKERS, 200, measure, "post", {"because": ""}, seen_by=READ),
    Line("agreements:measure-take-up", LOGIN, 405, measure),
    Line("agreements:measure-take-up", WORKERS, 302, measure, "post", seen_by=READ),
    Line("api:agreement_measures", SEEING, 200, partnership),
]
