"""Two networks of peers in the worked example: clubs that run themselves, and officers with half a day a week."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import yaml

from commonweal.core import clock
from commonweal.core.viewer import Viewer, viewer_of
from commonweal.knowledge.actions.networks import (
    answer_question,
    ask_network,
    begin_network,
    join_network,
    say_helped,
)
from commonweal.knowledge.models import Among, PeerNetwork

if TYPE_CHECKING:
    from commonweal.example.world import World


def build_networks(world: World, _rng: np.random.Generator) -> None:
    """Begun, joined, asked and answered, each on its day."""
    assert world.partnership is not None
    told = yaml.safe_load(files("commonweal.example").joinpath("networks.yaml").read_text("utf-8"))
    for one in told:
        with _ago(one["begun"]):
            made = begin_network(
                by=_by(world, one["members"][0]), partnership=world.partnership, title=one["title"],
                about=one["about"], among=Among(one["among"]), wide=one.get("wide", False))
            for member in one["members"]:
                join_network(by=_by(world, member), network=made, partnership=world.partnership,
                             knows=member["knows"], reach=member.get("reach", ""))
        for question in one["questions"]:
            _asked(world, made, question)


def _asked(world: World, network: PeerNetwork, told: dict[str, Any]) -> None:
    asks = _by(world, told)
    with _ago(told["days"]):
        question = ask_network(by=asks, network=network, words=told["words"])
    for one in told.get("answers", ()):
        with _ago(one["days"]):
            answer = answer_question(by=_by(world, one), question=question, words=one["words"])
            if one.get("helped"):
                say_helped(by=asks, question=question, answer=answer.pk)


def _by(world: World, told: dict[str, Any]) -> Viewer:
    return viewer_of(world.people[told["who"]])


@contextmanager
def _ago(days: int) -> Iterator[None]:
    with clock.fixed(clock.now() - timedelta(days=days)):
        yield
