"""Where Larkmere's partnership comes from: one that was split, two that were joined, and what they agreed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import yaml

from commonweal.core import clock
from commonweal.core.actions.partnerships import (
    add_organisation,
    add_place,
    create_partnership,
    succeed_partnership,
)
from commonweal.core.actions.roles import give_role
from commonweal.core.models import Partnership
from commonweal.core.permissions import Role
from commonweal.core.viewer import SYSTEM, viewer_of
from commonweal.example.area_tables import DISTRICT_YEAR
from commonweal.example.geography import land
from commonweal.needs.actions.evidence import Told, place_evidence, record_evidence
from commonweal.needs.actions.need import Wording, hold_evidence, propose_need, sign_need, write_need
from commonweal.needs.models import Side, Verdict

if TYPE_CHECKING:
    from commonweal.example.world import World

Line = dict[str, Any]


def build_before(world: World, _rng: np.random.Generator) -> None:
    """The partnerships of before.yaml, a need of each, and how one became the next."""
    assert world.partnership is not None
    said = yaml.safe_load(files("commonweal.example").joinpath("before.yaml").read_text("utf-8"))
    made = {one["key"]: _partnership(world, one, said["roles"]) for one in said["partnerships"]}
    for line in said["needs"]:
        _need(world, made[line["partnership"]], line, said["roles"])
    for before, after in (((made["lsp"],), (made["arts"], made["sport"])),
                          ((made["arts"], made["sport"]), (world.partnership,))):
        succeed_partnership(by=SYSTEM, before=before, after=after, day=after[0].start)


def _partnership(world: World, line: Line, roles: dict[str, str]) -> Partnership:
    start: date = line["start"]
    made = create_partnership(by=SYSTEM, name=line["name"], invented=True, start=start)
    for key in line["organisations"]:
        body = world.organisations[key]
        add_organisation(by=SYSTEM, partnership=made, organisation=body, signs_off=key in roles, start=start)
        if key in roles:
            give_role(by=SYSTEM, partnership=made, person=world.people[roles[key]], organisation=body,
                      role=Role.ADMIN, start=start)
    add_place(by=SYSTEM, partnership=made, kind="district", code=land().main.code, vintage=DISTRICT_YEAR,
              name=land().main.name, start=start)
    return made


def _need(world: World, there: Partnership, line: Line, roles: dict[str, str]) -> None:
    """Heard, written, held against what was heard, and signed by all in the month after."""
    told = datetime.combine(line["day"], time(10), clock.LONDON)
    signing = [world.people[email] for key, email in roles.items()
               if world.organisations[key].seats.filter(partnership=there).exists()]
    with clock.fixed(told):
        by = viewer_of(signing[0])
        item = record_evidence(by=by, partnership=there, told=Told(
            title=line["heard"], kind="statement", perspective=line["perspective"], summary=line["said"],
            chosen="invited", gathered_to=line["day"]))
        place_evidence(by=by, partnership=there, item=item.pk)
        need = write_need(
            by=by, partnership=there, title=line["title"], side=Side(line["side"]), theme=line["theme"],
            said=Wording(line["who"], line["where"], line["what"], line["how"])).identity
        hold_evidence(by=by, need=need, item=item.pk, verdict=Verdict.SUPPORTS)
        number = propose_need(by=by, need=need).number
    for at, person in enumerate(signing, start=1):
        with clock.fixed(told + timedelta(days=7 * at)):
            sign_need(by=viewer_of(person), need=need, number=number)
