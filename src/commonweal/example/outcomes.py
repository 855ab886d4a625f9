"""Larkmere's needs carried to outcomes, want set beside need, a theory of change, and what Cabinet decided."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from uuid import UUID

import numpy as np
import yaml

from commonweal.core import clock
from commonweal.core.viewer import Viewer, viewer_of
from commonweal.needs.models import Need
from commonweal.priorities.actions.decision import Decided, decide_priorities
from commonweal.priorities.actions.outcome import OutcomeSaid, write_outcome
from commonweal.priorities.actions.target import TargetSaid, set_target
from commonweal.priorities.actions.theory import EvidenceSaid, add_evidence, add_link, add_step
from commonweal.priorities.actions.weighing import Candidate, begin_weighing, give_weights, score_candidates
from commonweal.priorities.models import Level, LinkEvidenceKind, Outcome, StepKind, Weighing, WeighingSide

if TYPE_CHECKING:
    from commonweal.core.models import Partnership
    from commonweal.example.world import World

Line = dict[str, Any]
Made = dict[str, Outcome]


def build_outcomes(world: World, _rng: np.random.Generator) -> None:
    """Every line, by the person who wrote it, on its day."""
    assert world.partnership is not None
    content = yaml.safe_load(files("commonweal.example").joinpath("outcomes.yaml").read_text("utf-8"))
    made: Made = {}
    for line in content["outcomes"]:
        with clock.fixed(clock.now() - timedelta(days=line["days"])):
            made[line["key"]] = _outcome(_who(world, line["who"]), world.partnership, line, made)
    _theory(world, world.partnership, content["theory"], made)
    _decided(world, content, made)


def _who(world: World, email: str) -> Viewer:
    return viewer_of(world.people[email])


def _outcome(by: Viewer, there: Partnership, line: Line, made: Made) -> Outcome:
    needs = Need.objects.filter(partnership=there, title__in=line.get("needs", ()))
    outcome: Outcome = write_outcome(by=by, partnership=there, level=Level(line["level"]), said=OutcomeSaid(
        title=line["title"], statement=line["statement"], who=line["people"], where=line["where"],
        needs=tuple(need.pk for need in needs), above=tuple(made[key].pk for key in line.get("above", ())),
    )).identity
    for aim in line.get("targets", [line["target"]] if "target" in line else []):
        set_target(by=by, outcome=outcome, said=_target(aim, line["where"]))
    return outcome


def _target(aim: Line, where: str) -> TargetSaid:
    today = clock.today()
    begun = today - timedelta(days=60)
    known = {"baseline": Decimal(str(aim["baseline"])), "baseline_on": begun, "baseline_source": aim["source"],
             "minimum_change": Decimal(str(aim["minimum"]))} if "baseline" in aim else {}
    return TargetSaid(
        own_measure=aim.get("own_measure", ""), indicator=aim.get("indicator", ""), unit=aim["unit"],
        place=aim.get("place", where), target=Decimal(aim["to"]),
        target_on=begun + timedelta(days=365 * aim["years"]), **known,
    )


def _theory(world: World, there: Partnership, content: Line, made: Made) -> None:
    by, begun = _who(world, content["who"]), clock.now() - timedelta(days=content["days"])
    steps: dict[str, UUID] = {}
    for at, line in enumerate(content["steps"]):
        with clock.fixed(begun + timedelta(minutes=at)):
            steps[line["key"]] = add_step(
                by=by, partnership=there, kind=StepKind(line["kind"]), title=line.get("title", ""),
                outcome=made[line["outcome"]].pk if "outcome" in line else None).pk
    for at, line in enumerate(content["links"]):
        with clock.fixed(begun + timedelta(hours=1, minutes=at)):
            _linked(by, there, steps, line)


def _linked(by: Viewer, there: Partnership, steps: dict[str, UUID], line: Line) -> None:
    link = add_link(by=by, partnership=there, before=steps[line["from"]], after=steps[line["to"]], why=line["why"])
    for one in line.get("evidence", ()):
        add_evidence(by=by, link=link, said=EvidenceSaid(
            kind=LinkEvidenceKind(one["kind"]), speaks_for=one["for"], design=one["design"], says=one["says"],
            source=one["source"], year=one["year"], address=one.get("address", "")))


def _decided(world: World, content: Line, made: Made) -> None:
    weighed, taken, now = content["weighing"], content["decision"], clock.now()
    with clock.fixed(now - timedelta(days=weighed["days"])):
        weighing = _weighed(world, weighed, made)
    member = _who(world, weighed["member"])
    assert member.person is not None
    with clock.fixed(now - timedelta(days=taken["days"])):
        decide_priorities(by=member, weighing=weighing, read=2, said=Decided(
            title=taken["title"], order=tuple(made[key].pk for key in taken["order"]), body=taken["body"],
            reasons=taken["reasons"], decided_on=clock.today(), people=(member.person,)))


def _weighed(world: World, content: Line, made: Made) -> Weighing:
    by, there, scores = _who(world, content["who"]), world.partnership, content["scores"]
    assert there is not None
    weighing: Weighing = begin_weighing(
        by=by, partnership=there, title=content["title"], criteria=tuple(content["criteria"]),
        outcomes=tuple(made[key].pk for key in scores)).identity
    score_candidates(by=by, weighing=weighing, over=1, candidates=tuple(
        Candidate(outcome=made[key].pk, scores=tuple(map(float, one["scores"])), because=one["because"])
        for key, one in scores.items()))
    for side, whose in (("need", by), ("want", _who(world, content["member"]))):
        give_weights(by=whose, weighing=weighing, side=WeighingSide(side),
                     weights=tuple(map(float, content[side]["weights"])), reason=content[side]["reason"])
    return weighing
