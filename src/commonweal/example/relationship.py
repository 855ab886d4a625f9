"""How the invented council and its trust work together: two scores, what stayed a topic, and what was agreed."""

from __future__ import annotations

from datetime import date, timedelta
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import yaml

from commonweal.core import clock
from commonweal.core.actions.people import add_member, add_person
from commonweal.core.actions.roles import give_role
from commonweal.core.permissions import Role
from commonweal.core.viewer import SYSTEM, viewer_of
from commonweal.knowledge.actions.relationship import (
    agree_action,
    draw_topics,
    finish_action,
    give_score,
    open_scores,
)
from commonweal.knowledge.models import ScoreRound

if TYPE_CHECKING:
    from commonweal.example.world import World

JOINED = date(2024, 4, 1)


def build_relationship(world: World, _rng: np.random.Generator) -> None:
    """Both rounds, each on its days."""
    told = yaml.safe_load(files("commonweal.example").joinpath("relationship.yaml").read_text("utf-8"))
    for one in told["more_people"]:
        _join(world, one)
    now = clock.now()
    for one in told["rounds"]:
        with clock.fixed(now - timedelta(days=one["days"])):
            scoring = _scored(world, told, one["scores"])
        for action in one["actions"]:
            _agreed(world, scoring, action, one["days"])


def _join(world: World, one: dict[str, Any]) -> None:
    assert world.partnership is not None
    person = add_person(by=SYSTEM, email=one["email"], name=one["name"], example=True)
    organisation = world.organisations[one["organisation"]]
    add_member(by=SYSTEM, person=person, organisation=organisation, job=one["job"], start=JOINED)
    give_role(by=SYSTEM, partnership=world.partnership, person=person, organisation=organisation,
              role=Role(one["role"]), start=JOINED)
    world.people[one["email"]] = person


def _scored(world: World, told: dict[str, Any], scores: dict[str, dict[str, int]]) -> ScoreRound:
    assert world.partnership is not None
    first = viewer_of(world.people[next(iter(scores))])
    scoring = open_scores(
        by=first, partnership=world.partnership, client=world.organisations[told["client"]],
        provider=world.organisations[told["provider"]],
    )
    for email, answers in scores.items():
        give_score(by=viewer_of(world.people[email]), scoring=scoring, answers=answers)
    return draw_topics(by=first, scoring=scoring)


def _agreed(world: World, scoring: ScoreRound, one: dict[str, Any], days: int) -> None:
    """Agreed on the round's day; `days` before today it is due, `done` days before today it was done."""
    by, today = viewer_of(world.people[one["who"]]), clock.today()
    now = clock.now()
    with clock.fixed(now - timedelta(days=days)):
        made = agree_action(
            by=by, pairing=scoring.pairing, words=one["words"], owner=world.organisations[one["owner"]].pk,
            due=today - timedelta(days=one["days"]), topic=one["topic"],
        )
    if "done" in one:
        with clock.fixed(now - timedelta(days=one["done"])):
            finish_action(by=by, action=made)
