"""Data protection at Larkmere: the advice, a complaint being looked into, two requests for information."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import yaml

from commonweal.core import clock
from commonweal.core.actions.complaints import Grievance, complain, take_step
from commonweal.core.actions.information import Asked, answer_request, gather_items, hold_back, receive_request
from commonweal.core.actions.sharing_advice import Advised, record_processing_advice
from commonweal.core.queries.processing import schema_mark
from commonweal.core.viewer import ANONYMOUS, Viewer, viewer_of

if TYPE_CHECKING:
    from commonweal.core.models import Partnership
    from commonweal.example.world import World


def build_protection(world: World, _rng: np.random.Generator) -> None:
    """Each on the days it says."""
    text = (files("commonweal.example") / "protection.yaml").read_text(encoding="utf-8")
    told: dict[str, Any] = yaml.safe_load(text)
    assert world.partnership is not None
    person, now = world.people[told["who"]], clock.now()
    by = viewer_of(person)
    one = told["advice"]
    with clock.fixed(now - timedelta(days=one["days"])):
        record_processing_advice(by=by, partnership=world.partnership, mark=schema_mark(), advised=Advised(
            officer=one["officer"], given=clock.today(), advice=one["words"], accepted=True))
    _complaint(by, world.partnership, told["complaint"])
    for row in told["requests"]:
        _request(by, world.partnership, row)


def _complaint(by: Viewer, partnership: Partnership, told: Mapping[str, Any]) -> None:
    now = clock.now()
    with clock.fixed(now - timedelta(days=told["days"])):
        made = complain(by=ANONYMOUS, grievance=Grievance(
            words=told["words"], name=told["name"], reach=told["reach"], partnership=partnership))
    for step in told["steps"]:
        with clock.fixed(now - timedelta(days=step["days"])):
            take_step(by=by, complaint=made, kind=step["kind"], day=clock.today(), words=step["words"])


def _request(by: Viewer, partnership: Partnership, told: Mapping[str, Any]) -> None:
    now = clock.now()
    with clock.fixed(now - timedelta(days=told["days"])):
        row = receive_request(by=by, partnership=partnership, asked=Asked(
            words=told["words"], regime=told["regime"], received=clock.today(), name=told.get("name", ""),
            reach=told.get("reach", "")))
        for one in told["items"]:
            gather_items(by=by, request=row, items=[(one["title"], one["words"])])
            if "exemption" in one:
                held = row.items.get(title=one["title"])
                hold_back(by=by, item=held, exemption=one["exemption"], reason=one["reason"])
    if "answered" in told:
        with clock.fixed(now - timedelta(days=told["answered"])):
            answer_request(by=by, request=row, day=clock.today())
