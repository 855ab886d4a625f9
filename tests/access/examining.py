"""The examination of an agreement: read by all who see evidence, written by those who work."""

from __future__ import annotations

from tests.access.agreements import READ
from tests.access.appraisal import agreement, contract
from tests.access.line import LOGIN, WORKERS, Line, partnership
from tests.world import World

from commonweal.agreements.actions.examining import choose_way
from commonweal.agreements.actions.terms import ClauseSaid, add_clause
from commonweal.agreements.models import Clause, PlanStep
from commonweal.core.viewer import viewer_of


def file(world: World) -> dict[str, object]:
    return {**agreement(world), "ending": "docx"}


def clause(world: World) -> dict[str, object]:
    row = Clause.objects.filter(partnership=world.partnership).first() or add_clause(
        by=viewer_of(world.admin()), agreement=contract(world), said=ClauseSaid(words="Open four evenings."))
    return {**partnership(world), "clause": row.pk}


def step(world: World) -> dict[str, object]:
    row = PlanStep.objects.filter(partnership=world.partnership).first()
    if row is None:
        choose_way(by=viewer_of(world.admin()), agreement=contract(world), way="keep", because="It fits.")
        row = PlanStep.objects.filter(partnership=world.partnership).first()
    assert row is not None
    return {**partnership(world), "step": row.pk}


TABLE = [
    Line("agreements:examination", READ, 200, agreement, seen_by=READ),
    Line("agreements:examination-file", READ, 200, file, seen_by=READ),
    Line("agreements:clause-change", WORKERS, 200, clause, seen_by=READ),
    Line("agreements:change-tell", WORKERS, 200, agreement, seen_by=READ),
    Line("agreements:change-tell", WORKERS, 200, agreement, "post", {"change": "x" * 601}, seen_by=READ),
    Line("agreements:way-choose", WORKERS, 200, agreement, seen_by=READ),
    Line("agreements:way-choose", WORKERS, 200, agreement, "post", {"way": ""}, seen_by=READ),
    Line("agreements:plan-step", LOGIN, 405, step),
    Line("agreements:plan-step", WORKERS, 302, step, "post", seen_by=READ),
    Line("api:agreement_examination", READ, 200, agreement, seen_by=READ),
]
