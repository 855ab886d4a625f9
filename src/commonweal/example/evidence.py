"""What Larkmere's partners heard and brought, and four needs: three agreed, one of them anew; one waits."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime, timedelta
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from uuid import UUID

import numpy as np
import yaml

from commonweal.core import clock
from commonweal.core.viewer import Viewer, viewer_of
from commonweal.needs.actions.evidence import Told, place_evidence, record_evidence
from commonweal.needs.actions.need import (
    Wording,
    hold_evidence,
    object_to_need,
    propose_need,
    rewrite_need,
    sign_need,
    write_need,
)
from commonweal.needs.models import Need, Side, Verdict

if TYPE_CHECKING:
    from commonweal.example.world import World

Line = dict[str, Any]


def build_evidence(world: World, _rng: np.random.Generator) -> None:
    """The lines of evidence.yaml in the order of their days, each by its person on its own day."""
    content = yaml.safe_load(files("commonweal.example").joinpath("evidence.yaml").read_text("utf-8"))
    now, items = clock.now(), {}
    for line in sorted(content["evidence"], key=lambda line: -line["days"]):
        with clock.fixed(now - timedelta(days=line["days"])):
            items[line["key"]] = _brought(world, line, now)
    for line in content["needs"]:
        _need(world, line, items, now)


def _brought(world: World, line: Line, now: datetime) -> UUID:
    assert world.partnership is not None
    names = {field.name for field in fields(Told)}
    day = (now - timedelta(days=line["gathered"])).date()
    told = Told(**{name: value for name, value in line.items() if name in names}, gathered_to=day)
    by = _who(world, line["who"])
    item = record_evidence(by=by, partnership=world.partnership, told=told)
    if line.get("placed", True):
        place_evidence(by=by, partnership=world.partnership, item=item.pk)
    return item.pk


def _need(world: World, line: Line, items: dict[str, UUID], now: datetime) -> None:
    """Written, held against its evidence, and as far on its way to agreement as the story goes."""
    assert world.partnership is not None
    by = _who(world, line["who"])
    with clock.fixed(now - timedelta(days=line["days"])):
        need = write_need(
            by=by, partnership=world.partnership, title=line["title"], side=Side(line["side"]),
            theme=line["theme"], said=_said(line["said"]),
        ).identity
        for held in line["evidence"]:
            hold_evidence(by=by, need=need, item=items[held["item"]], verdict=Verdict(held["verdict"]),
                          note=held.get("note", ""))
    if "proposed" in line:
        with clock.fixed(now - timedelta(days=line["proposed"])):
            number = propose_need(by=by, need=need).number
        _answers(world, line, need, number)
    if "rewritten" in line:
        _rewritten(world, line["rewritten"], by, need)


def _said(line: Line, reason: str = "") -> Wording:
    return Wording(line["who"], line["where"], line["what"], line["how"], reason=reason)


def _rewritten(world: World, line: Line, by: Viewer, need: Need) -> None:
    """A next version that answers an objection, put to everybody again."""
    with clock.fixed(clock.now() - timedelta(days=line["days"])):
        over = need.versions.latest("number").number
        rewrite_need(by=by, need=need, said=_said(line["said"], line["reason"]), over=over)
        number = propose_need(by=by, need=need).number
    _answers(world, line, need, number)


def _answers(world: World, line: Line, need: Need, number: int) -> None:
    """Who signed it and who did not, each on their day."""
    now = clock.now()
    for email, days in line["signed"].items():
        with clock.fixed(now - timedelta(days=days)):
            sign_need(by=_who(world, email), need=need, number=number)
    for email, said in line.get("objected", {}).items():
        with clock.fixed(now - timedelta(days=said["days"])):
            object_to_need(by=_who(world, email), need=need, number=number, reason=said["words"])


def _who(world: World, email: str) -> Viewer:
    return viewer_of(world.people[email])
