"""Want and need, and decisions: read by all who see evidence; members alone give what they want and decide."""

from __future__ import annotations

from uuid import UUID

from tests.access.line import MEMBERS, WORKERS, Line, partnership
from tests.world import World

from commonweal.core import clock
from commonweal.core.permissions import Role
from commonweal.core.viewer import viewer_of
from commonweal.priorities.actions.decision import Decided, decide_priorities
from commonweal.priorities.actions.outcome import OutcomeSaid, write_outcome
from commonweal.priorities.actions.weighing import Candidate, begin_weighing, give_weights, score_candidates
from commonweal.priorities.models import Decision, Level, OutcomeVersion, Weighing, WeighingSide

READ = MEMBERS - {"provider"}
DECIDE = frozenset({"elected_member"})


def outcomes(world: World) -> tuple[UUID, ...]:
    """Three outcomes, written once in a world."""
    there = dict(OutcomeVersion.objects.filter(partnership=world.partnership).values_list("title", "identity"))
    return tuple(there.get(title) or _outcome(world, title) for title in ("Dance", "Sundays", "Evenings"))


def _outcome(world: World, title: str) -> UUID:
    return write_outcome(
        by=viewer_of(world.admin()), partnership=world.partnership, level=Level.SERVICE,
        said=OutcomeSaid(title=title, statement=f"{title} for all.", who="Everybody", where="Testshire"),
    ).identity.pk


def weighed(world: World) -> Weighing:
    """Dance first for members, Sundays first by need."""
    by, made = viewer_of(world.admin()), outcomes(world)
    weighing = begin_weighing(by=by, partnership=world.partnership, title="First in 2027",
                              criteria=("Popular", "Reaches those in need"), outcomes=made).identity
    scores = ((100.0, 0.0), (0.0, 100.0), (50.0, 40.0))
    score_candidates(by=by, weighing=weighing, over=1, candidates=tuple(
        Candidate(outcome=key, scores=one) for key, one in zip(made, scores, strict=True)))
    give_weights(by=by, weighing=weighing, side=WeighingSide.NEED, weights=(20, 80), reason="The needs index")
    give_weights(by=viewer_of(world.people[Role.ELECTED_MEMBER]), weighing=weighing, side=WeighingSide.WANT,
                 weights=(70, 30), reason="The manifesto")
    return weighing


def weighing(world: World) -> dict[str, object]:
    row = Weighing.objects.filter(partnership=world.partnership).first() or weighed(world)
    return {**partnership(world), "weighing": row.pk}


def want(world: World) -> dict[str, object]:
    return {**weighing(world), "side": "want"}


def need(world: World) -> dict[str, object]:
    return {**weighing(world), "side": "need"}


def decided(world: World) -> Decision:
    row = Weighing.objects.filter(partnership=world.partnership).first() or weighed(world)
    member = world.people[Role.ELECTED_MEMBER]
    order = tuple(row.versions.get(number=2).candidates.order_by("position").values_list(
        "outcome__identity", flat=True))
    return decide_priorities(
        by=viewer_of(member), weighing=row, read=2,
        said=Decided(title="Priorities", order=order[:2], body="Cabinet", reasons="Members were asked.",
                     decided_on=clock.today(), people=(member.pk,)),
    ).identity


def decision(world: World) -> dict[str, object]:
    row = Decision.objects.filter(partnership=world.partnership).first() or decided(world)
    return {**partnership(world), "decision": row.pk, "number": 1}


def file(world: World) -> dict[str, object]:
    return {**decision(world), "ending": "docx"}


TABLE = [
    Line("priorities:weighings", READ, 200, partnership),
    Line("priorities:weighing-begin", WORKERS, 200, partnership),
    Line("priorities:weighing-begin", WORKERS, 200, partnership, "post", {"title": ""}),
    Line("priorities:weighing", READ, 200, weighing, seen_by=READ),
    Line("priorities:weighing-score", WORKERS, 200, weighing, seen_by=READ),
    Line("priorities:weighing-score", WORKERS, 200, weighing, "post", {"over": ""}, seen_by=READ),
    Line("priorities:weighing-weights", DECIDE, 200, want, seen_by=READ),
    Line("priorities:weighing-weights", WORKERS, 200, need, seen_by=READ),
    Line("priorities:weighing-weights", DECIDE, 200, want, "post", {"reason": ""}, seen_by=READ),
    Line("priorities:decide", DECIDE, 200, weighing, seen_by=READ),
    Line("priorities:decide", DECIDE, 200, weighing, "post", {"title": ""}, seen_by=READ),
    Line("priorities:decision", READ, 200, decision, seen_by=READ),
    Line("priorities:decision-file", READ, 200, file, seen_by=READ),
]
