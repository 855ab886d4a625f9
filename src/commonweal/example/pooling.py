"""The invented police and academy join in: numbers pooled, opened by an agreement, and skills on offer."""

from __future__ import annotations

from datetime import date, timedelta
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np
import yaml

from commonweal.core import clock
from commonweal.core.actions.held_numbers import Brought, bring_numbers
from commonweal.core.actions.people import add_member, add_person
from commonweal.core.actions.roles import give_role
from commonweal.core.actions.sharing import Described, Terms, describe_data, sign_agreement, write_agreement
from commonweal.core.actions.sharing_advice import Advised, record_advice
from commonweal.core.models import HeldDataset
from commonweal.core.permissions import Role
from commonweal.core.purpose import Purpose
from commonweal.core.viewer import SYSTEM, viewer_of
from commonweal.example.geography import land
from commonweal.needs.actions.priority import SAID, Said, record_priority
from commonweal.needs.actions.skills import Offered, offer_skill
from commonweal.needs.models import ShownAs

if TYPE_CHECKING:
    from commonweal.example.world import World

JOINED = date(2024, 4, 1)
MONTH = timedelta(days=30)


def build_pooling(world: World, rng: np.random.Generator) -> None:
    """Everything of pooling.yaml, each on its day."""
    told = yaml.safe_load(files("commonweal.example").joinpath("pooling.yaml").read_text("utf-8"))
    for one in told["more_people"]:
        _join(world, one)
    now = clock.now()
    for one in told["priorities"]:
        with clock.fixed(now - timedelta(days=one["days"])):
            record_priority(by=viewer_of(world.people[one["who"]]), partnership=_home(world),
                            said=Said(**{name: one[name] for name in SAID if name in one}))
    pooled = {}
    for one in told["pooled"]:
        with clock.fixed(now - timedelta(days=one["days"])):
            pooled[one["who"]] = _pool(world, one, rng)
    with clock.fixed(now - timedelta(days=told["agreed"]["days"])):
        _agree(world, told["agreed"], pooled[told["agreed"]["who"]])
    for one in told["skills"]:
        offered = Offered(one["skill"], one["hours"], clock.today() + one["months"] * MONTH, ShownAs(one["shown"]))
        offer_skill(by=viewer_of(world.people[one["who"]]), partnership=_home(world), offered=offered)


def _home(world: World) -> Any:
    assert world.partnership is not None
    return world.partnership


def _join(world: World, one: dict[str, Any]) -> None:
    person = add_person(by=SYSTEM, email=one["email"], name=one["name"], example=True)
    organisation = world.organisations[one["organisation"]]
    add_member(by=SYSTEM, person=person, organisation=organisation, job=one["job"], start=JOINED)
    give_role(by=SYSTEM, partnership=_home(world), person=person, organisation=organisation,
              role=Role(one["role"]), start=JOINED)
    world.people[one["email"]] = person


def _pool(world: World, one: dict[str, Any], rng: np.random.Generator) -> HeldDataset:
    """Described, and its counts brought as any file."""
    by = viewer_of(world.people[one["who"]])
    held = describe_data(by=by, partnership=_home(world), described=Described(
        title=one["title"], fields=tuple({"name": name} for name in one["columns"]), as_at=clock.today(),
    ))
    first = one.get("first") or [name for _, name, _ in land().wards[:one["wards"]]]
    rows = [(a, b, int(rng.poisson(one["middle"] * rng.uniform(0.2, 1.8)))) for a in first for b in one["labels"]]
    lines = [",".join(one["columns"]), *(f'"{a}",{b},{n}' for a, b, n in rows)]
    bring_numbers(by=by, held=held, brought=Brought(
        "counts.csv", "\n".join(lines).encode(), one["measure"], one["base"], one["period"]))
    return held


def _agree(world: World, told: dict[str, Any], held: HeldDataset) -> None:
    today = clock.today()
    terms = Terms(
        sets={held.pk: told["fields"]}, purposes=(Purpose.ASSESSMENT, Purpose.PLANNING),
        why="To see where evenings go wrong, and what could be on instead.", basis="",
        giver_role="controller", taker_role="controller", start=today, end=today + timedelta(days=730),
        review=today + timedelta(days=365), retention="Until the plan is agreed, then deleted",
        contact="The data protection officer of either", survives="counts",
    )
    made = write_agreement(
        by=viewer_of(world.people[told["who"]]), partnership=_home(world), title=told["title"],
        giver=held.organisation_id, taker=world.organisations[told["to"]].pk, terms=terms,
    ).identity
    for email in (told["who"], told["sign"]):
        by = viewer_of(world.people[email])
        advised = Advised(reason="Counts by ward: nobody can be found.")
        record_advice(by=by, agreement=made, number=1, advised=advised)
        sign_agreement(by=by, agreement=made, number=1)
