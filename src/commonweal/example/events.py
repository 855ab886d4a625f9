"""Larkmere's events: two to come, and one that was, with what people said and what was agreed."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import yaml

from commonweal.core import clock
from commonweal.core.viewer import ANONYMOUS, Viewer, viewer_of
from commonweal.knowledge.actions.booking import Booker, book, give_feedback, mark_attendance
from commonweal.knowledge.actions.events import (
    GatheringSaid,
    Recording,
    add_recording,
    agree_event_action,
    plan_gathering,
    write_notes,
)
from commonweal.knowledge.actions.relationship import finish_action
from commonweal.knowledge.models import Booking, Gathering

if TYPE_CHECKING:
    from commonweal.example.world import World

BEFORE = timedelta(days=30)


def build_events(world: World, _rng: np.random.Generator) -> None:
    """Each as it would have gone, on its days."""
    told = yaml.safe_load(files("commonweal.example").joinpath("events.yaml").read_text("utf-8"))
    by, now = viewer_of(world.people[told["host"]]), clock.now()
    for one in told["events"]:
        with clock.fixed(min(now, now + timedelta(days=one["days"]) - BEFORE)):
            row = _planned(world, by, one, now)
            booked = [(_booked(row, each), each) for each in one.get("bookings", ())]
        if one["days"] < 0:
            with clock.fixed(now + timedelta(days=one["days"] + 1)):
                _held(world, by, row, one, booked)


def _planned(world: World, by: Viewer, one: dict[str, Any], now: datetime) -> Gathering:
    assert world.partnership is not None
    said = dict(one["said"])
    for hour in ("begins", "ends"):
        said[hour] = time.fromisoformat(said[hour])
    day = (now + timedelta(days=one["days"])).date()
    return plan_gathering(by=by, partnership=world.partnership, said=GatheringSaid(**said, day=day))


def _booked(row: Gathering, each: dict[str, Any]) -> Booking:
    booker = Booker(name=each["name"], email=each["email"], access_needs=each.get("access_needs", ""))
    return book(by=ANONYMOUS, gathering=row, booker=booker).booking


def _held(
    world: World, by: Viewer, row: Gathering, one: dict[str, Any], booked: list[tuple[Booking, dict[str, Any]]]
) -> None:
    mark_attendance(by=by, gathering=row, came=[made.pk for made, each in booked if each["came"]])
    for made, each in booked:
        if "worth" in each:
            give_feedback(by=ANONYMOUS, booking=made, worth=each["worth"], useful=each["useful"],
                          following=each["next"], quote=each["quote"])
    write_notes(by=by, gathering=row, notes=one["notes"])
    for deed in one["actions"]:
        made_deed = agree_event_action(by=by, gathering=row, words=deed["words"],
                                       owner=world.organisations[deed["owner"]].pk,
                                       due=clock.today() + timedelta(days=deed["due"]))
        if deed.get("done"):
            finish_action(by=by, action=made_deed)
    add_recording(by=by, gathering=row, recording=Recording(**one["recording"]))
